"""Requests over NATS to a replica in this process: every answer precise, nothing half done."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from nats.aio.client import Client

from shared.kernel.errors import Forbidden, Invalid, Missing, No, Refused, Unavailable
from shared.kernel.message import SYSTEM, Actor
from shared.runtime.asker import Asker
from shared.runtime.service import serve
from shared.runtime.settings import Settings
from tests.runtime.example import app
from tests.runtime.house import COUNTY, HERE, connection, house
from tests.servers import NatsServer, Postgres

pytestmark = pytest.mark.servers

CLERK = Actor("lin", "clerk", COUNTY, unit="邻水县政协")


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[asyncio.Task[None]]:
    """A replica in this process."""
    stopping = asyncio.Event()
    task = asyncio.create_task(serve(app, settings, stopping))
    yield task
    stopping.set()
    await task


@pytest.fixture
async def settings(pg: Postgres, nats_server: NatsServer, tmp_path: Path) -> Settings:
    return await house(tmp_path, pg, nats_server)


@pytest.fixture
async def client(settings: Settings, nats_server: NatsServer) -> AsyncIterator[Client]:
    client = await connection(nats_server)
    yield client
    await client.close()


@pytest.fixture
async def asker(settings: Settings, client: Client) -> AsyncIterator[Asker]:
    async with serving(settings):
        asker = Asker(client)
        await until_answered(asker)
        yield asker


async def until_answered(asker: Asker) -> dict[str, Any]:
    """Returns what a replica answers when there is one."""
    async with asyncio.timeout(90):
        while True:
            try:
                return await asker.question("notebooks", "Catalogue", {}, CLERK, uuid4())
            except Unavailable:
                await asyncio.sleep(0.05)


async def ask(asker: Asker, command: str, actor: Actor = CLERK, **data: Any) -> dict[str, Any]:
    plain = {name: str(value) for name, value in data.items()}
    return await asker.ask("notebooks", command, plain, actor, uuid4(), uuid4())


async def no(asking: Any) -> No:
    with pytest.raises(No) as raised:
        await asking
    return raised.value


async def written(settings: Settings, which: str = "") -> int:
    """How many facts there are, or how many of some."""
    connection = await asyncpg.connect(settings.pg_dsn.get_secret_value())
    count: int = await connection.fetchval(f"SELECT count(*) FROM notebooks.events {which}")
    await connection.close()
    return count


async def test_a_command_is_answered_with_its_place_in_the_log(asker: Asker) -> None:
    notebook_id = uuid4()
    answer = await ask(asker, "OpenNotebook", notebook_id=notebook_id, area=HERE, title="账本")
    assert {"stream": str(notebook_id), "position": 1, "revision": 1} == answer


async def test_the_same_request_again_is_answered_the_same(asker: Asker) -> None:
    data = {"notebook_id": str(uuid4()), "area": HERE, "title": "账本"}
    command_id = uuid4()
    answers = [
        await asker.ask("notebooks", "OpenNotebook", data, CLERK, command_id, uuid4())
        for _ in range(2)
    ]
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        ({"area": HERE, "title": "x"}, "missing", "notebook_id"),
        ({"notebook_id": "x", "area": HERE, "title": "x"}, "uuid-parsing", "notebook_id"),
        ({"notebook_id": str(UUID(int=1)), "area": HERE, "title": ""}, "string-too-short", "title"),
        (
            {"notebook_id": str(UUID(int=1)), "area": HERE, "title": "x", "by": "me"},
            "extra-forbidden",
            "by",
        ),
    ],
)
async def test_a_field_that_is_not_right_is_named(
    asker: Asker, settings: Settings, data: dict[str, Any], code: str, field: str
) -> None:
    refusal = await no(asker.ask("notebooks", "OpenNotebook", data, CLERK, uuid4(), uuid4()))
    assert isinstance(refusal, Invalid)
    assert "invalid" == refusal.code
    (error,) = refusal.facts["errors"]  # type: ignore[misc]
    assert (field, code) == (error["field"], error["code"])
    assert 0 == await written(settings)


async def test_an_area_of_the_wrong_level(asker: Asker, settings: Settings) -> None:
    asking = ask(asker, "OpenNotebook", notebook_id=uuid4(), area="510000000000", title="x")
    assert "wrong-level" == (await no(asking)).code
    assert 0 == await written(settings)


async def test_an_area_nobody_knows(asker: Asker, settings: Settings) -> None:
    asking = ask(asker, "OpenNotebook", notebook_id=uuid4(), area="511623999000", title="x")
    refusal = await no(asking)
    assert (Invalid, "unknown-area") == (type(refusal), refusal.code)
    assert 0 == await written(settings)


async def test_a_command_nobody_knows(asker: Asker) -> None:
    refusal = await no(ask(asker, "BurnNotebook", notebook_id=uuid4()))
    assert (Missing, "unknown-command") == (type(refusal), refusal.code)


async def test_a_question_nobody_knows(asker: Asker) -> None:
    refusal = await no(asker.question("notebooks", "WhoAmI", {}, CLERK, uuid4()))
    assert (Missing, "unknown-question") == (type(refusal), refusal.code)


async def test_a_body_that_is_too_large(asker: Asker, settings: Settings) -> None:
    refusal = await no(ask(asker, "WriteLine", notebook_id=uuid4(), text="x" * 262_144))
    assert (Invalid, "too-large") == (type(refusal), refusal.code)
    assert 262_144 == refusal.facts["limit"]
    assert 0 == await written(settings)


@pytest.mark.parametrize("text", ["\0", "a\0b", "\\\0", "\\\\\0"])
async def test_a_text_with_a_nul(asker: Asker, settings: Settings, text: str) -> None:
    opened = await ask(asker, "OpenNotebook", notebook_id=uuid4(), area=HERE, title="x")
    refusal = await no(ask(asker, "WriteLine", notebook_id=opened["stream"], text=text))
    assert (Invalid, "malformed") == (type(refusal), refusal.code)
    assert 1 == await written(settings)


@pytest.mark.parametrize("text", ["\\u0000", "\\\\u0000", "\\\\\\u0000"])
async def test_a_text_that_only_looks_like_a_nul(
    asker: Asker, settings: Settings, text: str
) -> None:
    opened = await ask(asker, "OpenNotebook", notebook_id=uuid4(), area=HERE, title="x")
    await ask(asker, "WriteLine", notebook_id=opened["stream"], text=text)
    assert 2 == await written(settings)


async def test_a_body_beyond_what_nats_carries(asker: Asker) -> None:
    refusal = await no(ask(asker, "WriteLine", notebook_id=uuid4(), text="x" * 5_000_000))
    assert (Invalid, "too-large") == (type(refusal), refusal.code)


async def raw(client: Client, subject: str, body: bytes, **headers: str) -> dict[str, Any]:
    who = {"id": "lin", "role": "clerk", "area": COUNTY}
    given = {"Tx-Actor": json.dumps(who), "Tx-Id": str(uuid4()), "Tx-Correlation": str(uuid4())}
    told = {**given, **{f"Tx-{name.title()}": value for name, value in headers.items()}}
    answer = await client.request(subject, body, timeout=5, headers=told)
    problem: dict[str, Any] = json.loads(answer.data)
    return problem


@pytest.mark.parametrize("body", [b"", b"{", b'{"a": \xff}', b"NaN!"])
async def test_what_is_not_json(
    asker: Asker, client: Client, settings: Settings, body: bytes
) -> None:
    problem = await raw(client, "ask.notebooks.OpenNotebook", body)
    assert (422, "malformed") == (problem["status"], problem["code"])
    assert "urn:tongxin:problem:malformed" == problem["type"]
    assert 0 == await written(settings)


@pytest.mark.parametrize(
    ("header", "value"),
    [("id", "7"), ("correlation", ""), ("actor", "lin"), ("actor", "{}"), ("revision", "last")],
)
async def test_a_header_that_cannot_be_read_is_named(
    asker: Asker, client: Client, header: str, value: str
) -> None:
    body = json.dumps({"notebook_id": str(uuid4()), "area": HERE, "title": "x"}).encode()
    problem = await raw(client, "ask.notebooks.OpenNotebook", body, **{header: value})
    assert ("malformed", f"Tx-{header.title()}") == (problem["code"], problem["header"])


async def test_nobody_outside_tells_the_time(
    asker: Asker, client: Client, settings: Settings
) -> None:
    long_ago = "2019-01-01T09:00:00+00:00"
    first, second = (
        {"notebook_id": str(uuid4()), "area": HERE, "title": title} for title in ("one", "two")
    )
    await raw(client, "ask.notebooks.OpenNotebook", json.dumps(first).encode(), at=long_ago)
    item = {"command": "OpenNotebook", "id": str(uuid4()), "data": second, "at": long_ago}
    await raw(client, "ask.notebooks.batch", json.dumps([item]).encode(), at=long_ago)
    assert 2 == await written(settings)
    assert 0 == await written(settings, "WHERE at < '2020-01-01'")


async def test_nobody_outside_is_the_system(asker: Asker, settings: Settings) -> None:
    asking = ask(
        asker,
        "OpenNotebook",
        Actor("me", SYSTEM, "000000000000"),
        notebook_id=uuid4(),
        area=HERE,
        title="x",
    )
    refusal = await no(asking)
    assert (Forbidden, "wrong-role") == (type(refusal), refusal.code)
    assert 0 == await written(settings)


async def test_who_saw_an_older_revision_is_told_so(asker: Asker, settings: Settings) -> None:
    notebook_id = uuid4()
    await ask(asker, "OpenNotebook", notebook_id=notebook_id, area=HERE, title="x")
    data = {"notebook_id": str(notebook_id), "text": "one"}
    asking = asker.ask("notebooks", "WriteLine", data, CLERK, uuid4(), uuid4(), revision=5)
    refusal = await no(asking)
    assert (Refused, "stale") == (type(refusal), refusal.code)
    assert {"seen": 5, "revision": 1} == refusal.facts
    assert 1 == await written(settings)


async def test_a_bug_is_answered_without_its_details(asker: Asker, settings: Settings) -> None:
    notebook_id = uuid4()
    await ask(asker, "OpenNotebook", notebook_id=notebook_id, area=HERE, title="x")
    refusal = await no(ask(asker, "WriteLine", notebook_id=notebook_id, text="boom"))
    assert ("internal", {}) == (refusal.code, refusal.facts)
    assert 1 == await written(settings)


async def test_each_of_a_batch_has_its_own_answer(asker: Asker, settings: Settings) -> None:
    first, second = str(uuid4()), str(uuid4())
    commands = [
        _item("OpenNotebook", notebook_id=first, area=HERE, title="one"),
        _item("OpenNotebook", notebook_id=second, area=HERE, title="one"),
        _item("WriteLine", notebook_id=first, text="a line"),
        _item("BurnNotebook"),
        _item("WriteLine", notebook_id=first),
        {"command": "WriteLine"},
    ]
    answers = await asker.ask_batch("notebooks", commands, CLERK, uuid4())
    assert [1, "taken", 2, "unknown-command", "invalid", "malformed"] == [
        one.code if isinstance(one, No) else one["revision"] for one in answers
    ]
    assert 2 == await written(settings)


def _item(command: str, **data: str) -> dict[str, Any]:
    return {"command": command, "id": str(uuid4()), "data": data}


async def test_a_batch_of_more_than_five_hundred(asker: Asker, settings: Settings) -> None:
    commands = [
        _item("OpenNotebook", notebook_id=str(uuid4()), area=HERE, title=str(n)) for n in range(501)
    ]
    refusal = await no(asker.ask_batch("notebooks", commands, CLERK, uuid4()))
    assert ("too-many", {"commands": 501, "limit": 500}) == (refusal.code, refusal.facts)
    await asker.ask_batch("notebooks", commands[:500], CLERK, uuid4())
    assert 500 == await written(settings)


async def test_the_catalogue_says_how_everything_is_asked_and_said(asker: Asker) -> None:
    rows = (await until_answered(asker))["rows"]
    assert ["OpenNotebook", "WriteLine", "NotebooksInArea", "NotebookOpened", "LineWritten"] == [
        row["name"] for row in rows
    ]
    first = rows[0]
    assert ("command", "notebook", "开本") == (first["kind"], first["category"], first["label"])
    assert ["clerk", "system"] == first["may"]
    assert "Begin a notebook under a title nobody else has." == first["doc"]
    assert ["notebook_id", "area", "title"] == first["schema"]["required"]


async def ask_for_notebooks(asker: Asker, actor: Actor = CLERK, area: str = HERE) -> dict[str, Any]:
    return await asker.question("notebooks", "NotebooksInArea", {"area": area}, actor, uuid4())


async def test_a_question_is_answered_with_rows_and_how_far_the_view_has_seen(
    asker: Asker,
) -> None:
    notebook_id = str(uuid4())
    await ask(asker, "OpenNotebook", notebook_id=notebook_id, area=HERE, title="账本")
    async with asyncio.timeout(90):
        while True:
            with suppress(Unavailable):
                answer = await ask_for_notebooks(asker)
                if answer["seen"]["notebooks"] >= 1:
                    break
            await asyncio.sleep(0.02)
    assert [{"notebook_id": notebook_id, "title": "账本"}] == answer["rows"]


@pytest.mark.parametrize(
    ("actor", "area", "code"),
    [
        (Actor("wang", "resident", COUNTY), HERE, "wrong-role"),
        (CLERK, "371621000000", "wrong-place"),
    ],
)
async def test_a_question_is_answered_to_some_and_about_their_own_area(
    asker: Asker, actor: Actor, area: str, code: str
) -> None:
    assert code == (await no(ask_for_notebooks(asker, actor, area))).code


async def test_a_question_with_a_field_too_many(asker: Asker) -> None:
    data = {"area": HERE, "order": "title; DROP TABLE notebooks"}
    refusal = await no(asker.question("notebooks", "NotebooksInArea", data, CLERK, uuid4()))
    assert (Invalid, "invalid") == (type(refusal), refusal.code)


async def test_a_service_that_does_not_run(client: Client, settings: Settings) -> None:
    refusal = await no(ask(Asker(client), "OpenNotebook", notebook_id=uuid4()))
    assert (Unavailable, "away") == (type(refusal), refusal.code)
