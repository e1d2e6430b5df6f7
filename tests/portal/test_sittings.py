"""Meetings on their pages: the calendar, the checklist, the gate, and minutes from the facts."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from services.meetings.rules import MeetingRules
from services.portal.domain import DECIDERS
from services.portal.pages.checklist import Around, Check, checklist, ready
from services.portal.pages.difference import Piece, difference
from services.portal.pages.gate_of_research import gates, researches
from services.portal.pages.minutes import Minutes, Telling, minutes_of, numeral
from services.portal.pages.texts import read
from services.portal.projections.sittings import SITTINGS
from shared.runtime.charter import Charters
from tests.meetings.examples import (
    AGENDA_SET,
    CONSULTATION_ID,
    INVITED,
    LINSHUI,
    NOTICED,
    PLANNED,
    READY,
    REPORT_FILED,
    RESEARCH_CONDUCTED,
    RESEARCH_ID,
    RESEARCH_PLANNED,
    THERE,
    arrived,
    noted,
    scheduled,
)
from tests.portal.sat import (
    AHEAD,
    HELD,
    LATE,
    OFF,
    POSTPONED,
    PREPARED,
    SAT,
    sitting,
    story,
    thread,
    wordings,
)
from tests.servers import Postgres
from tests.spec import NOW
from tests.views import filled, history, keeps_the_law

RULES = LINSHUI.model_dump(mode="json")
TODAY = date(2026, 3, 2)
TEXTS = read()
TELLING = Telling(TEXTS.minutes, lambda one: TEXTS.words["values"].get(str(one), str(one)))


@pytest.fixture(scope="module")
async def said(pg: Postgres) -> AsyncIterator[str]:
    """A database in whose logs the meetings were said."""
    async with history(pg, SAT, step=timedelta(minutes=1)) as dsn:
        yield dsn


@pytest.mark.servers
async def test_the_calendar_keeps_the_law_of_views(said: str) -> None:
    await keeps_the_law(said, "portal", SITTINGS, DECIDERS)


@pytest.mark.servers
async def test_every_meeting_stands_in_one_list(said: str) -> None:
    found = {}
    async with filled(said, "portal", SITTINGS, DECIDERS) as view:
        for which in ("ahead", "undated", "past"):
            rows = await view.ask(
                "of areas", prefixes=["5116%"], which=which, room="", most=9, skipped=0
            )
            found[which] = {row["consultation_id"] for row in rows}
        (counts,) = await view.ask("how many", prefixes=["5116%"])
    assert {"ahead": {AHEAD}, "undated": {LATE}, "past": {CONSULTATION_ID, OFF}} == found
    assert {which: len(some) for which, some in found.items()} == dict(counts)


@pytest.mark.servers
async def test_a_room_that_was_taken_back_is_not_shown(said: str) -> None:
    async with filled(said, "portal", SITTINGS, DECIDERS) as view:
        (ahead,) = await view.ask("one", consultation_id=AHEAD)
        (held,) = await view.ask("one", consultation_id=CONSULTATION_ID)
        rooms = await view.ask("rooms of areas", prefixes=["5116%"], most=9)
    assert ("", "观音桥协商驿站") == (ahead["room"], held["room"])
    assert [("观音桥协商驿站", 1)] == [(row["name"], row["held"]) for row in rooms]


@pytest.mark.servers
async def test_meetings_are_found_by_room_or_place(said: str) -> None:
    asked = {"prefixes": ["5116%"], "which": "past", "most": 9, "skipped": 0}
    async with filled(said, "portal", SITTINGS, DECIDERS) as view:
        by_room = await view.ask("of areas", **asked, room="驿站")
        by_place = await view.ask("of areas", **asked, room="院坝")
        nowhere = await view.ask("of areas", **asked, room="_")
    assert (1, 2, 0) == (len(by_room), len(by_place), len(nowhere))


def check(name: str, *facts: object, today: date = TODAY) -> Check:
    """One item of the checklist of a consultation of which this was said."""
    around = Around(RULES, today)
    return next(one for one in checklist(sitting(*facts), around) if one.name == name)  # type: ignore[arg-type]


def test_what_is_missing_is_named() -> None:
    assert ("masses", "unit") == tuple(check("parties", PLANNED).missing)
    assert {"theme", "participants"} == set(check("plan", PLANNED).missing)
    assert ["parties", "plan", "research"] == list(check("date", PLANNED).missing)


def test_a_date_may_be_fixed_when_all_before_it_is_there() -> None:
    assert "due" == check("date", *READY).standing
    assert "done" == check("date", *READY, scheduled()).standing


def test_notice_is_due_so_many_days_before_and_late_after() -> None:
    facts = (*READY, scheduled(starts=NOW + timedelta(days=4)))
    until = date(2026, 3, 3)
    assert ("due", until) == (check("notice", *facts).standing, check("notice", *facts).until)
    assert "late" == check("notice", *facts, today=date(2026, 3, 4)).standing
    assert "done" == check("notice", *facts, NOTICED, today=date(2026, 3, 4)).standing


def test_an_urgent_matter_needs_no_days() -> None:
    urgent = scheduled(starts=NOW, mode="urgent-site", urgency="塌方")
    assert TODAY == check("notice", *READY, urgent).until


def test_who_was_asked_by_hand_or_told_beforehand_needs_no_more() -> None:
    facts = (*READY, scheduled())
    assert ("due", 1) == (
        check("invited", *facts, INVITED).standing,
        check("invited", *facts, INVITED).there,
    )
    assert "free" == check("invited", *facts, NOTICED).standing


def test_leaders_are_asked_for_by_the_form() -> None:
    assert "free" == check("leaders", *READY, scheduled()).standing
    assert ("due", 1) == (
        check("leaders", *READY, scheduled(form="chairpersons")).standing,
        check("leaders", *READY, scheduled(form="chairpersons")).of,
    )


def test_an_agenda_is_asked_for_where_the_work_plan_has_one() -> None:
    needs = Around(RULES | {"workplan_fields": ["theme", "agenda"]}, TODAY)
    standing = {one.name: one.standing for one in checklist(PREPARED, needs)}
    assert ("due", "free") == (standing["agenda"], check("agenda", *READY).standing)
    assert "done" == check("agenda", *READY, AGENDA_SET).standing


def test_a_meeting_is_ready_when_nothing_is_left() -> None:
    around = Around(RULES, TODAY)
    assert not ready(checklist(PREPARED, around))
    assert ready(checklist(sitting(*READY, scheduled(), NOTICED), around))


@pytest.mark.parametrize("charter", Charters(Path("deploy/charters")).ids())
def test_every_county_has_a_checklist(charter: str) -> None:
    rules = Charters(Path("deploy/charters"), {"meetings": MeetingRules}).at(charter)
    assert checklist(PREPARED, Around(rules.table("meetings"), TODAY))


def test_after_a_delay_nobody_has_come_and_nobody_was_told() -> None:
    assert ("planned", [], None) == (POSTPONED.phase, POSTPONED.here, POSTPONED.notice)
    assert 2 == len(POSTPONED.parties)


def test_the_last_count_stands_and_a_member_is_one() -> None:
    met = sitting(*READY, scheduled(), *THERE, arrived("masses", "擂鼓坪受益群众代表", 15))
    assert {"masses": 15, "unit": 2} == met.people
    assert [] == met.absent
    assert ["masses", "unit"] == sitting(*READY, scheduled()).absent


def test_the_gate_opens_by_facts_that_can_be_looked_at() -> None:
    done = thread(
        RESEARCH_PLANNED, RESEARCH_CONDUCTED, REPORT_FILED, category="research", stream=RESEARCH_ID
    )
    (gate,) = gates(story(done, HELD.thread), needed=1)
    assert gate.is_open
    assert gate.proofs[0].filed is done.facts[-1]
    assert "ConsultationScheduled" == gate.passed.type if gate.passed else ""
    (shut,) = gates(story(PREPARED.thread), needed=1)
    assert (False, []) == (shut.is_open, list(shut.proofs))


def test_two_reports_are_not_one() -> None:
    (gate,) = gates(story(sitting(PLANNED, noted()).thread), needed=2)
    assert not gate.is_open


def test_trips_and_report_belong_to_their_research() -> None:
    (one,) = researches(story(thread(RESEARCH_PLANNED, RESEARCH_CONDUCTED, category="research")))
    assert (1, None, 1) == (len(one.trips), one.report, one.round)


def drafted(*texts: str) -> Minutes:
    """The minutes of the meeting that was held, whose consensus was worded so."""
    return minutes_of(HELD, wordings(*texts), TELLING)


def text(name: str, *texts: str) -> str:
    """One part of them."""
    part = drafted(*texts).section(f"minutes-{name}")
    assert part
    return part.text


def test_minutes_say_what_was_agreed_by_whom_and_until_when() -> None:
    assert "一、返工三处沉陷路段（责任单位：县交通运输局）。" == text("consensus")
    assert "一、全县村道质保期延长（普遍性问题）。" == text("dissent")
    assert "一、县交通运输局：十日内返工，2026年3月12日前完成。" == text("commitments")
    assert "一、擂鼓坪受益群众代表：通车一年就烂了。" == text("statements")


def test_minutes_say_when_where_and_who() -> None:
    assert "擂鼓坪院坝" in text("opening")
    assert "小微协商" in text("opening")
    assert "群众 12 人：擂鼓坪受益群众代表。" in text("attendance")
    assert "共 14 人到会。" in text("attendance")
    assert "群众、责任单位签认" in text("attendance")


def test_nothing_said_is_said_to_be_nothing() -> None:
    empty = minutes_of(PREPARED, None, TELLING)
    assert {"无。", "会议还没有排期。", "还没有人签到。"} <= {one.text for one in empty.sections}


def test_the_last_wording_stands_and_all_are_kept() -> None:
    part = drafted("一、返工。", "一、返工并质保。").section("minutes-consensus")
    assert part
    assert ("一、返工并质保。", 2) == (part.text, part.nth)
    assert [Piece("gone", "返工。"), Piece("new", "返工并质保。")] == [
        one for one in part.changes(2) if one.kind != "same"
    ]


def test_what_differs_from_the_facts_is_marked() -> None:
    facts = text("consensus")
    same = drafted(facts).section("minutes-consensus")
    other = drafted(facts + "\n二、别的。").section("minutes-consensus")
    assert same
    assert other
    assert [] == same.beside_the_facts
    assert ["new"] == [one.kind for one in other.beside_the_facts if one.kind != "same"]


@pytest.mark.parametrize(
    ("before", "after"),
    [("", ""), ("甲,乙。", "甲,丙。"), ("𠮷家\n㐂事", "㐂事"), ("一" * 8000, "二" * 8000)],
)
def test_a_difference_holds_both_wordings(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert before == "".join(one.text for one in pieces if one.kind != "new")
    assert after == "".join(one.text for one in pieces if one.kind != "gone")


@pytest.mark.parametrize(
    ("n", "told"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")]
)
def test_items_are_numbered_as_in_documents(n: int, told: str) -> None:
    assert told == numeral(n)
