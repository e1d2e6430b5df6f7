"""The document of the API, OpenAPI 3.1: made from the services' catalogues and the questions."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import orjson
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from services.portal.edge.api.answering import PROBLEM
from services.portal.edge.api.asking import BY_PAGE
from services.portal.edge.api.events import PublicEvent
from services.portal.edge.api.examples import example
from services.portal.edge.api.open_questions import asked_by_all, without_token
from services.portal.edge.api.operations import operation
from services.portal.edge.api.questions import questions
from services.portal.edge.api.reading import Question
from services.portal.edge.api.shapes import of_command, said, shared
from services.portal.edge.handing import described
from services.portal.pages.texts import Texts, read

ROOT = "/api/v1"
VERSION = "1.0.0"
Entry = Mapping[str, Any]
Json = dict[str, Any]


def document(commands: Sequence[Entry]) -> bytes:
    """The whole document. What a service that was never there can be asked is left out."""
    return _document(orjson.dumps(commands))


@lru_cache(2)
def _document(told: bytes) -> bytes:
    texts = read()
    commands = [one for one in orjson.loads(told) if one["name"] not in BY_PAGE]
    schemas = _schemas(questions()) | shared(texts)
    for one in commands:
        schemas |= of_command(one)
    paths: Json = {f"{ROOT}/openapi.json": {"get": without_token("document", texts)}}
    paths[f"{ROOT}/sessions"] = {"post": _session(texts)}
    paths[ROOT] = {"get": _catalogue(texts)}
    for path, one in asked_by_all(texts).items():
        paths[ROOT + path] = {"get": one}
    for question in questions():
        paths[ROOT + question.path] = {"get": operation(question, texts, schemas)}
    for path, method, one in described.operations(texts, schemas):
        paths.setdefault(ROOT + path, {})[method] = one
    for one in commands:
        paths[f"{ROOT}/{one['service']}/{one['name']}"] = {"post": _command(one, texts, schemas)}
    named = dict.fromkeys(op["tags"][0] for path in paths.values() for op in path.values())
    return orjson.dumps(
        {
            "openapi": "3.1.0",
            "info": {
                "title": texts.site.full_name,
                "version": VERSION,
                "description": texts.api.docs.intro,
            },
            "servers": [{"url": "/"}],
            "security": [{"bearer": []}],
            "tags": [{"name": tag, "description": texts.api.docs.tag[tag]} for tag in named],
            "paths": paths,
            "components": {
                "schemas": schemas,
                "securitySchemes": {
                    "bearer": {"type": "http", "scheme": "bearer"},
                    described.KEY: described.scheme(texts),
                },
                "responses": {"Problem": _problem(texts)},
            },
        }
    )


def _schemas(known: Iterable[Question]) -> Json:
    rows: list[type[BaseModel]] = [*(one.row for one in known), PublicEvent, *described.ANSWERED]
    models: list[tuple[type[BaseModel], JsonSchemaMode]] = [(row, "serialization") for row in rows]
    models += [(asked, "validation") for asked in described.ASKED]
    _, told = models_json_schema(models, ref_template="#/components/schemas/{model}")
    found: Json = told["$defs"]
    return found


def _command(entry: Entry, texts: Texts, schemas: Json) -> Json:
    name = f"{entry['service']}.{entry['name']}"
    body = {"$ref": f"#/components/schemas/{name}"}
    done = {"$ref": "#/components/schemas/Done"}
    return {
        "operationId": name,
        "summary": entry["label"],
        "description": schemas[name].get("description", entry["label"]),
        "tags": [entry["service"]],
        "x-roles": sorted(entry["may"]),
        "parameters": [
            _header("Idempotency-Key", texts, {"format": "uuid"}),
            _header("If-Match", texts, {"pattern": r'^"?\d+"?$'}),
        ],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": body, "example": example(body, schemas)}},
        },
        "responses": {
            "200": said(texts.api.answers.ok, {"schema": done, "example": example(done, schemas)}),
            "default": {"$ref": "#/components/responses/Problem"},
        },
    }


def _header(name: str, texts: Texts, form: Json) -> Json:
    told = texts.api.params[name.lower()]
    return {"name": name, "in": "header", "description": told, "schema": {"type": "string"} | form}


def _session(texts: Texts) -> Json:
    text = {"type": "string"}
    keys = {"type": "object", "required": ["login", "password"]}
    token = {"type": "object", "required": ["token"], "properties": {"token": text}}
    body = {"schema": keys | {"properties": {"login": text, "password": text}}}
    return without_token("openSession", texts) | {
        "requestBody": {"required": True, "content": {"application/json": body}},
        "responses": {
            "200": said(texts.api.answers.ok, {"schema": token}),
            "default": {"$ref": "#/components/responses/Problem"},
        },
    }


def _catalogue(texts: Texts) -> Json:
    told = without_token("catalogue", texts)
    del told["security"]
    told["responses"]["default"] = {"$ref": "#/components/responses/Problem"}
    return told


def _problem(texts: Texts) -> Json:
    return {
        "description": texts.api.answers.problem,
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
