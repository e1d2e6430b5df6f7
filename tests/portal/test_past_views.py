"""Every view of the portal as of a past day: the very rows that it held when the day ended."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest

from services.portal.app import app
from services.portal.domain import DECIDERS
from shared.runtime import asof, copies
from shared.runtime.clock import SHANGHAI
from shared.runtime.digest import digest
from shared.runtime.facts import Logged
from shared.runtime.flow import lifts_of
from shared.runtime.projection import Projection
from shared.runtime.view import View
from tests.portal import ranked
from tests.portal.examples import HISTORY
from tests.portal.people_at_work import WORK
from tests.portal.planned import YEAR
from tests.runtime.flows import shown
from tests.runtime.logs import login
from tests.servers import Postgres
from tests.views import AREA, Frame, history

pytestmark = pytest.mark.servers

FIRST, STEP = datetime(2024, 1, 1, 23, 59, 59, tzinfo=SHANGHAI), timedelta(days=1)
EVERY = 16  # Days between two looks back.
SAID = [*ranked.SAID[:1], *HISTORY, *YEAR, *WORK, *ranked.SAID[1:]]
TYPES = {type(event).__name__ for _, _, event in SAID}
SHOWN = [one for one in app.projections if one.types is None or one.types & TYPES]
"""Views over something of the story; the others held nothing on any of its days."""


@pytest.fixture(scope="module")
async def told(pg: Postgres) -> AsyncIterator[str]:
    """The portal's way in to a database in whose logs the examples were said day by day."""
    async with history(
        pg, SAID, frames=[Frame(AREA, FIRST + n * STEP) for n in range(len(SAID))]
    ) as dsn:
        yield login(dsn, "portal")


def test_nearly_every_view_shows_something_of_the_story() -> None:
    quiet = {one.name for one in app.projections} - {one.name for one in SHOWN}
    assert {"endings", "erasures", "files", "operations", "polls", "registers"} >= quiet


async def made(past: asof.AsOf, live: View, day: date) -> View:
    """The past of a view, however long it takes to make."""
    for _ in range(60):
        with suppress(asof.BeingMade):
            return await past.view(live, day)
    raise AssertionError(f"{live.name} on {day} was never made")


@pytest.mark.parametrize("projection", SHOWN, ids=lambda one: one.name)
async def test_a_past_view_holds_what_the_view_held_that_day(
    told: str, projection: Projection
) -> None:
    lifts = lifts_of(DECIDERS)
    async with shown(told, "portal", projection, lifts) as live, asof.opened(told, lifts) as past:
        await copies.make(live.projector)
        async with live.projector.pool.acquire() as connection:
            await connection.execute(asof.SQL["tables"].text)
        seen: Counter[str] = Counter()
        held = []
        for day, (source, _, _) in enumerate(SAID):
            if source in projection.sources:
                await live.projector.apply(Logged(source, seen[source], seen[source] + 1))
                seen[source] += 1
            if day % EVERY == EVERY - 1:
                held.append((FIRST.date() + day * STEP, await digest(live.view)))

        assert 1 < len({then.hex for _, then in held})
        for day, then in held:
            assert [] == then.differs(await digest(await made(past, live.view, day)))
