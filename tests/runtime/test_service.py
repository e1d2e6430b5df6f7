"""A service as a process: it waits, drains when told, and dies when a part of it does."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from shared.kernel.errors import Unavailable
from shared.kernel.message import Actor
from shared.runtime.asked import command
from shared.runtime.asker import Asker
from shared.runtime.replica import Running
from shared.runtime.service import serve, service
from shared.runtime.settings import Settings
from tests.runtime.example import NOTEBOOK, NotebookRules, OpenNotebook, app
from tests.runtime.house import (
    COUNTY,
    DEFAULT,
    HERE,
    Process,
    connection,
    house,
    logged,
    process,
    write_charter,
)
from tests.servers import NatsServer, Postgres

pytestmark = pytest.mark.servers

CLERK = Actor("lin", "clerk", COUNTY)


@pytest.fixture
async def settings(pg: Postgres, nats_server: NatsServer, tmp_path: Path) -> Settings:
    return await house(tmp_path, pg, nats_server)


@pytest.fixture
async def asker(nats_server: NatsServer, settings: Settings) -> AsyncIterator[Asker]:
    client = await connection(nats_server)
    yield Asker(client)
    await client.close()


def opened() -> dict[str, str]:
    notebook_id = str(uuid4())
    return {"notebook_id": notebook_id, "area": HERE, "title": notebook_id}


async def open_one(asker: Asker) -> dict[str, Any]:
    return await asker.ask("notebooks", "OpenNotebook", opened(), CLERK, uuid4(), uuid4())


async def until_it_works(asker: Asker) -> dict[str, Any]:
    """The answer to one and the same command, asked again until it is handled."""
    data, command_id = opened(), uuid4()
    async with asyncio.timeout(90):
        while True:
            try:
                return await asker.ask(
                    "notebooks", "OpenNotebook", data, CLERK, command_id, uuid4()
                )
            except Unavailable:
                await asyncio.sleep(0.1)


async def facts(settings: Settings) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(settings.pg_dsn.get_secret_value())
    rows = await connection.fetch("SELECT * FROM notebooks.events ORDER BY position")
    await connection.close()
    return rows


async def test_two_replicas_share_the_work_and_do_each_command_once(
    settings: Settings, asker: Asker, tmp_path: Path
) -> None:
    async with (
        process(settings, tmp_path / "one.log") as one,
        process(settings, tmp_path / "two.log") as two,
    ):
        await asyncio.gather(one.until_ready(), two.until_ready())
        answers = await asyncio.gather(*(open_one(asker) for _ in range(200)))
        counts = [await replica.count("tongxin_commands_total") for replica in (one, two)]
    assert list(range(1, 201)) == sorted(answer["position"] for answer in answers)
    assert 200 == sum(counts)
    assert all(count >= 20 for count in counts), counts


async def test_two_replicas_at_one_stream_lose_no_line(
    settings: Settings, asker: Asker, tmp_path: Path
) -> None:
    write_charter(settings.charters, "default@1", DEFAULT.replace("= 3", "= 100"))
    async with (
        process(settings, tmp_path / "one.log") as one,
        process(settings, tmp_path / "two.log") as two,
    ):
        await asyncio.gather(one.until_ready(), two.until_ready())
        notebook = (await open_one(asker))["stream"]
        lines = [{"notebook_id": notebook, "text": str(n)} for n in range(20)]
        answers = await asyncio.gather(
            *(asker.ask("notebooks", "WriteLine", line, CLERK, uuid4(), uuid4()) for line in lines)
        )
    assert list(range(2, 22)) == sorted(answer["revision"] for answer in answers)


async def test_told_to_stop_it_finishes_what_it_was_asked(
    settings: Settings, asker: Asker, tmp_path: Path
) -> None:
    async with process(settings, tmp_path / "log") as replica:
        await replica.until_ready()
        asking = [asyncio.create_task(open_one(asker)) for _ in range(300)]
        await asyncio.wait(asking, return_when=asyncio.FIRST_COMPLETED)
        replica.tell(signal.SIGTERM)
        assert 0 == await replica.ends()
        answers = await asyncio.gather(*asking, return_exceptions=True)
    done = [answer for answer in answers if isinstance(answer, dict)]
    # Whoever came too late was told so; whoever was heard was answered.
    assert {Unavailable} >= {type(answer) for answer in answers if not isinstance(answer, dict)}
    assert len(done) == len(await facts(settings))
    assert "stopped" == logged(tmp_path / "log")[-1]["event"]


async def test_interrupted_it_stops_as_well(settings: Settings, tmp_path: Path) -> None:
    async with process(settings, tmp_path / "log") as replica:
        await replica.until_ready()
        replica.tell(signal.SIGINT)
        assert 0 == await replica.ends()


async def test_while_postgres_is_away_it_answers_not_now_and_comes_back(
    settings: Settings, asker: Asker, tmp_path: Path, pg: Postgres
) -> None:
    async with process(settings, tmp_path / "log") as replica:
        await replica.until_ready()
        await open_one(asker)
        pg.kill()
        try:
            batch = [{"command": "OpenNotebook", "id": str(uuid4()), "data": opened()}]
            async with asyncio.timeout(60):
                answers = await asyncio.gather(
                    open_one(asker),
                    asker.ask_batch("notebooks", batch, CLERK, uuid4()),
                    asker.question("notebooks", "NotebooksInArea", {"area": HERE}, CLERK, uuid4()),
                    return_exceptions=True,
                )
            assert ["away"] * 3 == [no.code for no in answers if isinstance(no, Unavailable)]
            assert 200 == (await replica.get("/health")).status_code
            ready = await replica.get("/ready")
            assert (503, False) == (ready.status_code, ready.json()["log"])
        finally:
            pg.start()
        await until_it_works(asker)
        await replica.until_ready()
    assert 2 == len(await facts(settings))


async def test_while_nats_is_away_nobody_hears_and_it_comes_back(
    settings: Settings, asker: Asker, tmp_path: Path, nats_server: NatsServer
) -> None:
    async with process(settings, tmp_path / "log") as replica:
        await replica.until_ready()
        nats_server.kill()
        async with asyncio.timeout(60):
            with pytest.raises(Unavailable):
                await open_one(asker)
        await until(lambda: _not_ready(replica, "nats"))
        nats_server.start()
        await until_it_works(asker)
        await replica.until_ready()


async def test_it_waits_for_servers_that_are_not_there_yet(
    settings: Settings, asker: Asker, tmp_path: Path, pg: Postgres, nats_server: NatsServer
) -> None:
    nats_server.kill()
    pg.kill()
    async with process(settings, tmp_path / "log") as replica:
        try:
            await until(lambda: _not_ready(replica, "open"))
            assert 200 == (await replica.get("/health")).status_code
        finally:
            pg.start()
        nats_server.start()
        await until_it_works(asker)
        await replica.until_ready()


async def test_told_to_stop_while_it_still_waits_it_stops(
    settings: Settings, tmp_path: Path, nats_server: NatsServer
) -> None:
    nats_server.kill()
    async with process(settings, tmp_path / "log") as replica:
        await until(lambda: _not_ready(replica, "open"))
        replica.tell(signal.SIGTERM)
        assert 0 == await replica.ends()


async def _not_ready(replica: Process, what: str) -> bool:
    ready = await replica.get("/ready")
    return ready.status_code == 503 and ready.json()[what] is False


async def until(so: Callable[[], Any]) -> None:
    """Returns when it is so; a replica that does not listen yet is not."""
    async with asyncio.timeout(90):
        while True:
            try:
                if await so():
                    return
            except Exception:
                await asyncio.sleep(0)
            await asyncio.sleep(0.05)


async def _part_that_dies(running: Running) -> None:
    raise ValueError("a part of the service broke")


async def _part_that_ends(running: Running) -> None:
    return


@pytest.mark.parametrize("part", [_part_that_dies, _part_that_ends])
async def test_a_part_that_ends_takes_the_service_with_it(
    settings: Settings, part: Callable[[Running], Any]
) -> None:
    broken = service(
        "notebooks",
        deciders=[NOTEBOOK],
        rules=NotebookRules,
        routes=[command(OpenNotebook)],
        parts=[part],
    )
    async with asyncio.timeout(90):
        with pytest.raises(ExceptionGroup) as died:
            await serve(broken, settings, asyncio.Event())
    assert died.value.subgroup((ValueError, RuntimeError))


async def test_a_part_finishes_its_work_before_the_log_is_closed(settings: Settings) -> None:
    begun, stopping = asyncio.Event(), asyncio.Event()
    told: list[object] = []

    async def edge(running: Running) -> None:
        begun.set()
        await running.stopping.wait()
        told.extend([await running.store.last(), running.areas.name(COUNTY)])

    calm = service("notebooks", deciders=[NOTEBOOK], rules=NotebookRules, routes=[], parts=[edge])
    serving = asyncio.create_task(serve(calm, settings, stopping))
    async with asyncio.timeout(90):
        await begun.wait()
    stopping.set()
    await serving
    assert [0, "邻水县"] == told


async def test_a_charter_that_breaks_while_it_runs_changes_nothing(
    settings: Settings, asker: Asker, tmp_path: Path
) -> None:
    async with process(settings, tmp_path / "log") as replica:
        await replica.until_ready()
        write_charter(settings.charters, "default@1", DEFAULT.replace("= 3", "= 0"))
        await until(lambda: _counted(replica, "tongxin_charter_faults_total"))
        await open_one(asker)
    assert any("lines_max" in str(line.get("fault")) for line in logged(tmp_path / "log"))


async def _counted(replica: Process, metric: str) -> bool:
    return await replica.count(metric) > 0


async def test_a_broken_charter_at_the_start_ends_it_loudly(
    settings: Settings, tmp_path: Path
) -> None:
    write_charter(settings.charters, "default@1", DEFAULT.replace("= 3", "= 0"))
    async with process(settings, tmp_path / "log") as replica:
        assert 1 == await replica.ends()
    (line,) = logged(tmp_path / "log")
    assert ("critical", "the service died") == (line["level"], line["event"])
    assert "lines_max" in str(line["exception"])


async def test_a_wrong_password_ends_it_loudly(settings: Settings, tmp_path: Path) -> None:
    async with process(settings, tmp_path / "log", nats_password="wrong") as replica:
        assert 1 == await replica.ends()


async def tells(replica: Process, *lines: str) -> None:
    """Wait until its metrics say all of this."""
    async with asyncio.timeout(90):
        while True:
            told = (await replica.get("/metrics")).text
            if all(line in told for line in lines):
                return
            await asyncio.sleep(0.1)


async def test_metrics_tell_what_became_of_commands(
    settings: Settings, asker: Asker, tmp_path: Path
) -> None:
    async with process(settings, tmp_path / "log") as replica:
        await replica.until_ready()
        await open_one(asker)
        await asker.question("notebooks", "NotebooksInArea", {"area": HERE}, CLERK, uuid4())
        await tells(
            replica,
            'tongxin_commands_total{command="OpenNotebook",outcome="said"} 1.0',
            'tongxin_question_seconds_count{question="NotebooksInArea"} 1.0',
            "tongxin_append_events_count 1.0",
            "tongxin_commit_seconds_count 1.0",
            "tongxin_conflicts_total 0.0",
            'tongxin_ready{part="nats"} 1.0',
            'tongxin_dead_letters{view="',
            'tongxin_view_batch_facts_count{view="',
            "tongxin_oldest_transaction_seconds ",
            "tongxin_appends_waiting 0.0",
            "tongxin_in_flight 0.0",
            "tongxin_build_info{",
        )


async def test_what_is_looked_up_is_told_by_every_replica_whoever_leads(
    settings: Settings, asker: Asker, tmp_path: Path
) -> None:
    async with (
        process(settings, tmp_path / "one") as one,
        process(settings, tmp_path / "other") as other,
    ):
        await asyncio.gather(one.until_ready(), other.until_ready())
        await open_one(asker)
        for replica in (one, other):
            await tells(replica, "tongxin_log_position 1.0", "tongxin_relay_lag 0.0")
            await tells(replica, 'source="notebooks",view="shelf"} 0.0')
        leading = [await replica.count("tongxin_leads") for replica in (one, other)]
    assert [0, 1] == sorted(leading)


async def test_requests_commands_and_events_are_one_trace_on_disk(
    settings: Settings, asker: Asker, tmp_path: Path
) -> None:
    spans = tmp_path / "spans"
    async with process(settings, tmp_path / "log", spans=f"file:{spans}") as replica:
        await replica.until_ready()
        correlation, command_id = uuid4(), uuid4()
        await asker.ask("notebooks", "OpenNotebook", opened(), CLERK, command_id, correlation)
    event, asked = (json.loads(line) for line in spans.read_text().splitlines())
    assert ["event NotebookOpened", "command OpenNotebook"] == [event["name"], asked["name"]]
    assert f"0x{correlation.hex}" == event["context"]["trace_id"] == asked["context"]["trace_id"]
    assert asked["context"]["span_id"] == event["parent_id"]
    assert f"0x{command_id.hex[16:]}" == asked["context"]["span_id"]
    assert f"0x{correlation.hex[16:]}" == asked["parent_id"]


def test_lists_that_do_not_fit_together_are_told_at_import() -> None:
    with pytest.raises(TypeError, match="no decider answers OpenNotebook"):
        service("empty", deciders=[], rules=NotebookRules, routes=[command(OpenNotebook)])
    with pytest.raises(TypeError, match="asked of two aggregates"):
        service("twice", deciders=[NOTEBOOK, NOTEBOOK], rules=NotebookRules, routes=[])
    with pytest.raises(TypeError, match="asks a view of others"):
        service("blind", deciders=[NOTEBOOK], rules=NotebookRules, routes=app.routes)
