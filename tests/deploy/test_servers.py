"""The servers come up on any machine, keep their data, and end when we end."""

import tempfile
from pathlib import Path

import asyncpg
import nats
import pytest

from deploy.tongxin.home import Trouble
from deploy.tongxin.installation import candidates, find_installation
from deploy.tongxin.postgres import Cluster
from shared.runtime.migrate import migrate
from tests.servers import NatsServer, Postgres, home_in

pytestmark = pytest.mark.servers


async def test_a_fresh_database_is_empty_and_commits_are_durable(pg: Postgres) -> None:
    connection = await asyncpg.connect(await pg.fresh_database())
    try:
        assert "on" == await connection.fetchval("SHOW synchronous_commit")
        assert 0 == await connection.fetchval(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        )
    finally:
        await connection.close()


@pytest.mark.parametrize("place_of", dict.fromkeys(map(str, candidates())))
async def test_each_installation_there_is_carries_the_logs(
    place_of: str, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONGXIN_PG_BIN", place_of)
    home = home_in(Path(tempfile.mkdtemp(dir=place)))
    server = Postgres(home)
    try:
        await migrate(await server.fresh_database(), {"topics": "secret", "portal": "secret"})
    finally:
        server.stop()


def test_data_of_another_version_are_not_touched(place: Path) -> None:
    home = home_in(Path(tempfile.mkdtemp(dir=place)))
    (home.data / "postgres-12").mkdir()
    with pytest.raises(Trouble, match="written by another version"):
        Cluster(home).prepare()
    assert [home.data / "postgres-12"] == list(home.data.glob("postgres-*"))


def test_an_installation_that_does_not_work_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONGXIN_PG_BIN", "/nowhere")
    with pytest.raises(Trouble, match="/nowhere"):
        find_installation()


async def test_a_killed_server_starts_again_with_all_it_committed(place: Path) -> None:
    server = Postgres(home_in(Path(tempfile.mkdtemp(dir=place))))
    try:
        connection = await asyncpg.connect(server.admin_dsn)
        await connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
        server.kill()
        server.start()
        connection = await asyncpg.connect(server.admin_dsn)
        assert 1 == await connection.fetchval("SELECT one FROM kept")
        await connection.close()
    finally:
        server.stop()


async def test_a_wrong_password_is_refused(pg: Postgres) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(pg.cluster.dsn(password="guessed"))


async def test_jetstream_keeps_what_it_stored_over_a_kill(nats_server: NatsServer) -> None:
    client = await nats.connect(nats_server.url_of("admin"))
    await client.jetstream().add_stream(name="kept", subjects=["kept.>"])
    await client.jetstream().publish("kept.one", b"1")
    await client.close()

    nats_server.kill()
    nats_server.start()

    client = await nats.connect(nats_server.url_of("admin"))
    assert 1 == (await client.jetstream().stream_info("kept")).state.last_seq
    await client.close()
