"""Areas that change: what is in force, what continues what, and what is counted where."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from shared.runtime.areas import Areas, BrokenAreas
from tests.runtime.divided import (
    ALWAYS,
    ARRIVED,
    CHAIN,
    DAY,
    GUANGAN,
    HUAYING,
    LATER,
    LINSHUI,
    MERGED,
    MOVED,
    MOVED_AWAY,
    NEW,
    NORTH,
    OLD,
    RENAMED,
    SOUTH,
    SPLIT,
    SPLIT_UP,
    areas_of,
    faults_of,
)

EVE = DAY - timedelta(days=1)


def test_a_merged_town_is_in_force_until_its_day(tmp_path: Path) -> None:
    areas = areas_of(MERGED, tmp_path)
    assert (True, False) == (areas.in_force(OLD, EVE), areas.in_force(OLD, DAY))
    assert OLD in areas
    assert OLD == areas.now(OLD, EVE)
    assert NEW == areas.now(OLD, DAY)
    assert ([], [NEW]) == (areas.successors(OLD, EVE), areas.successors(OLD, DAY))
    assert ([], [OLD]) == (areas.predecessors(NEW, EVE), areas.predecessors(NEW, DAY))


def test_a_merged_town_is_counted_in_the_new_one_from_its_day_on(tmp_path: Path) -> None:
    areas = areas_of(MERGED, tmp_path)
    assert ["511623100%"] == areas.counted(NEW, EVE)
    assert ["511623100%", "511623101%"] == areas.counted(NEW, DAY)
    assert ["511623%"] == areas.counted(LINSHUI, DAY)
    assert ["511623100001", "511623101001"] == areas.counted("511623100001", DAY)


def test_an_area_that_is_no_more_still_has_what_it_had_on_its_last_day(tmp_path: Path) -> None:
    areas = areas_of(MERGED, tmp_path)
    assert ["511623101%"] == areas.counted(OLD, DAY)
    assert ["511623101001"] == areas.below(OLD, DAY)
    assert EVE == areas.day(OLD, LATER)
    assert LATER == areas.day(NEW, LATER)


def test_below_a_county_lie_the_towns_of_the_day(tmp_path: Path) -> None:
    areas = areas_of(MERGED, tmp_path)
    assert [NEW, OLD] == areas.below(LINSHUI, EVE)
    assert [NEW] == areas.below(LINSHUI, DAY)


def test_a_split_town_counts_under_its_main_successor_and_its_villages_under_their_own(
    tmp_path: Path,
) -> None:
    areas = areas_of(SPLIT_UP, tmp_path)
    assert [NORTH, SOUTH] == areas.successors(SPLIT, DAY)
    assert [SPLIT] == areas.predecessors(SOUTH, DAY)
    assert ["511623102000", "511623102001", "511623103%"] == areas.counted(NORTH, DAY)
    assert ["511623102002", "511623104%"] == areas.counted(SOUTH, DAY)


def test_a_town_that_moves_takes_its_past_to_the_other_county(tmp_path: Path) -> None:
    areas = areas_of(MOVED_AWAY, tmp_path)
    assert ["511623%"] == areas.counted(LINSHUI, EVE)
    assert ["511623000000", "511623100%"] == areas.counted(LINSHUI, DAY)
    assert ["511623105%", "511681%"] == areas.counted(HUAYING, DAY)
    assert ["511623105%", "511681105%"] == areas.counted(ARRIVED, DAY)
    assert [("511623%", 1), (MOVED, -1), ("511623105001", -1)] == areas.summed(LINSHUI, DAY)
    assert [("511681%", 1), (MOVED, 1), ("511623105001", 1)] == areas.summed(HUAYING, DAY)
    assert ["5116%"] == areas.counted(GUANGAN, DAY)


def test_who_began_a_matter_and_who_has_it_now_may_both_act_on_it(tmp_path: Path) -> None:
    areas = areas_of(MOVED_AWAY, tmp_path)
    assert not areas.contains(HUAYING, MOVED, EVE)
    assert areas.contains(HUAYING, MOVED, DAY)
    assert areas.contains(ARRIVED, MOVED, DAY)
    assert areas.contains(LINSHUI, MOVED, DAY)
    assert areas.contains(MOVED, MOVED, DAY)
    assert not areas.contains(NEW, MOVED, DAY)
    assert not areas.contains(MOVED, ARRIVED, DAY)


def test_a_new_name_is_told_from_its_day_on(tmp_path: Path) -> None:
    areas, town = areas_of(RENAMED, tmp_path), "511623106000"
    assert ("八耳场", "八耳镇") == (areas.name(town, EVE), areas.name(town, DAY))
    assert areas.in_force(town, EVE)
    assert areas.in_force(town, DAY)
    assert [] == areas.successors(town, DAY)
    assert ["511623106%"] == areas.counted(town, DAY)


def test_two_changes_lead_to_the_last_area(tmp_path: Path) -> None:
    areas = areas_of(CHAIN, tmp_path)
    assert [OLD, NORTH, NEW] == [areas.now(OLD, day) for day in (EVE, DAY, LATER)]
    assert [NEW] == areas.successors(OLD, LATER)
    assert [OLD, NORTH] == areas.predecessors(NEW, LATER)
    assert ["511623101%", "511623103%"] == areas.counted(NORTH, LATER)
    assert ["511623100%", "511623101%", "511623103%"] == areas.counted(NEW, LATER)


TOWN = "511623109000,某镇,town"


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ("51162310900,某镇,town,,,", "line 7: code: '51162310900' is not twelve digits"),
        ("511623109000,某镇,village,,,", "line 7: level: 511623109000 is a town, not a village"),
        (f"{TOWN},,soon,{NEW}", "line 7: until: 'soon' is not a day like 2026-07-01"),
        (f"{TOWN},,2026-07-01,511623999000", "line 7: into: there is no 511623999000"),
        (
            f"{TOWN},,2026-07-01,",
            "line 7: into: 511623109000 ends on 2026-07-01, and nothing continues it",
        ),
        (f"{TOWN},,,{NEW}", f"line 7: until: 511623109000 goes into {NEW}, but on no day"),
        (
            f"{TOWN},2026-07-01,2026-07-01,{NEW}",
            "line 7: until: 511623109000 ends on 2026-07-01, before it has begun",
        ),
        (
            f"{TOWN},,2026-07-01,{LINSHUI}",
            f"line 7: into: {LINSHUI} is a county, and 511623109000 a town",
        ),
        (
            f"{TOWN},,2026-07-01,511623110000\n511623110000,新镇,town,2026-08-01,,",
            "line 7: into: 511623110000 begins on 2026-08-01, after the end on 2026-07-01",
        ),
        (
            f"{TOWN},,2026-07-01,511623110000\n511623110000,新镇,town,,2026-06-01,{NEW}",
            "line 7: into: 511623110000 has ended on 2026-06-01, and cannot go on from 2026-07-01",
        ),
        (
            f"{TOWN},,2026-07-01,511623110000\n511623110000,新镇,town,,2026-08-01,511623109000",
            "line 7: into: it goes round in a circle: 511623109000 → 511623110000 → 511623109000",
        ),
        (
            f"{TOWN},,2026-07-01,{NEW}\n{TOWN},2026-06-01,,",
            "line 8: code: 511623109000 is in force until 2026-07-01, by line 7",
        ),
        (f"{TOWN},,,\n{TOWN},,,", "line 8: code: 511623109000 is in force, by line 7"),
        (
            f"{TOWN},,2026-07-01,{NEW}\n{TOWN},2027-01-01,,",
            "line 8: code: 511623109000 was given up on 2026-07-01, by line 7, for good",
        ),
        (
            f"{TOWN},,2026-07-01,{NEW}\n511623109001,某村,village,,,",
            (
                "line 8: code: 511623109001 lies in 511623109000, "
                "which is not there from 2026-07-01 on"
            ),
        ),
        (
            f"{TOWN},2026-07-01,,\n511623109001,某村,village,,,",
            "line 8: code: 511623109001 lies in 511623109000, which is not there before 2026-07-01",
        ),
    ],
)
def test_a_table_that_contradicts_itself_is_refused_with_line_and_reason(
    tmp_path: Path, rows: str, fault: str
) -> None:
    assert fault in faults_of(f"{ALWAYS}{rows}\n", tmp_path)
    with pytest.raises(BrokenAreas):
        areas_of(f"{ALWAYS}{rows}\n", tmp_path)


@pytest.mark.parametrize("text", [ALWAYS, MERGED, SPLIT_UP, MOVED_AWAY, RENAMED, CHAIN])
def test_a_table_that_agrees_with_itself_is_taken(tmp_path: Path, text: str) -> None:
    assert [] == faults_of(text, tmp_path)


def test_the_table_of_the_country_agrees_with_itself() -> None:
    areas = Areas.read(Path("deploy/areas.csv"))
    assert ["511623%"] == areas.counted(LINSHUI)


async def test_a_change_is_taken_up_without_a_restart_and_a_broken_one_is_not(
    tmp_path: Path,
) -> None:
    file = tmp_path / "areas.csv"
    areas = areas_of(ALWAYS, tmp_path)
    for n, text in enumerate((MERGED, f"{ALWAYS}1,短,town,,,\n"), start=1):
        file.write_text(text, encoding="utf-8")
        os.utime(file, (n, n))
        await areas.reload()
        assert not areas.in_force(OLD, date(2026, 8, 1))
        assert "东街社区" == areas.name("511623100001")
