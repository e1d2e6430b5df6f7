"""The document of the API: it is valid, complete, and true of every operation that it names."""

from typing import cast
from uuid import uuid4

import httpx
import pytest
from openapi_spec_validator import validate

from services.portal.edge.api.asking import BY_PAGE
from services.portal.edge.api.questions import questions
from services.portal.edge.api.reading import Question
from services.portal.edge.handing.routes import routes as of_handing
from services.portal.edge.site import Site
from tests.exchange.connected import asking, connected, seen
from tests.exchange.test_handing_over import CLERK, let_in, matter, step_of
from tests.portal.apis import (
    HERE,
    ROOT,
    Json,
    answer_schema,
    at_api,
    commands,
    example_of,
    faults,
    path_of,
    told,
)
from tests.portal.conftest import VILLAGE, Portal

pytestmark = pytest.mark.servers

QUESTIONS = pytest.mark.parametrize("question", questions(), ids=lambda one: one.name)
PROBLEM = {"$ref": "#/components/schemas/Problem"}
STAFF = ("clerk", "operator", "health", "member")


@pytest.fixture(scope="module")
async def document(portal: Portal) -> Json:
    """The document as everybody gets it."""
    async with portal.client() as client:
        answer = await client.get(f"{ROOT}/openapi.json")
    assert 200 == answer.status_code
    found: Json = answer.json()
    return found


@pytest.fixture(scope="module")
async def here(portal: Portal) -> dict[str, str]:
    """A topic of the county, and a poll nobody ever opened."""
    topic = {"topic_id": str(uuid4()), "area": VILLAGE, "title": "修水渠", "origin": "member"}
    async with at_api(portal, "member") as member:
        answer = await member.post(f"{ROOT}/topics/ProposeTopic", json=topic)
        assert 200 == answer.status_code
        after = {"after": f"topics:{answer.json()['position']}"}
        seen = await member.get(f"{ROOT}/matters/{topic['topic_id']}", params=after)
        assert (200, 0) == (seen.status_code, seen.json()["behind"])
    return {"matter_id": topic["topic_id"], "code": HERE}


def test_the_document_is_valid(document: Json) -> None:
    validate(document)


def test_every_command_and_every_question_stands_in_the_document(document: Json) -> None:
    asked = {f"{ROOT}/{service}/{name}" for service, name in commands() if name not in BY_PAGE}
    assert asked | {ROOT + one.path for one in questions()} <= document["paths"].keys()


def test_every_door_for_programs_stands_in_the_document(document: Json) -> None:
    there = {(path, method) for path, told in document["paths"].items() for method in told}
    doors = {
        (route.path, method.lower())
        for route in of_handing(cast(Site, None))
        for method in (route.methods or set()) - {"HEAD"}
        if route.path.startswith(ROOT)
    }
    assert doors
    assert doors | {(f"{ROOT}/events", "get"), (f"{ROOT}/open", "get")} <= there


def test_every_example_is_as_its_schema_has_it(document: Json) -> None:
    for methods in document["paths"].values():
        for operation in methods.values():
            if "requestBody" in operation and "x-roles" in operation:
                schema = operation["requestBody"]["content"]["application/json"]["schema"]
                assert [] == faults(document, schema, example_of(document, operation))


def test_every_refusal_that_has_words_is_told_in_both_languages(document: Json) -> None:
    codes = document["components"]["schemas"]["Problem"]["x-codes"]
    assert {"stale", "key-reused", "wrong-place"} <= codes.keys()
    assert all(one["zh"] and one["en"] for one in codes.values())


@QUESTIONS
async def test_every_question_is_answered_as_the_document_says(
    portal: Portal, document: Json, here: dict[str, str], question: Question
) -> None:
    schema = answer_schema(document["paths"][ROOT + question.path]["get"])
    answered = []
    for login in STAFF:
        async with at_api(portal, login) as client:
            answer = await client.get(path_of(question, here))
            if answer.status_code != 200:
                assert told(answer)[0] in (403, 404)
                continue
            answered.append(login)
            assert [] == faults(document, schema, answer.json())
            known = {"If-None-Match": answer.headers["etag"]}
            same = await client.get(path_of(question, here), headers=known)
            assert (304, b"") == (same.status_code, same.content)
            break
    assert answered or question.name == "poll", "nobody may ask this"


async def test_no_question_is_answered_without_a_token(
    portal: Portal, here: dict[str, str]
) -> None:
    async with portal.client() as client:
        for question in questions():
            assert (401, "unknown-session") == told(await client.get(path_of(question, here)))


@pytest.mark.parametrize(
    "question", [one for one in questions() if "{" in one.path], ids=lambda one: one.name
)
async def test_no_question_tells_one_county_of_another(
    portal: Portal, here: dict[str, str], question: Question
) -> None:
    if question.name == "division":  # The table of areas is everybody's.
        return
    async with at_api(portal, "elsewhere") as client:
        answer = await client.get(path_of(question, here))
        assert told(answer)[0] in (403, 404)
        assert here["matter_id"] not in answer.text or question.path.startswith("/matters")


