"""Whoever hosts a PostgreSQL keeps its superuser: a role that may make roles is enough for us."""

from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg
import pytest

from deploy.tongxin.home import SERVICES
from shared.runtime.migrate import migrate
from shared.runtime.store import Store
from tests.runtime.flows import running
from tests.runtime.logs import PASSWORD, asked, login
from tests.servers import Postgres

pytestmark = pytest.mark.servers


async def test_no_superuser_is_needed(pg: Postgres) -> None:
    """Roles belong to the whole server, and each to whoever made it: so these have other names."""
    tail = "".join(one for one in uuid4().hex if one.isalpha())
    names = {service: f"{service}{tail}" for service in SERVICES}
    dsn = await hosted(pg, f"host{tail}")
    for _ in range(2):
        await migrate(
            dsn,
            dict.fromkeys(names.values(), PASSWORD),
            {names["notify"]: {names["topics"]}},
            {names["outcomes"]: {"referral"}},
        )
    store = await Store.open(login(dsn, names["topics"]), names["topics"])
    async with running(store.run()):
        assert 1 == (await store.append(asked())).position
    await store.close()


async def hosted(pg: Postgres, host: str) -> str:
    """The way in to a new database for a role that owns it, and may make roles."""
    dsn = await pg.fresh_database()
    place = urlsplit(dsn)
    superuser = await asyncpg.connect(dsn)
    try:
        await superuser.execute(f"CREATE ROLE {host} LOGIN CREATEROLE PASSWORD 'secret'")
        await superuser.execute(f"ALTER DATABASE {place.path[1:]} OWNER TO {host}")
    finally:
        await superuser.close()
    netloc = f"{host}:secret@{place.netloc.rpartition('@')[2]}"
    return urlunsplit(place._replace(netloc=netloc))
