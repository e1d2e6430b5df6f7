"""The charters that are deployed hold, and a bad one stops the deploy, not a meeting."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from services.meetings.rules import MeetingRules
from services.notify.rules import NotifyRules
from services.outcomes.rules import OutcomeRules
from services.portal.rules import PortalRules
from services.topics.rules import EXCLUSIONS, TopicRules
from shared.runtime.charter import Charters
from shared.runtime.draft import Fault

FOLDER = Path(__file__).parents[1] / "deploy" / "charters"
MODELS: Mapping[str, type[BaseModel]] = {
    "topics": TopicRules,
    "meetings": MeetingRules,
    "outcomes": OutcomeRules,
    "notify": NotifyRules,
    "portal": PortalRules,
}
LINSHUI = "511623000000"
TODAY = date(2026, 3, 2)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*/*.toml")), ids=lambda p: p.parent.name)
def test_every_charter_holds_for_every_service(path: Path) -> None:
    assert [] == Charters(FOLDER).check(path, MODELS)


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


@pytest.mark.parametrize(
    ("service", "key", "value"),
    [
        ("outcomes", "reply_days", 0),
        ("outcomes", "closing_needs", ["record", "song"]),
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
        ("topics", "evidence_pieces", 0),
        ("topics", "exclusions", sorted(EXCLUSIONS - {"names-an-accused"})),
        ("topics", "snacks", True),
        ("meetings", "snacks", True),
    ],
    ids=lambda part: str(part)[:40],
)
def test_a_rule_out_of_bounds_is_found_where_it_stands(
    tmp_path: Path, service: str, key: str, value: Any
) -> None:
    line = f"{key} = {_toml(value)}"
    faults = _check(tmp_path, f"[{service}]\n{line}\n")
    assert faults
    assert {5} == {fault.line for fault in faults}
    assert all(fault.key.startswith(f"{service}.{key.partition('.')[0]}") for fault in faults)


def test_a_county_may_add_to_the_exclusions(tmp_path: Path) -> None:
    more = _toml(sorted({*EXCLUSIONS, "decided-by-court"}))
    assert [] == _check(tmp_path, f"[topics]\nexclusions = {more}\n")


def test_a_table_for_no_service_is_found(tmp_path: Path) -> None:
    assert ["snacks"] == [fault.key for fault in _check(tmp_path, "[snacks]\ntea = true\n")]


def _check(place: Path, tables: str) -> list[Fault]:
    """What is wrong with a county's draft over the deployed default."""
    draft = place / "421124" / "1.toml"
    draft.parent.mkdir()
    draft.write_text(f'base = "default@1"\nin_force = 2021-01-01\n\n{tables}', encoding="utf-8")
    return Charters(FOLDER).check(draft, MODELS)


def _toml(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case list():
            return f"[{', '.join(map(_toml, value))}]"
        case dict():
            return f"{{ {', '.join(f'{key} = {_toml(one)}' for key, one in value.items())} }}"
        case _:
            return repr(value).replace("'", '"')