@pytest.mark.parametrize(
    "question", [one for one in questions() if "{" not in one.path], ids=lambda one: one.name
)
async def test_no_list_of_one_county_names_what_is_anothers(
    portal: Portal, here: dict[str, str], question: Question
) -> None:
    async with at_api(portal, "elsewhere") as client:
        answer = await client.get(path_of(question, here))
        assert answer.status_code in (200, 403)
        assert here["matter_id"] not in answer.text
        if question.name == "matters":
            there = await client.get(path_of(question, here), params={"area": HERE})
            assert (403, "wrong-place") == told(there)


async def test_every_command_is_answered_as_the_document_says(
    portal: Portal, document: Json
) -> None:
    wrong = []
    problem = document["components"]["schemas"]["Problem"]
    for path, operation in asked(document):
        async with at_api(portal, somebody(operation["x-roles"])) as client:
            answer = await client.post(path, json=example_of(document, operation))
        if answer.status_code == 200:
            wrong += faults(document, answer_schema(operation), answer.json())
        elif told(answer)[0] not in (403, 404, 409, 422) or "unknown-command" in answer.text:
            wrong.append(f"{path}: {answer.text}")
        else:
            wrong += faults(document, problem, answer.json())
    assert [] == wrong


async def test_no_command_is_done_for_another_county(portal: Portal, document: Json) -> None:
    done = []
    async with at_api(portal, "elsewhere") as client:
        for path, operation in asked(document):
            example = example_of(document, operation)
            if "area" in example:
                answer = await client.post(path, json=example | {"area": VILLAGE})
                done += [path] if answer.status_code < 400 else []
                assert told(answer)[0] in (403, 404, 409, 422)
    assert [] == done


async def test_no_command_is_asked_without_a_token(portal: Portal, document: Json) -> None:
    async with portal.client() as client:
        for path, _ in asked(document):
            assert (401, "unknown-session") == told(await client.post(path, json={}))


def asked(document: Json) -> list[tuple[str, Json]]:
    """The commands of the document; the doors of agencies know no person's token."""
    known = {f"{ROOT}/{service}/{name}" for service, name in commands()}
    return [(path, methods["post"]) for path, methods in document["paths"].items() if path in known]


def somebody(roles: list[str]) -> str:
    """The login of somebody who may ask, or else of somebody who may not."""
    return next((one for one in ("member", "cppcc", "clerk", *STAFF) if one in roles), "cppcc")


async def test_the_doors_of_agencies_answer_as_the_document_says(
    portal: Portal, document: Json
) -> None:
    async with asking(portal.servers) as asker:
        agency, other = [await let_in(await connected(asker), portal.url) for _ in range(2)]
        sent = matter(personal=True)
        async with agency.client(portal.url) as program, other.client(portal.url) as taker:
            paths = document["paths"]

            async def fits(path: str, answer: httpx.Response, how: str = "get") -> Json:
                assert 200 == answer.status_code, answer.text
                schema = answer_schema(paths[ROOT + path][how])
                assert [] == faults(document, schema, answer.json())
                found: Json = answer.json()
                return found

            asked = paths[f"{ROOT}/handovers"]["post"]["requestBody"]["content"]
            assert [] == faults(document, asked["application/json"]["schema"], sent)
            answer = await program.post(f"{ROOT}/handovers", json=sent)
            one = (await fits("/handovers", answer, "post"))["handover_id"]
            await step_of(agency, portal.url, one, "accepted")
            await fits("/handovers", await program.get(f"{ROOT}/handovers"))
            await fits("/handovers/{id}", await program.get(f"{ROOT}/handovers/{one}"))
            moved = {"lead_id": one, "to_unit": other.name, "reason": "只涉及一户"}
            await asker.ask("topics", "TransferAppeal", moved, CLERK, uuid4(), uuid4())

            async def given() -> list[Json]:
                items: list[Json] = (await taker.get(f"{ROOT}/dispatches")).json()["items"]
                return items

            (waiting,) = await seen(given)
            await fits("/dispatches", await taker.get(f"{ROOT}/dispatches"))
            path = f"{ROOT}/dispatches/{waiting['dispatch_id']}"
            await fits("/dispatches/{id}", await taker.get(path))
            done = await taker.post(f"{path}/acknowledge", json={"number": "SL-7"})
            await fits("/dispatches/{id}/acknowledge", done, "post")
            for answer in (await taker.get(f"{ROOT}/handovers/{one}"), await program.get(path)):
                assert 404 == answer.status_code
                assert [] == faults(document, PROBLEM, answer.json())
