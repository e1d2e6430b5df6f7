"""The servers come up on any machine, keep their data, and end when we end."""

import asyncpg
import nats
import pytest

from tests.servers import NatsServer, Postgres

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
