"""The charters that are deployed hold, and a bad one stops the deploy, not a meeting."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from deploy.tongxin.contradictions import contradictions
from services.meetings.rules import MeetingRules
from services.outcomes.rules import OutcomeRules
from services.portal.rules import PortalRules
from services.topics.rules import EXCLUSIONS, TopicRules
from shared.runtime.charter import Charters
from tests.drafts import FOLDER, MODELS, check, toml

LINSHUI = "511623000000"
TODAY = date(2026, 3, 2)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*/*.toml")), ids=lambda p: p.parent.name)
def test_every_charter_holds_for_every_service(path: Path) -> None:
    assert [] == Charters(FOLDER).check(path, MODELS, contradictions)


def test_linshui_has_its_own_charter_from_the_day_of_its_account() -> None:
    charters = Charters(FOLDER, MODELS)
    assert "511623@1" == charters.current(LINSHUI, date(2020, 10, 22)).id
    assert "default@1" == charters.current(LINSHUI, date(2020, 10, 21)).id


def test_linshui_assesses_its_five_principles() -> None:
    rules = Charters(FOLDER).current(LINSHUI, TODAY).rules("topics", TopicRules)
    principles = {"political", "group-interest", "foresight", "democratic", "feasible"}
    assert principles == rules.criteria


def test_what_nobody_published_is_provisional() -> None:
    provisional = Charters(FOLDER).current(LINSHUI, TODAY).provisional
    assert {"topics.approved_by", "meetings.notice_days", "meetings.forms"} <= provisional
    assert not {"topics.criteria", "meetings.modes"} & provisional


def test_the_urgent_need_no_notice_but_always_research() -> None:
    rules = Charters(FOLDER).current(LINSHUI, TODAY).rules("meetings", MeetingRules)
    assert 0 == rules.notice("urgent-site")
    assert rules.notice("venue-and-site") >= 1
    assert rules.reports_per_topic >= 1


LUXIAN, HUIMIN, YINGSHAN, XIANGCHENG = (
    "510521000000",
    "371621000000",
    "421124000000",
    "411025000000",
)
ALL_FIVE = (LUXIAN, HUIMIN, YINGSHAN, XIANGCHENG, LINSHUI)


def topics_of(area: str) -> TopicRules:
    return Charters(FOLDER).current(area, TODAY).rules("topics", TopicRules)


@pytest.mark.parametrize("area", ALL_FIVE)
def test_each_of_the_five_counties_has_its_own_charter(area: str) -> None:
    assert f"{area[:6]}@1" == Charters(FOLDER).current(area, TODAY).id


def test_each_county_says_who_settles_and_who_issues_its_plan() -> None:
    assert [
        "leading-group",
        "county-party-standing-committee",
        "cppcc-party-group",
        "chairpersons-meeting",
        "leading-group",
    ] == [topics_of(area).plan.approver for area in ALL_FIVE]
    three = {"county-party-committee", "county-government", "county-cppcc"}
    assert three == topics_of(HUIMIN).plan.issuers


@pytest.mark.parametrize(
    ("area", "type_", "needs"),
    [
        (LUXIAN, "studio", [{"liaison-head"}]),
        (HUIMIN, "hall", [{"member", "party-member"}]),
        (HUIMIN, "station", [{"member", "party-member"}]),
        (YINGSHAN, "town-room", [{"town-convenor"}]),
        (YINGSHAN, "village-room", [{"party-secretary"}, {"member", "linked-member"}]),
        (YINGSHAN, "unit-room", [{"party-secretary"}, {"member", "linked-member"}]),
        (YINGSHAN, "sector-room", [{"sector-convenor"}]),
        (XIANGCHENG, "liaison-room", [{"deputy-secretary", "member"}]),
        (LINSHUI, "station", [{"area-group"}]),
    ],
)
def test_who_may_convene_is_each_county_s_own_rule(
    area: str, type_: str, needs: list[set[str]]
) -> None:
    rule = topics_of(area).venue(type_)
    assert rule
    assert needs == [set(one.needs) for one in rule.convenors]


def test_how_many_rooms_stand_below_another() -> None:
    quotas = {
        area: [(r.children.least, r.children.most) for r in topics_of(area).venues if r.children]
        for area in ALL_FIVE
    }
    one_or_two = [(1, 2)]
    assert {LUXIAN: [(1, 1)], YINGSHAN: one_or_two, LINSHUI: one_or_two} == {
        area: quota for area, quota in quotas.items() if quota
    }


def test_in_yingshan_people_meet_three_times_a_year_in_each_room_and_nowhere_else() -> None:
    charter = Charters(FOLDER).current(YINGSHAN, TODAY)
    assert {3} == {rule.activities_min for rule in topics_of(YINGSHAN).venues}
    rules = charter.rules("meetings", MeetingRules)
    assert rules.venue_needed
    assert 8 == len(rules.workplan_fields)


def test_only_yingshan_asks_for_a_room_and_two_reports() -> None:
    charters = Charters(FOLDER)
    asking = [
        area
        for area in ALL_FIVE
        if charters.current(area, TODAY).rules("meetings", MeetingRules).venue_needed
    ]
    assert [YINGSHAN] == asking
    assert [YINGSHAN] == [area for area in ALL_FIVE if topics_of(area).approved_by_one_of]


def test_each_county_has_its_own_stages_and_says_which_nobody_published() -> None:
    bars = {
        area: Charters(FOLDER).current(area, TODAY).rules("portal", PortalRules).stages
        for area in ALL_FIVE
    }
    assert [4, 7, 7, 5, 5] == [len(bars[area]) for area in ALL_FIVE]
    assert [0, 3, 4, 5, 0] == [sum(s.provisional for s in bars[area]) for area in ALL_FIVE]
    assert 5 == len({tuple(stage.label for stage in bar) for bar in bars.values()})


def test_closing_in_huimin_needs_the_five_ones() -> None:
    rules = Charters(FOLDER).current(HUIMIN, TODAY).rules("outcomes", OutcomeRules)
    assert {"record", "solved", "media"} <= rules.closing_needs


@pytest.mark.parametrize(
    ("area", "keys"),
    [
        (LUXIAN, {"topics.approved_by", "topics.plan.approver", "topics.standard"}),
        (HUIMIN, {"topics.standard", "topics.approved_by", "outcomes.routes"}),
        (YINGSHAN, {"topics.plan.approver", "meetings.notice_days", "outcomes.routes"}),
        (XIANGCHENG, {"topics.approved_by", "topics.plan.approver", "outcomes.closing_needs"}),
        (LINSHUI, {"topics.plan.approver", "topics.plan.issuers", "topics.standard"}),
    ],
)
def test_what_a_county_has_not_published_is_provisional(area: str, keys: set[str]) -> None:
    assert keys <= Charters(FOLDER).current(area, TODAY).provisional


def test_what_a_county_has_published_is_not_provisional() -> None:
    charters = Charters(FOLDER)
    yingshan, huimin = (charters.current(area, TODAY).provisional for area in (YINGSHAN, HUIMIN))
    assert not {"topics.standard", "topics.venues", "topics.approved_by"} & yingshan
    assert not {"topics.plan.approver", "topics.plan.issuers", "topics.venues"} & huimin


@pytest.mark.parametrize(
    ("service", "key", "value"),
    [
        ("outcomes", "reply_days", 0),
        ("outcomes", "closing_needs", ["record", "song"]),
        ("outcomes", "submitted_to", ["county-parliament"]),
        ("topics", "budget_lines", ["banquets"]),
        ("meetings", "reports_per_topic", 0),
        ("meetings", "reports_per_topic", "1"),
        ("meetings", "notice_days", 0),
        ("meetings", "modes", ["by-telephone"]),
        ("meetings", "modes", []),
        ("meetings", "workplan_fields", ["weather"]),
        ("meetings", "forms", [{"form": "small"}, {"form": "small", "per_year": 2}]),
        ("meetings", "forms", [{"form": "small", "per_year": 0}]),
        ("meetings", "parties_min.masses", 0),
        ("meetings", "parties_min.unit", 0),
        ("meetings", "members.duties", []),
        ("meetings", "members.duties", [{"kind": "meeting", "points": 5, "year_max": 0}]),
        ("meetings", "members.duties", [{"kind": "sport", "points": 1, "year_max": 9}] * 2),
        ("meetings", "members.grades", [{"grade": "good", "least": 60}]),
        ("meetings", "members.grades", [{"grade": "a", "least": 0}, {"grade": "b", "least": 9}]),
        ("meetings", "members.observes_once_a", "decade"),
        ("meetings", "talent.fails", ["terrible"]),
        ("meetings", "talent.specialties", []),
        ("meetings", "talent.seed_wait_days", 0),
        ("topics", "criteria", ["cheap"]),
        ("topics", "criteria", []),
        ("topics", "approved_by", []),
        ("topics", "approved_by", ["a-friend"]),
        ("topics", "approved_by_one_of", ["a-friend"]),
        ("topics", "evidence_pieces", 0),
        ("topics", "exclusions", sorted(EXCLUSIONS - {"names-an-accused"})),
        ("topics", "standard", ["有场地"]),
        ("topics", "standard", ["有场地"] * 6),
        ("topics", "budget_lines", []),
        ("topics", "reopened_by", ["resident"]),
        ("topics", "plan.approver", "a-friend"),
        ("topics", "plan.issuers", []),
        ("topics", "plan.min_planned_share", 101),
        ("topics", "venues", []),
        ("topics", "venues", [{"type": "room"}]),
        ("topics", "snacks", True),
        ("meetings", "snacks", True),
    ],
    ids=lambda part: str(part)[:40],
)
def test_a_rule_out_of_bounds_is_found_where_it_stands(
    tmp_path: Path, service: str, key: str, value: Any
) -> None:
    line = f"{key} = {toml(value)}"
    faults = check(tmp_path, f"[{service}]\n{line}\n")
    assert faults
    assert {5} == {fault.line for fault in faults}
    assert all(fault.key.startswith(f"{service}.{key.partition('.')[0]}") for fault in faults)


def test_a_county_may_add_to_the_exclusions(tmp_path: Path) -> None:
    more = toml(sorted({*EXCLUSIONS, "decided-by-court"}))
    named = '[portal.words]\ndecided-by-court = "法院已有裁判"'
    assert [] == check(tmp_path, f"[topics]\nexclusions = {more}\n{named}\n")


def test_a_table_for_no_service_is_found(tmp_path: Path) -> None:
    assert ["snacks"] == [fault.key for fault in check(tmp_path, "[snacks]\ntea = true\n")]


ROOM = {
    "type": "room",
    "levels": ["town"],
    "hosts": ["town"],
    "convenors": [{"rank": 1, "needs": ["member"]}],
}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"convenors": [{"rank": 2, "needs": ["member"]}]}, "first convenor"),
        ({"convenors": [{"rank": 1, "needs": []}]}, "at least 1 item"),
        ({"children": {"type": "attic", "least": 1, "most": 2}}, "no venue"),
        ({"children": {"type": "room", "least": 3, "most": 2}}, "more than the most"),
        ({"hosts": ["a-friend"]}, "Input should be"),
    ],
    ids=lambda part: str(part)[:40],
)
def test_a_venue_that_contradicts_itself_is_found(
    tmp_path: Path, change: dict[str, Any], reason: str
) -> None:
    faults = check(tmp_path, f"[topics]\nvenues = [{toml(ROOM | change)}]\n")
    assert {5} == {fault.line for fault in faults}
    assert any(reason in fault.reason for fault in faults)
