"""Charters: which one applies, what lies under it, and what is said about a broken file."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, Field
from structlog.testing import capture_logs

from shared.runtime.charter import BrokenCharter, Charters
from shared.runtime.draft import Fault
from tests.runtime.house import write_charter

COUNTY, VILLAGE, ELSEWHERE = "511623000000", "511623100013", "371621000000"
TODAY = date(2026, 3, 2)

DEFAULT = """
in_force = 2020-01-01
provisional = ["meals.courses", "meals.drinks"]

[meals]
courses = 3
drinks = ["tea", "water"]

[meals.hours]
noon = "12:00"
evening = "18:30"

[portal]
brand = "同心"
"""

COUNTY_1 = """
base = "default@1"
in_force = 2024-09-05
provisional = ["meals.hours.noon"]

[meals]
courses = 5
drinks = ["wine"]

[meals.hours]
noon = "11:30"
"""


class Meals(BaseModel):
    """What a county serves."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    courses: int = Field(ge=1)
    drinks: frozenset[str]
    hours: dict[str, str]


class Portal(BaseModel):
    """How it looks."""

    model_config = ConfigDict(extra="forbid")

    brand: str


MODELS: dict[str, type[BaseModel]] = {"meals": Meals, "portal": Portal}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_charter(tmp_path, "default@1", DEFAULT)
    write_charter(tmp_path, "511623@1", COUNTY_1)
    return tmp_path


@pytest.fixture
def charters(folder: Path) -> Charters:
    return Charters(folder, MODELS)


def test_a_countys_tables_are_laid_over_its_base(charters: Charters) -> None:
    charter = charters.current(VILLAGE, TODAY)
    assert "511623@1" == charter.id
    assert {"brand": "同心"} == charter.table("portal")
    assert {
        "courses": 5,
        "drinks": ["wine"],
        "hours": {"noon": "11:30", "evening": "18:30"},
    } == charter.table("meals")


def test_rules_are_the_services_own_model(charters: Charters) -> None:
    rules = charters.current(COUNTY, TODAY).rules("meals", Meals)
    assert (5, frozenset({"wine"})) == (rules.courses, rules.drinks)


def test_a_county_without_a_charter_has_the_default(charters: Charters) -> None:
    assert "default@1" == charters.current(ELSEWHERE, TODAY).id


def test_a_city_has_the_default(charters: Charters) -> None:
    assert "default@1" == charters.current("511600000000", TODAY).id


def test_a_charter_is_not_in_force_before_its_day(charters: Charters) -> None:
    assert "default@1" == charters.current(COUNTY, date(2024, 9, 4)).id
    assert "511623@1" == charters.current(COUNTY, date(2024, 9, 5)).id


def test_before_any_default_there_are_no_rules(charters: Charters) -> None:
    with pytest.raises(LookupError):
        charters.current(COUNTY, date(2019, 12, 31))


def test_the_tenth_version_comes_after_the_ninth(folder: Path) -> None:
    for version in (9, 10):
        write_charter(folder, f"511623@{version}", COUNTY_1)
    assert "511623@10" == Charters(folder, MODELS).current(COUNTY, TODAY).id


def test_an_old_charter_can_still_be_asked_for(folder: Path, charters: Charters) -> None:
    write_charter(folder, "511623@2", COUNTY_1.replace("courses = 5", "courses = 7"))
    charters.reload()
    assert "511623@2" == charters.current(COUNTY, TODAY).id
    assert 5 == charters.at("511623@1").rules("meals", Meals).courses


def test_a_charter_nobody_wrote_is_no_charter(charters: Charters) -> None:
    with pytest.raises(KeyError):
        charters.at("511623@7")


def test_what_a_county_says_itself_is_no_longer_provisional(charters: Charters) -> None:
    assert {"meals.courses", "meals.drinks"} == charters.at("default@1").provisional
    assert {"meals.hours.noon"} == charters.at("511623@1").provisional


def test_a_broken_file_keeps_the_old_charter_and_is_told(folder: Path, charters: Charters) -> None:
    write_charter(folder, "511623@1", COUNTY_1.replace("courses = 5", "courses = 0"))
    with capture_logs() as logs:
        charters.reload()
        charters.reload()
    (alarm,) = logs
    assert "error" == alarm["log_level"]
    assert "511623@1, line 7: meals.courses: Input should be greater" in alarm["fault"]
    assert 5 == charters.at("511623@1").rules("meals", Meals).courses


