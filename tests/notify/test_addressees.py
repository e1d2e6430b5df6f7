"""Whom a notice is for: offices held now, and followers through merging and parting."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date, timedelta
from uuid import UUID, uuid5

import pytest

from services.notify.domain import DECIDERS
from services.notify.domain.notice.events import NoticeSent
from services.notify.projections.addressees import ADDRESSEES
from services.notify.projections.deliveries import DELIVERIES, Line
from services.notify.words import to_account, to_role, to_topic, to_unit
from services.portal.domain.account import events as account
from services.topics.domain.lead import events as lead
from services.topics.domain.topic import events as topic
from shared.kernel.areas import lineage
from shared.kernel.message import Event
from shared.runtime.view import View
from tests.notify.examples import (
    ACCOUNT_ID,
    ADDRESS,
    ADDRESSED,
    AREA,
    BEGUN,
    CHOSEN,
    COUNTY,
    DELIVERED,
    DELIVERY_ID,
    FAILED,
    FOLLOWED,
    GIVEN,
    GIVEN_UP,
    HEALTH,
    NOTICE_ID,
    PLANNED,
    REMOVED,
    SENT,
    TOPIC_ID,
    UNFOLLOWED,
)
from tests.servers import Postgres
from tests.views import Said, filled, history, keeps_the_law

pytestmark = pytest.mark.servers

TODAY = date(2026, 3, 2)
LIN, CHEN, WU, HE = (uuid5(ACCOUNT_ID, name) for name in ("lin", "chen", "wu", "he"))
FIRST, SECOND, THIRD = (uuid5(TOPIC_ID, name) for name in ("first", "second", "third"))


def opened(person: UUID) -> Said:
    event = account.AccountOpened(account_id=person, login="x", name="sealed")
    return ("portal", person, event)


def office(person: UUID, role: str, within: str, unit: str = "") -> Said:
    granted = account.AppointmentGranted(
        account_id=person,
        appointment_id=uuid5(person, role + within + unit),
        role=role,
        within=within,
        unit=unit,
        since=None,
        until=None,
        deputy_for=None,
        of_appointment=None,
    )
    return ("portal", person, granted)


def in_term(granted: Said, since: date | None, until: date | None) -> Said:
    service, person, event = granted
    return (service, person, event.model_copy(update={"since": since, "until": until}))


def left(granted: Said) -> Said:
    _, person, event = granted
    revoked = account.AppointmentRevoked(
        account_id=person,
        appointment_id=event.appointment_id,  # type: ignore[attr-defined]
    )
    return ("portal", person, revoked)


def brought(lead_id: UUID, person: UUID) -> Said:
    event = lead.LeadSubmitted.model_construct(lead_id=lead_id, submitter=str(person))
    return ("topics", lead_id, event)


def merged(lead_id: UUID, into: UUID, event: type[Event] = lead.LeadMerged) -> Said:
    return ("topics", lead_id, event.model_construct(lead_id=lead_id, into=into, submitter="x"))


def on(*events: Event) -> list[Said]:
    return [("notify", next(iter(dict(event).values())), event) for event in events]


PEOPLE = [opened(one) for one in (ACCOUNT_ID, LIN, CHEN, WU, HE)]
PROPOSED = topic.TopicProposed.model_construct(
    topic_id=TOPIC_ID, title="增设社区卫生服务中心", proposer=str(LIN), submitter=str(CHEN),
    lead_id=FIRST,
)  # fmt: skip
MATTER: list[Said] = [brought(FIRST, CHEN), ("topics", TOPIC_ID, PROPOSED)]
ELSEWHERE = office(WU, "unit", "510521000000", HEALTH)
OFFICES = [
    office(LIN, "cppcc", COUNTY),
    office(CHEN, "cppcc", AREA),
    office(HE, "unit", COUNTY, HEALTH),
    ELSEWHERE,
]
LEDGER: list[Said] = [
    ("topics", TOPIC_ID, PROPOSED),
    *on(SENT, ADDRESSED, PLANNED, BEGUN, FAILED),
    *on(BEGUN.model_copy(update={"attempt": 2}), DELIVERED),
]


@asynccontextmanager
async def view(pg: Postgres, *said: Said) -> AsyncIterator[View]:
    async with history(pg, said) as dsn, filled(dsn, "notify", ADDRESSEES, DECIDERS) as one:
        yield one


async def told(one: View, to: str) -> list[UUID]:
    places = lineage(to.rpartition("@")[2]) if "@" in to else []
    rows = await one.ask("accounts of", recipient=to, places=places, today=TODAY, most=100)
    return sorted({row["account"] for row in rows})


async def followers(pg: Postgres, *said: Said) -> list[UUID]:
    nothing = on(REMOVED)  # All three logs have to be there.
    async with view(pg, *PEOPLE, *MATTER, *said, *nothing) as one:
        return await told(one, to_topic(TOPIC_ID))


def sort(*people: UUID) -> Sequence[UUID]:
    return sorted(people)


async def test_it_keeps_the_law_of_views(pg: Postgres) -> None:
    said = [
        *PEOPLE, *OFFICES, left(ELSEWHERE), *MATTER, brought(SECOND, WU), merged(SECOND, FIRST),
        merged(SECOND, FIRST, lead.LeadUnmerged), merged(SECOND, FIRST),
        *on(CHOSEN, GIVEN, REMOVED, GIVEN, FOLLOWED, UNFOLLOWED),
    ]  # fmt: skip
    async with history(pg, said) as dsn:
        await keeps_the_law(dsn, "notify", ADDRESSEES, DECIDERS)
    async with history(pg, [*LEDGER, *on(GIVEN_UP)]) as dsn:
        await keeps_the_law(dsn, "notify", DELIVERIES, DECIDERS)


async def test_a_notice_is_for_those_who_hold_the_office_there(pg: Postgres) -> None:
    async with view(pg, *PEOPLE, *OFFICES, *MATTER, *on(REMOVED)) as one:
        assert sort(LIN, CHEN) == await told(one, to_role("cppcc", AREA))
        assert [LIN] == await told(one, to_role("cppcc", COUNTY))
        assert [HE] == await told(one, to_unit(HEALTH, AREA))
        assert [WU] == await told(one, to_account(str(WU)))
        assert [] == await told(one, to_account("somebody without an account"))


async def test_who_left_the_office_is_told_no_more(pg: Postgres) -> None:
    async with view(pg, *PEOPLE, *OFFICES, left(ELSEWHERE), *MATTER, *on(REMOVED)) as one:
        assert [] == await told(one, to_unit(HEALTH, "510521000000"))
        assert [HE] == await told(one, to_unit(HEALTH, COUNTY))


async def test_who_brought_and_who_proposed_a_matter_follow_it(pg: Postgres) -> None:
    assert sort(LIN, CHEN) == await followers(pg)


async def test_who_brought_a_lead_that_was_merged_into_it_follows_it_too(pg: Postgres) -> None:
    twice = [brought(SECOND, WU), merged(SECOND, FIRST), brought(THIRD, HE), merged(THIRD, SECOND)]
    assert sort(LIN, CHEN, WU, HE) == await followers(pg, *twice)
    apart = merged(SECOND, FIRST, lead.LeadUnmerged)
    assert sort(LIN, CHEN) == await followers(pg, *twice, apart)
    assert sort(LIN, CHEN, WU, HE) == await followers(pg, *twice, apart, merged(SECOND, FIRST))


async def test_a_claimer_follows_and_so_does_whoever_chooses_to(pg: Postgres) -> None:
    claimed = topic.TopicClaimed.model_construct(topic_id=TOPIC_ID, claimer=str(HE))
    assert sort(LIN, CHEN, HE) == await followers(pg, ("topics", TOPIC_ID, claimed))
    assert sort(LIN, CHEN, ACCOUNT_ID) == await followers(pg, *on(FOLLOWED))
    assert sort(LIN, CHEN) == await followers(pg, *on(FOLLOWED, UNFOLLOWED))


async def test_who_left_a_matter_is_left_alone_whatever_brought_it(pg: Postgres) -> None:
    mine = MATTER[0][:2], brought(SECOND, ACCOUNT_ID), merged(SECOND, FIRST)
    assert sort(LIN, CHEN, ACCOUNT_ID) == await followers(pg, *mine[1:])
    assert sort(LIN, CHEN) == await followers(pg, *mine[1:], *on(UNFOLLOWED))


async def test_each_address_is_a_way_and_a_removed_one_is_none(pg: Postgres) -> None:
    for said, channels in [((GIVEN,), ["email"]), ((GIVEN, REMOVED), [None])]:
        async with view(pg, *PEOPLE, *MATTER, *on(CHOSEN, *said)) as one:
            account_ = to_account(str(ACCOUNT_ID))
            rows = await one.ask("accounts of", recipient=account_, places=[], today=TODAY, most=10)
            assert channels == [row["channel"] for row in rows]
            sealed = await one.ask("addresses of", accounts=[ACCOUNT_ID], channel="email")
            assert [ADDRESS] * len([c for c in channels if c]) == [r["address"] for r in sealed]


async def test_the_ledger_says_who_was_told_what_when_and_how(pg: Postgres) -> None:
    async with history(pg, LEDGER) as dsn, filled(dsn, "notify", DELIVERIES, DECIDERS) as one:
        asked = {"channel": "", "state": "", "most": 10, "skipped": 0}
        rows = await one.ask("ledger of area", prefixes=["511623%"], **asked)
        lines = [Line.model_validate(dict(row)) for row in rows]
        assert [("email", "NoticeDelivered", 2), ("inbox", "NoticeSent", 1)] == [
            (line.channel, line.state, line.attempts) for line in lines
        ]
        assert {ACCOUNT_ID} == {line.account for line in lines}
        assert [] == await one.ask("ledger of area", prefixes=["510521%"], **asked)


async def test_what_is_due_is_what_has_no_end_yet(pg: Postgres) -> None:
    said: list[Said] = [("topics", TOPIC_ID, PROPOSED), *on(SENT, PLANNED)]
    now = PLANNED.send_at
    for more, due in [((), [DELIVERY_ID]), ((BEGUN,), [DELIVERY_ID]), ((BEGUN, DELIVERED), [])]:
        async with (
            history(pg, [*said, *on(*more)]) as dsn,
            filled(dsn, "notify", DELIVERIES, DECIDERS) as one,
        ):
            rows = await one.ask("due", channel="email", now=now, mine=[])
            assert due == [row["delivery_id"] for row in rows]
            assert [] == await one.ask("due", channel="email", now=now, mine=[DELIVERY_ID])
            assert [] == await one.ask("due", channel="sms", now=now, mine=[])


def test_a_notice_knows_what_caused_it() -> None:
    assert ("outcomes:7", NOTICE_ID) == (SENT.because, SENT.notice_id)
    assert 2 == NoticeSent.version


@pytest.mark.parametrize(
    ("since", "until", "told_of_it"),
    [
        (TODAY, TODAY, [LIN]),
        (TODAY + timedelta(days=1), None, []),
        (None, TODAY - timedelta(days=1), []),
    ],
)
async def test_who_is_not_in_office_that_day_is_not_told(
    pg: Postgres, since: date | None, until: date | None, told_of_it: list[UUID]
) -> None:
    held = in_term(office(LIN, "cppcc", COUNTY), since, until)
    async with view(pg, *PEOPLE, held, *MATTER, *on(REMOVED)) as one:
        assert told_of_it == await told(one, to_role("cppcc", AREA))
