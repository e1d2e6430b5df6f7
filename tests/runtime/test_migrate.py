"""What a migration makes, who may do what afterwards, and how the log grows by partitions."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import asyncpg
import pytest

from shared.runtime import migrate as migration
from shared.runtime.migrate import STEPS, Changed, migrate
from shared.runtime.postgres import connect
from shared.runtime.store import SQL as STATEMENTS
from tests.runtime.logs import SERVICES, Log, asked, fresh_log, login, run
from tests.servers import Postgres

pytestmark = pytest.mark.servers


@pytest.fixture
async def log(pg: Postgres) -> AsyncIterator[Log]:
    """Three facts."""
    async with fresh_log(await pg.fresh_database()) as log:
        for _ in range(3):
            await log.store.append(asked())
        yield log


async def test_a_second_migration_changes_nothing(log: Log) -> None:
    shape = """
        SELECT relname, unnest(relacl)::text AS may FROM pg_class
         WHERE relnamespace = 'topics'::regnamespace ORDER BY 1, 2
    """
    before = await log.as_admin(shape)
    await migrate(log.admin_dsn, SERVICES)
    assert before == await log.as_admin(shape)
    assert 4 == (await log.store.append(asked())).position


async def test_migrations_take_turns(pg: Postgres) -> None:
    dsn = await pg.fresh_database()
    await asyncio.gather(*(migrate(dsn, SERVICES) for _ in range(4)))
    assert [step.name for step in STEPS] == [
        row["name"] for row in await run(dsn, "SELECT name FROM steps ORDER BY name")
    ]


async def test_a_later_step_is_taken_where_the_others_were_already(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = replace(STEPS[0], name="step 6 notes", text="CREATE TABLE notes (note text)")
    monkeypatch.setattr(migration, "STEPS", [*STEPS, later])
    await migrate(log.admin_dsn, SERVICES)
    assert [] == await log.as_admin("SELECT note FROM notes")


async def test_a_step_that_was_edited_afterwards_stops_the_migration(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = replace(STEPS[1], text=STEPS[1].text + " -- edited")
    monkeypatch.setattr(migration, "STEPS", [STEPS[0], edited, *STEPS[2:]])
    with pytest.raises(Changed, match="'step 2 only inserted' is not what it was"):
        await migrate(log.admin_dsn, SERVICES)


async def test_a_migration_that_fails_leaves_nothing_behind(
    pg: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    dsn = await pg.fresh_database()
    broken = replace(STEPS[0], name="step 6 broken", text="SELECT 1 / 0")
    monkeypatch.setattr(migration, "STEPS", [*STEPS, broken])
    with pytest.raises(asyncpg.DivisionByZeroError):
        await migrate(dsn, SERVICES)
    assert [] == await run(dsn, "SELECT FROM pg_namespace WHERE nspname = 'topics'")


async def test_a_new_password_replaces_the_old(log: Log) -> None:
    await migrate(log.admin_dsn, {"topics": "another"})
    with pytest.raises(asyncpg.InvalidPasswordError):
        await log.as_service("SELECT")
    await migrate(log.admin_dsn, SERVICES)
    await log.as_service("SELECT")


@pytest.mark.parametrize("name", ["topics; DROP TABLE", "Topics", "", "x" * 31])
async def test_only_a_plain_word_names_a_service(pg: Postgres, name: str) -> None:
    with pytest.raises(ValueError, match="cannot name"):
        await migrate(pg.admin_dsn, {name: "secret"})


async def test_no_extension_is_needed(log: Log) -> None:
    (found,) = await log.as_admin("SELECT array_agg(extname) FROM pg_extension")
    assert ["plpgsql"] == found["array_agg"]


FORBIDDEN = [
    "INSERT INTO {table} SELECT * FROM {table} LIMIT 1",
    "DELETE FROM {table}",
    "TRUNCATE {table}",
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "DROP TABLE {table}",
]


@pytest.mark.parametrize("table", ["events", "events_0", "streams", "batches", "claims"])
@pytest.mark.parametrize("sql", FORBIDDEN)
async def test_a_service_cannot_change_its_log(log: Log, table: str, sql: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await log.as_service(sql.format(table=table))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE events SET data = '{}'",
        "UPDATE streams SET revision = 0",
        "UPDATE batches SET root = chain",
        "UPDATE claims SET key = ''",
        "SELECT add_partition(7)",
        "SELECT make_room(1, 10)",
        "SELECT merkle_root('{}')",
        "CREATE TABLE topics.mine ()",
        "CREATE OR REPLACE FUNCTION partition_size() RETURNS bigint LANGUAGE sql AS 'SELECT 1'",
    ],
)
async def test_a_service_cannot_rewrite_how_its_log_works(log: Log, sql: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await log.as_service(sql)


async def test_a_service_keeps_its_own_checkpoints_and_dead_letters(log: Log) -> None:
    await log.as_service("INSERT INTO checkpoints VALUES ('a policy', 'meetings', 3)")
    await log.as_service("UPDATE checkpoints SET position = 4")
    await log.as_service("DELETE FROM checkpoints")
    await log.as_service("DELETE FROM dead_letters")


async def test_a_service_makes_schemas_for_its_views(log: Log) -> None:
    await log.as_service("CREATE SCHEMA topics__board")
    assert [] == await log.as_service("SELECT FROM pg_tables WHERE schemaname = 'topics__board'")


async def test_tables_of_the_session_do_not_stand_in_for_the_log(log: Log) -> None:
    connection = await asyncpg.connect(log.dsn, server_settings={"search_path": "topics"})
    await connection.execute("CREATE TEMP TABLE streams (LIKE topics.streams)")
    await connection.execute("CREATE TEMP TABLE batches (LIKE topics.batches)")
    (row,) = await connection.fetch(
        "SELECT base FROM topics.append('{}'::topics.events[], '{}'::topics.claims[])"
    )
    await connection.close()
    assert 3 == row["base"]


@pytest.mark.parametrize("table", ["events", "events_0", "batches"])
@pytest.mark.parametrize("sql", ["DELETE FROM {0}", "TRUNCATE {0}", "UPDATE {0} SET at = now()"])
async def test_not_even_the_administrator_changes_the_log_by_mistake(
    log: Log, table: str, sql: str
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="is only inserted into"):
        await log.as_admin(sql.format(table))


async def test_only_the_portal_reads_the_logs_of_others(log: Log) -> None:
    await migrate(log.admin_dsn, {**SERVICES, "meetings": SERVICES["topics"]})
    facts = "SELECT FROM topics.events JOIN topics.batches ON position = last_position"
    assert 3 == len(await run(login(log.admin_dsn, "portal"), facts))
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await run(login(log.admin_dsn, "meetings"), facts)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await run(login(log.admin_dsn, "portal"), "SELECT FROM topics.claims")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await run(login(log.admin_dsn, "portal"), "SELECT topics.append('{}', '{}')")


@pytest.fixture
async def small(pg: Postgres) -> AsyncIterator[Log]:
    """A log with eight facts to a partition."""
    async with fresh_log(await pg.fresh_database()) as log:
        await log.as_admin(
            "CREATE OR REPLACE FUNCTION partition_size() RETURNS bigint"
            " LANGUAGE sql IMMUTABLE AS 'SELECT 8::bigint'"
        )
        yield log


async def partitions(log: Log) -> list[str]:
    found = await log.as_admin(
        "SELECT inhrelid::regclass::text AS name FROM pg_inherits"
        " WHERE inhparent = 'events'::regclass ORDER BY inhrelid"
    )
    return [row["name"] for row in found]


async def test_the_next_partition_is_there_before_it_is_needed(small: Log) -> None:
    seen = []
    for _ in range(13):
        await small.store.append(asked())
        seen.append(len(await partitions(small)))
    assert [1] * 4 + [2] * 8 + [3] == seen


async def test_one_commit_may_need_many_partitions(small: Log) -> None:
    await asyncio.gather(*(small.store.append(asked()) for _ in range(50)))
    assert 50 == len(await small.store.after(0, 100))
    assert [f"events_{n}" for n in range(7)] == await partitions(small)


async def test_streams_and_positions_go_on_across_partitions(small: Log) -> None:
    first = asked()
    await small.store.append(first)
    for revision in range(1, 30):
        await small.store.append(asked(stream=first.stream, expected=revision))
    assert list(range(1, 31)) == [fact.revision for fact in await small.store.read(first.stream)]
    assert list(range(7, 20)) == [fact.position for fact in await small.store.after(6, 13)]


async def test_who_reads_on_looks_into_no_other_partition(small: Log) -> None:
    await asyncio.gather(*(small.store.append(asked()) for _ in range(50)))
    reader = await connect(small.dsn, "topics")
    await reader.execute(f"PREPARE on_from (bigint, bigint) AS {STATEMENTS['after'].text}")
    plan = await reader.fetch("EXPLAIN (COSTS OFF) EXECUTE on_from (9, 6)")
    await reader.close()
    scans = [row[0].split(" on ")[1].split()[0] for row in plan if "Scan" in row[0]]
    assert ["events_1"] == scans


async def test_every_partition_refuses_changes_and_repeated_revisions(small: Log) -> None:
    await asyncio.gather(*(small.store.append(asked()) for _ in range(20)))
    for name in await partitions(small):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await small.as_admin(f"TRUNCATE {name}")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await small.as_admin("DELETE FROM events_2")
    with pytest.raises(asyncpg.UniqueViolationError):
        await small.as_admin(
            "INSERT INTO events SELECT 21, stream, category, revision, id, type, version, area, "
            "charter, actor, at, causation, correlation, data FROM events WHERE position = 20"
        )


async def test_a_long_reader_does_not_hold_up_a_new_partition(small: Log) -> None:
    await small.store.append(asked())
    reader = await asyncpg.connect(small.dsn, server_settings={"search_path": "topics"})
    async with reader.transaction():
        await reader.fetch("SELECT FROM events")
        await asyncio.gather(*(small.store.append(asked()) for _ in range(20)))
    await reader.close()
    assert 4 == len(await partitions(small))
