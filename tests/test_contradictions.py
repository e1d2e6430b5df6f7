"""A charter that says one thing against another is refused, with line and reason."""

from pathlib import Path

import pytest

from deploy.tongxin.contradictions import contradictions
from shared.runtime.charter import Charters
from tests.drafts import FOLDER, MODELS, check, toml

BEFORE = ["SOURCE", "SCREEN", "APPROVE", "PARTIES", "WORKPLAN", "NOTICE", "RESEARCH"]
ROAD = [*BEFORE, "MEET", "RECORD", "ROUTE", "HANDLE", "FEEDBACK", "CLOSE"]
FEEDBACK = '"feedback-to-members", "feedback-to-people"'
OUT_OF_REACH = 'grades = [{ grade = "good", least = 101 }, { grade = "competent", least = 0 }]'
ONE = '["town-party-committee"]'
ASKED_ANYWAY = '["cppcc-party-group", "town-party-committee"]'
LOOK_BACK = 'followups = [{ kind = "look-back", after_days = 9, led_by = "委室" }]'


def bar(*stages: list[str]) -> str:
    """A stage bar: which canonical stages each of its stages is for."""
    listed = [{"label": f"第{n}步", "of": of} for n, of in enumerate(stages)]
    return f"[portal]\nstages = {toml(listed)}\n"


@pytest.mark.parametrize(
    ("stages", "reason"),
    [
        ([["RESEARCH"], ROAD], "RESEARCH stands in two places"),
        ([ROAD[:-1], ["CASE"]], "no stage is for CLOSE"),
        ([ROAD[7:], BEFORE], "nobody reaches RESEARCH after MEET"),
        ([ROAD[-1:], ROAD[:-1]], "nobody reaches FEEDBACK after CLOSE"),
        ([ROAD, ["FOLLOWUP"]], "nobody reaches 第1步: outcomes.followups is empty"),
    ],
    ids=lambda part: str(part)[:40],
)
def test_a_stage_that_nobody_can_reach(
    tmp_path: Path, stages: list[list[str]], reason: str
) -> None:
    (fault,) = check(tmp_path, bar(*stages))
    assert (5, "portal.stages") == (fault.line, fault.key)
    assert reason in fault.reason


@pytest.mark.parametrize(
    ("table", "line", "key", "reason"),
    [
        ("[outcomes]", f"closing_needs = [\"follow-up\", {FEEDBACK}]", "outcomes", "no followups"),
        ("[portal.words]", 'PlanSung = "唱计划"', "portal.words.PlanSung", "nor says it"),
        ("[outcomes]", "reply_days = 10", "notify.warned_before", "15 days before"),
        ("[outcomes]", "reply_days = 15", "notify.warned_before", "15 days before"),
        ("[notify]", "extra_days_off = [2026-07-01]", "outcomes.extra_days_off", "are the same"),
        ("[notify]", "extra_working_days = [2026-07-04]", "outcomes.extra_working_days", "are the"),
        ("[topics]", f"approved_by_one_of = {ONE}", "topics", "to choose takes two"),
        ("[topics]", f"approved_by_one_of = {ASKED_ANYWAY}", "topics", "none that is asked anyway"),
        ("[outcomes]", 'copies_to = ["parliament"]', "outcomes.copies_to", "no 'parliament'"),
        ("[meetings.members]", OUT_OF_REACH, "meetings.members", "a year make 100"),
    ],
    ids=lambda part: str(part)[:40],
)  # fmt: skip
def test_a_rule_against_another(
    tmp_path: Path, table: str, line: str, key: str, reason: str
) -> None:
    (fault,) = (fault for fault in check(tmp_path, f"{table}\n{line}\n") if fault.key == key)
    assert reason in fault.reason


def test_follow_ups_that_no_stage_shows(tmp_path: Path) -> None:
    outcomes = f'[outcomes]\n{LOOK_BACK}\nclosing_needs = ["follow-up", {FEEDBACK}]\n'
    (fault,) = check(tmp_path, outcomes + bar(ROAD[:4], ROAD[4:]))
    assert ("portal.stages", 8) == (fault.key, fault.line)


def test_a_version_that_hides_an_earlier_one(tmp_path: Path) -> None:
    draft = tmp_path / "511623" / "2.toml"
    draft.parent.mkdir()
    draft.write_text('base = "default@1"\nin_force = 2020-10-01\n', encoding="utf-8")
    (fault,) = Charters(FOLDER).check(draft, MODELS, contradictions)
    assert (2, "in_force") == (fault.line, fault.key)
    assert "511623@1" in fault.reason
