"""Somebody at the API: with a token, and the document that says what the answers are like."""

import asyncio
import importlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx
from jsonschema import Draft202012Validator, FormatChecker

from services.portal.edge.api.examples import ID, example
from services.portal.edge.api.reading import Question
from shared.runtime.asked import CommandRoute
from tests.portal.conftest import PASSWORD, Portal

SERVICES = ("topics", "meetings", "outcomes", "notify", "exchange", "portal")
ROOT = "/api/v1"
AGAIN_MAX = 30
HERE, ELSEWHERE = "511623000000", "510521000000"

Json = dict[str, Any]

_tokens: dict[tuple[str, str], str] = {}
"""To log in takes long on purpose; one session a person is enough."""


class Patient(httpx.AsyncClient):
    """Asks again where a part of the platform is away for a moment, as the answer says one may."""

    async def send(self, request: httpx.Request, **kwargs: Any) -> httpx.Response:
        """The answer, or after AGAIN_MAX times that there is none."""
        answer = await super().send(request, **kwargs)
        for _ in range(AGAIN_MAX):
            if answer.status_code != 503:
                break
            await asyncio.sleep(1)
            answer = await super().send(request, **kwargs)
        return answer


@asynccontextmanager
async def at_api(portal: Portal, login: str) -> AsyncIterator[httpx.AsyncClient]:
    """A program with the session of a person."""
    async with Patient(base_url=portal.url, timeout=60) as client:
        if (portal.url, login) not in _tokens:
            key = {"login": login, "password": PASSWORD}
            answer = await client.post(f"{ROOT}/sessions", json=key)
            _tokens[portal.url, login] = answer.json()["token"]
        client.headers["Authorization"] = f"Bearer {_tokens[portal.url, login]}"
        yield client


def commands() -> list[tuple[str, str]]:
    """Every command that a service answers, as its code says."""
    return [
        (service, route.asked.__name__)
        for service in SERVICES
        for route in importlib.import_module(f"services.{service}.api").ROUTES
        if isinstance(route, CommandRoute)
    ]


def path_of(question: Question, given: Mapping[str, str]) -> str:
    """The address of a question, with its parts filled in; any indicator will do."""
    indicator = next((one.options[0] for one in question.params if one.name == "indicator"), "")
    return ROOT + question.path.format_map({"indicator": indicator, "evaluation_id": ID, **given})


def faults(document: Json, schema: Json, value: object) -> list[str]:
    """Where a value is not as a schema of the document has it."""
    whole = {**schema, "components": document["components"]}
    checker = FormatChecker(["uuid", "date", "date-time"])
    found = Draft202012Validator(whole, format_checker=checker).iter_errors(value)
    return [f"{one.json_path}: {one.message}" for one in found]


def answer_schema(operation: Json) -> Json:
    """What an operation answers when all is well."""
    schema: Json = operation["responses"]["200"]["content"]["application/json"]["schema"]
    return schema


def example_of(document: Json, operation: Json) -> Json:
    """What an operation may be sent."""
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    made: Json = example(schema, document["components"]["schemas"])
    return made


def told(answer: httpx.Response) -> tuple[int, str]:
    """The status and code of a problem."""
    assert "application/problem+json" == answer.headers["content-type"], answer.text
    assert answer.status_code == answer.json()["status"]
    return answer.status_code, answer.json()["code"]
