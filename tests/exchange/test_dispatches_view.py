"""Appeals that were transferred to a connected agency are offered to it, and tracked."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.exchange.domain import DECIDERS
from services.exchange.domain.agency.events import AgencyRegistered, AgencySuspended
from services.exchange.projections.dispatches import DISPATCHES
from shared.kernel.message import Event
from tests.exchange import handed
from tests.servers import Postgres
from tests.spec import NOW
from tests.topics import examples as lead
from tests.views import filled, history, keeps_the_law

pytestmark = pytest.mark.servers

COUNTY, ELSEWHERE = "511623000000", "510521000000"
HOMONYM = UUID(int=9)
SEALED = f"sealed:1:{UUID(int=1)}:{'A' * 38}"


def registered(agency_id: UUID, name: str, area: str) -> AgencyRegistered:
    return AgencyRegistered(
        agency_id=agency_id, area=area, name=name, kind="grid", places=1, per_minute=60, in_flight=1
    )


OURS = ("exchange", handed.AGENCY_ID, registered(handed.AGENCY_ID, "县公安局", COUNTY))
THEIRS = ("exchange", HOMONYM, registered(HOMONYM, "县公安局", ELSEWHERE))
APPEAL = ("topics", lead.LEAD_ID, lead.APPEALED.model_copy(update={"words": SEALED}))
MOVED = ("topics", lead.LEAD_ID, lead.TRANSFERRED)
AREAS = {handed.AGENCY_ID: COUNTY, HOMONYM: ELSEWHERE}
OFFERED = ("exchange", handed.DISPATCH_ID, handed.OFFERED)


PAGE: dict[str, Any] = {"standing": "", "text": "", "most": 9, "skipped": 0}


async def to_be_offered(pg: Postgres, *said: tuple[str, UUID, Event]) -> list[UUID]:
    """To whom something is to be offered now."""
    async with (
        history(pg, said, AREAS) as dsn,
        filled(dsn, "exchange", DISPATCHES, DECIDERS) as view,
    ):
        rows = await view.ask("to be offered", now=NOW + timedelta(days=1))
        return [row["agency_id"] for row in rows]


async def test_the_view_keeps_the_law_of_views(pg: Postgres) -> None:
    told: list[tuple[str, UUID, Event]] = [
        OURS,
        APPEAL,
        ("topics", lead.LEAD_ID, lead.RETURNED_FOR_FIX),
        ("topics", lead.LEAD_ID, lead.RESUBMITTED),
        MOVED,
        OFFERED,
        ("exchange", handed.DISPATCH_ID, handed.REMINDED),
        ("exchange", handed.DISPATCH_ID, handed.ACKNOWLEDGED),
        ("topics", lead.LEAD_ID, lead.ACKNOWLEDGED),
    ]
    async with history(pg, told, AREAS) as dsn:
        await keeps_the_law(dsn, "exchange", DISPATCHES, DECIDERS)


async def test_an_appeal_is_offered_to_the_agency_of_that_name_in_whose_area_it_lies(
    pg: Postgres,
) -> None:
    assert [handed.AGENCY_ID] == await to_be_offered(pg, OURS, THEIRS, APPEAL, MOVED)


async def test_nothing_is_offered_twice_or_after_it_was_confirmed(pg: Postgres) -> None:
    confirmed = ("topics", lead.LEAD_ID, lead.ACKNOWLEDGED)
    assert [] == await to_be_offered(pg, OURS, APPEAL, MOVED, OFFERED)
    assert [] == await to_be_offered(pg, OURS, APPEAL, MOVED, confirmed)


async def test_nothing_is_offered_to_an_agency_that_is_suspended(pg: Postgres) -> None:
    held = AgencySuspended(agency_id=handed.AGENCY_ID, reason="核查", subscriptions=())
    told = ("exchange", handed.AGENCY_ID, held)
    assert [] == await to_be_offered(pg, OURS, told, APPEAL, MOVED)


async def test_the_agency_reads_what_it_was_handed_and_is_reminded_when_it_is_late(
    pg: Postgres,
) -> None:
    async with (
        history(pg, [OURS, APPEAL, MOVED, OFFERED], AREAS) as dsn,
        filled(dsn, "exchange", DISPATCHES, DECIDERS) as view,
    ):
        (whole,) = await view.ask("one", dispatch_id=handed.DISPATCH_ID)
        assert (SEALED, "") == (whole["words"], whole["contact"])
        (row,) = await view.ask("of agency", agency_id=handed.AGENCY_ID, **PAGE)
        assert row["acknowledged_at"] is None
        assert [] == await view.ask("to be reminded of", now=NOW)
        (late,) = await view.ask("to be reminded of", now=handed.LATER)
        assert 1 == late["nth"]
        here = {"prefixes": ["511623%"], "agency_id": None}
        assert 1 == len(await view.ask("in area", **PAGE | here))
        assert 1 == len(await view.ask("of lead", lead_id=lead.LEAD_ID))


async def test_a_list_is_picked_by_whether_it_was_confirmed(pg: Postgres) -> None:
    reminded = ("exchange", handed.DISPATCH_ID, handed.REMINDED)
    done = ("exchange", handed.DISPATCH_ID, handed.ACKNOWLEDGED)
    told: list[tuple[str, UUID, Event]] = [OURS, APPEAL, MOVED, OFFERED]
    for more, standings in (
        ([], {"", "waiting"}),
        ([reminded], {"", "waiting", "late"}),
        ([reminded, done], {"", "acknowledged"}),
    ):
        async with (
            history(pg, [*told, *more], AREAS) as dsn,
            filled(dsn, "exchange", DISPATCHES, DECIDERS) as view,
        ):
            found = {
                one
                for one in ("", "waiting", "late", "acknowledged")
                for _ in await view.ask(
                    "of agency", agency_id=handed.AGENCY_ID, **PAGE | {"standing": one}
                )
            }
            assert standings == found
