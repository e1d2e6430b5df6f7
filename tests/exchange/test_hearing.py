"""What is decided about a webhook changes what is carried to it, once, whoever hears it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from services.exchange.effects.hooks.book import make_tables
from services.exchange.effects.hooks.hearing import Hearing
from shared.kernel.message import Event
from shared.runtime.hear import OwnLog, Tail
from shared.runtime.store import Store
from tests.exchange.carrying import Facts, eventually
from tests.exchange.examples import (
    AGENCY_ID,
    DECLINED,
    ISSUED,
    OPENED,
    PAUSED,
    REDELIVERY,
    REPLAYED,
    RESUMED,
    REVOKED,
    SUBSCRIPTION_APPROVED,
    SUBSCRIPTION_ID,
    TRIED,
    at,
)
from tests.runtime.flows import running
from tests.runtime.logs import login
from tests.servers import Postgres
from tests.views import history

pytestmark = pytest.mark.servers

URL = "https://example.org/hook"
WEBHOOK = OPENED.model_copy(update={"channel": "webhook", "url": URL})
SECRET = ISSUED.model_copy(update={"secret": "sealed:one"})
ROTATED = ISSUED.model_copy(
    update={"secret": "sealed:two", "old_until": at(10) + timedelta(hours=24)}
)
LIVE = (WEBHOOK, SUBSCRIPTION_APPROVED, SECRET)
TARGET = "SELECT * FROM exchange__hooks.targets"
MESSAGES = "SELECT type, state FROM exchange__hooks.messages"


async def heard(pg: Postgres, *said: Event, by: int = 1) -> tuple[dict[str, Any], list[Any]]:
    """The target and its messages, after so many at once have heard all this."""
    events = [("exchange", SUBSCRIPTION_ID, event) for event in said]
    async with (
        history(pg, events) as dsn,
        asyncpg.create_pool(login(dsn, "exchange"), min_size=0, max_size=4) as pool,
    ):
        await make_tables(pool)
        store = await Store.open(login(dsn, "exchange"), "exchange")
        tail = Tail(store)
        facts = Facts()
        facts.tell(5)
        hearings = [
            Hearing(pool, OwnLog("exchange", store, tail), facts, lambda: None) for _ in range(by)
        ]
        async with running(tail.run(), *(one.run() for one in hearings)):
            await eventually(lambda: _seen(pool), lambda seen: seen == len(said))
        await store.close()
        rows = await pool.fetch(TARGET)
        return dict(rows[0]) if rows else {}, [tuple(row) for row in await pool.fetch(MESSAGES)]


async def _seen(pool: asyncpg.Pool) -> int:
    asked = "SELECT position FROM exchange.checkpoints WHERE name = 'hooks'"
    return await pool.fetchval(asked) or 0


@pytest.mark.parametrize("by", [1, 3])
async def test_what_is_approved_is_told_from_then_on(pg: Postgres, by: int) -> None:
    target, messages = await heard(pg, *LIVE, TRIED, by=by)
    assert (AGENCY_ID, URL, "live", 2, "sealed:one") == tuple(
        target[name] for name in ("agency_id", "url", "state", "upto", "secret")
    )
    assert [("Test", "waiting")] == messages


async def test_what_is_fetched_is_not_brought(pg: Postgres) -> None:
    assert ({}, []) == await heard(pg, OPENED, SUBSCRIPTION_APPROVED, ISSUED, PAUSED, REVOKED)


async def test_the_old_secret_signs_until_it_is_over(pg: Postgres) -> None:
    target, _ = await heard(pg, *LIVE, ROTATED)
    assert ("sealed:two", "sealed:one", ROTATED.old_until) == (
        target["secret"], target["old_secret"], target["old_until"],
    )  # fmt: skip
    target, _ = await heard(pg, *LIVE, ROTATED.model_copy(update={"old_until": None}))
    assert ("sealed:two", "") == (target["secret"], target["old_secret"])


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ([PAUSED], ["by-agency"]),
        ([PAUSED, PAUSED.model_copy(update={"hold": "by-operator"}), RESUMED], ["by-operator"]),
        ([PAUSED, RESUMED], []),
    ],
)
async def test_it_is_held_by_all_who_hold_it(
    pg: Postgres, said: Sequence[Event], holds: list[str]
) -> None:
    target, _ = await heard(pg, *LIVE, *said)
    assert holds == target["holds"]


@pytest.mark.parametrize(
    ("replayed", "upto"),
    [({"since": None, "after": 1}, 1), ({"since": at(0)}, 0), ({"since": None, "after": 9}, 2)],
)
async def test_it_goes_back_to_where_somebody_wants_it_and_never_ahead(
    pg: Postgres, replayed: dict[str, Any], upto: int
) -> None:
    target, _ = await heard(pg, *LIVE, REPLAYED.model_copy(update=replayed))
    assert upto == target["upto"]


@pytest.mark.parametrize("end", [REVOKED, DECLINED])
async def test_what_is_over_has_no_secret_and_nothing_waits_for_it(
    pg: Postgres, end: Event
) -> None:
    asked = LIVE if end is REVOKED else LIVE[:1]
    tried = [TRIED, REDELIVERY] if end is REVOKED else []
    target, messages = await heard(pg, *asked, *tried, end)
    assert ("over", "", "") == (target["state"], target["secret"], target["old_secret"])
    assert [] == [state for _, state in messages if state == "waiting"]