def test_a_mended_file_is_read_again(folder: Path, charters: Charters) -> None:
    write_charter(folder, "511623@1", "in_force = ")
    charters.reload()
    write_charter(folder, "511623@1", COUNTY_1.replace("courses = 5", "courses = 6"))
    with capture_logs() as logs:
        charters.reload()
    assert ["charter was changed in place"] == [log["event"] for log in logs]
    assert 6 == charters.at("511623@1").rules("meals", Meals).courses


def test_a_base_that_changes_is_seen_by_what_stands_on_it(folder: Path, charters: Charters) -> None:
    write_charter(folder, "default@1", DEFAULT.replace("18:30", "19:00"))
    charters.reload()
    assert "19:00" == charters.at("511623@1").rules("meals", Meals).hours["evening"]


def test_a_file_that_vanishes_leaves_its_charter(folder: Path, charters: Charters) -> None:
    (folder / "511623" / "1.toml").unlink()
    charters.reload()
    assert "511623@1" == charters.at("511623@1").id


def test_a_broken_file_at_the_start_stops_the_start(folder: Path) -> None:
    write_charter(folder, "511623@2", COUNTY_1.replace('["wine"]', "7"))
    with pytest.raises(BrokenCharter, match=r"511623@2, line 8: meals\.drinks"):
        Charters(folder, MODELS)


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "reason"),
    [
        ("courses = 5", "courses = 0", 7, "meals.courses", "greater than or equal to 1"),
        ("courses = 5", "snacks = true", 7, "meals.snacks", "not permitted"),
        ('["wine"]', '["wine", 7]', 8, "meals.drinks.1", "valid string"),
        ('noon = "11:30"', "noon = 11", 11, "meals.hours.noon", "valid string"),
        ("[meals.hours]", "[mealz.hours]", 10, "mealz", "no such service"),
        ('"default@1"', '"default@9"', 2, "base", "there is no charter default@9"),
        ('"default@1"', "1", 2, "base", "1 is not a str"),
        ("2024-09-05", '"today"', 3, "in_force", "is not a date"),
        ("in_force = 2024-09-05", "", 1, "in_force", "missing"),
        ("meals.hours.noon", "meals.hours.late", 4, "provisional", "nowhere set"),
        ("courses = 5", "courses = ", 7, "", "not TOML"),
    ],
)
def test_a_fault_is_told_with_its_line(  # noqa: PLR0917
    folder: Path, charters: Charters, old: str, new: str, line: int, key: str, reason: str
) -> None:
    assert old in COUNTY_1
    draft = write_charter(folder, "511623@2", COUNTY_1.replace(old, new))
    faults = charters.check(draft, MODELS)
    told = [fault for fault in faults if reason in fault.reason]
    assert [(line, key)] == [(fault.line, fault.key) for fault in told], faults


def test_a_good_draft_has_no_faults(folder: Path, charters: Charters) -> None:
    assert [] == charters.check(write_charter(folder, "511623@2", COUNTY_1), MODELS)


def test_a_file_that_is_not_named_as_a_version(folder: Path, charters: Charters) -> None:
    (fault,) = charters.check(write_charter(folder, "511623@draft", COUNTY_1), MODELS)
    assert "1.toml" in fault.reason


def test_a_file_can_be_checked_although_it_lies_broken_in_the_folder(folder: Path) -> None:
    broken = write_charter(folder, "511623@1", COUNTY_1.replace("courses = 5", "courses = "))
    (fault,) = Charters(folder, strict=False).check(broken, MODELS)
    assert 7 == fault.line


def test_charters_that_stand_on_each_other_stand_on_nothing(tmp_path: Path) -> None:
    write_charter(tmp_path, "a@1", 'base = "b@1"\nin_force = 2020-01-01')
    write_charter(tmp_path, "b@1", 'base = "a@1"\nin_force = 2020-01-01')
    with pytest.raises(BrokenCharter, match="there is no charter"):
        Charters(tmp_path)


def test_a_fault_reads_as_a_sentence() -> None:
    assert "line 3: meals.courses: too few" == str(Fault(3, "meals.courses", "too few"))
    assert "line 1: not TOML" == str(Fault(1, "", "not TOML"))
