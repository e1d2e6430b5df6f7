"""Keys of subscriptions: destroyed however they end, and each service sees but its own."""

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import asyncpg
import pytest

from services.exchange.domain import DECIDERS
from services.exchange.domain.subscription.events import WebhookTried
from services.notify.domain.subscription.events import AddressRemoved
from services.portal.edge.agencies.forgetting import Forgetter
from services.portal.edge.tables import make_tables
from services.portal.projections.endings import ENDINGS
from shared.kernel.errors import Refused
from shared.runtime.vault import Vault
from tests.exchange.examples import DECLINED, OPENED, REVOKED, SUBSCRIPTION_ID
from tests.runtime.logs import login
from tests.servers import Postgres
from tests.views import Said, filled, history, keeps_the_law

pytestmark = pytest.mark.servers

TURNED_DOWN, GOES_ON, SOMEBODY = uuid4(), uuid4(), uuid4()
SECRET = "whsec_c2VjcmV0"
HISTORY: list[Said] = [
    ("exchange", SUBSCRIPTION_ID, OPENED),
    ("exchange", TURNED_DOWN, OPENED),
    ("exchange", GOES_ON, OPENED),
    ("exchange", SUBSCRIPTION_ID, REVOKED),
    ("exchange", TURNED_DOWN, DECLINED),
    ("exchange", GOES_ON, WebhookTried(subscription_id=GOES_ON)),
    ("notify", SOMEBODY, AddressRemoved(subscription_id=SOMEBODY, channel="email")),
]


@pytest.fixture
async def told(pg: Postgres) -> AsyncIterator[str]:
    """A database in whose log one subscription was revoked, one declined, and one goes on."""
    async with history(pg, HISTORY, also=["portal"]) as dsn:
        yield dsn


async def test_endings_keep_the_law_of_views(told: str) -> None:
    await keeps_the_law(told, "portal", ENDINGS, DECIDERS)


async def test_what_is_over_is_forgotten_and_again_after_an_old_backup(told: str) -> None:
    async with (
        asyncpg.create_pool(told, min_size=0) as pool,
        filled(told, "portal", ENDINGS, DECIDERS) as endings,
    ):
        await make_tables(pool)
        vault = Vault(pool)
        over, kept = [await vault.seal(one, SECRET) for one in (SUBSCRIPTION_ID, GOES_ON)]
        await Forgetter(endings, vault).catch_up()
        assert {over: None, kept: SECRET} == await vault.unseal([over, kept])
        for one in (SUBSCRIPTION_ID, TURNED_DOWN):
            await pool.execute("DELETE FROM vault.keys WHERE person = $1", one)
            await vault.seal(one, SECRET)
        await Forgetter(endings, vault).catch_up()
        for one in (SUBSCRIPTION_ID, TURNED_DOWN):
            with pytest.raises(Refused, match="forgotten"):
                await vault.seal(one, SECRET)


async def test_a_service_sees_the_keys_of_its_own_subscriptions_alone(told: str) -> None:
    async with asyncpg.create_pool(login(told, "portal"), min_size=0) as pool:
        for _ in range(2):
            await make_tables(pool)
        vault = Vault(pool)
        matter = uuid4()
        for one in (GOES_ON, SOMEBODY, matter):
            await vault.seal(one, SECRET)
        assert {GOES_ON, SOMEBODY, matter} == await seen(told, "portal")
    assert {GOES_ON} == await seen(told, "exchange")
    assert {SOMEBODY} == await seen(told, "notify")


async def seen(told: str, service: str) -> set[UUID]:
    """Whose keys a service can read."""
    connection = await asyncpg.connect(login(told, service))
    try:
        return {row["person"] for row in await connection.fetch("SELECT person FROM vault.keys")}
    finally:
        await connection.close()
