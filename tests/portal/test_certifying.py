"""A ledger that was certified: its page says which rows are not what somebody stood for."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import pytest

from services.outcomes.domain.ledger.events import LedgerCertified
from services.portal.domain import DECIDERS
from services.portal.pages.certifying import Ledger, stream_of
from services.portal.projections.ledger import LEDGER
from tests.portal.ledgers import (
    CARE,
    HEALTH,
    PARKING,
    ROAD,
    TITLES,
    approved,
    assigned,
    held,
    replied,
    scheduled,
)
from tests.portal.test_pages import log_in
from tests.portal.told import VILLAGE, told_portal
from tests.servers import Postgres
from tests.views import Said, filled, history

pytestmark = pytest.mark.servers

PERIOD = "2026-02"
FIRST = [
    *approved(PARKING), scheduled(PARKING, 2, 4), *held(PARKING),
    *approved(CARE), scheduled(CARE, 2, 10), *held(CARE), assigned(CARE, 1, HEALTH),
]  # fmt: skip
"""Two activities in February 2026."""


async def certified(pg: Postgres, said: Sequence[Said]) -> Said:
    """A clerk stood for the ledger of February, as it is after all this was said."""
    async with history(pg, said) as dsn, filled(dsn, "portal", LEDGER, DECIDERS) as view:
        rows = await view.ask(
            "ledger of year", prefixes=[VILLAGE], year=2026, state="", form="", title="", units="",
            most=50, skipped=0,
        )  # fmt: skip
    ledger = Ledger.of([dict(row) for row in rows], PERIOD)
    one = stream_of(VILLAGE, PERIOD)
    return "outcomes", one, LedgerCertified(
        ledger_id=one, area=VILLAGE, period=PERIOD, rows=len(ledger.rows),
        entries=ledger.entries, digest=ledger.digest, number=1, reason="",
    )  # fmt: skip


async def page_after(pg: Postgres, said: Sequence[Said]) -> str:
    """What the clerk of the village reads after all this was said."""
    async with told_portal(pg, said) as portal, portal.client() as client:
        await log_in(client, "village")
        page = await client.get(f"/areas/{VILLAGE}/certification?year=2026&period={PERIOD}")
    assert 200 == page.status_code
    return page.text


def into_another_year(topic_id: UUID) -> Said:
    """The activity is put off to the next March."""
    source, stream, fact = scheduled(topic_id, 3, 1)
    return source, stream, fact.model_copy(update={"starts": datetime(2027, 3, 1, 4, tzinfo=UTC)})


def changes(page: str) -> dict[str, str]:
    """What is told of each row that is listed as changed."""
    found = re.findall(r'<tr><th scope="row">(.*?)</th><td data-label="变动">(.*?)</td>', page)
    return {re.sub("<.*?>", "", row).split()[0]: how for row, how in found}


async def test_a_ledger_as_it_was_certified_is_said_to_be_the_same(pg: Postgres) -> None:
    page = await page_after(pg, [*FIRST, await certified(pg, FIRST)])
    assert "与最近一次签认一致" in page
    assert "签认后有变动" not in page
    assert {} == changes(page)


async def test_a_reply_after_certification_shows_the_one_row_it_changed(pg: Postgres) -> None:
    later = [replied(CARE, 1, HEALTH, "A")]
    page = await page_after(pg, [*FIRST, await certified(pg, FIRST), *later])
    assert "签认后有变动" in page
    assert {TITLES[CARE]: "内容有变"} == changes(page)


async def test_what_came_to_a_period_or_left_it_after_certification_is_told_apart(
    pg: Postgres,
) -> None:
    called: list[Said] = [*approved(ROAD), scheduled(ROAD, 2, 20)]
    page = await page_after(pg, [*FIRST, await certified(pg, FIRST), *called])
    assert {TITLES[ROAD]: "新增"} == changes(page)

    begun: list[Said] = [*FIRST, *called]
    stood_for = await certified(pg, begun)
    page = await page_after(pg, [*begun, stood_for, into_another_year(ROAD)])
    assert {TITLES[ROAD]: "已不在这一期"} == changes(page)
    assert "2027年3月1日" in page

    page = await page_after(pg, [*begun, stood_for, scheduled(ROAD, 3, 5)])
    assert {TITLES[ROAD]: "已不在这一期"} == changes(page)
