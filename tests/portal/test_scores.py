"""What units, rooms and matters are measured by: exact rows over a told spring."""

from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import pytest

from services.outcomes.domain.evaluation.events import BallotCast, BallotTaken
from services.outcomes.domain.referral.events import EVENTS as REFERRALS
from services.portal.domain import DECIDERS
from services.portal.projections.pace import PACE
from services.portal.projections.rankings import RANKINGS
from services.portal.projections.scores import SCORES
from shared.runtime.projection import Projection
from tests.portal import paced, ranked
from tests.portal.paced import CLINIC, HEALTH, LAND, LINSHUI, LUXIAN, ROAD, TOWN, on
from tests.servers import Postgres
from tests.views import filled, history, keeps_the_law

pytestmark = pytest.mark.servers

ALL = {"prefixes": ["511623%"], "year": 2026}
PAGED = ALL | {"most": 50, "skipped": 0}
EACH = {"areas": [LINSHUI, LUXIAN], "prefixes": ["511623%", "510521%"], "year": 2026}
WITHIN = {**EACH, "within": ["51%"]}


@pytest.fixture(scope="module")
async def told(pg: Postgres) -> AsyncIterator[str]:
    """A database in whose logs the spring and the rankings were told."""
    said, frames = [*paced.SAID, *ranked.SAID], [*paced.FRAMES, *ranked.FRAMES]
    async with history(pg, said, frames=frames) as dsn:
        yield dsn


async def asked(dsn: str, view: Projection, question: str, **params: Any) -> list[dict[str, Any]]:
    """What a view answers after all was told."""
    async with filled(dsn, "portal", view, DECIDERS) as shown:
        return [dict(row) for row in await shown.ask(question, **params)]


@pytest.mark.parametrize("projection", [SCORES, RANKINGS, PACE], ids=lambda one: one.name)
async def test_the_order_of_sources_and_the_cut_of_batches_do_not_matter(
    told: str, projection: Projection
) -> None:
    await keeps_the_law(told, "portal", projection, DECIDERS)


@pytest.mark.parametrize("projection", [SCORES, RANKINGS, PACE], ids=lambda one: one.name)
def test_neither_ballots_nor_what_is_withheld_are_even_heard(projection: Projection) -> None:
    heard = projection.types
    assert heard is not None
    assert not heard & {BallotCast.__name__, BallotTaken.__name__, *REFERRALS.classes}


async def test_a_unit_is_counted_by_what_was_put_before_it_and_what_it_made_of_it(
    told: str,
) -> None:
    rows = await asked(told, SCORES, "units of area", **ALL, today=on(70))
    units = {row["unit"]: row for row in rows}

    assert {HEALTH, LAND} == units.keys()
    health = {name: n for name, n in units[HEALTH].items() if n not in (0, HEALTH, 2026)}
    assert {
        "assigned": 2, "accepted": 1, "refused": 1, "overdue": 1, "late": 1, "rehandled": 1,
        "keyed": 1, "voted": 1, "promised": 1, "fallen_due": 1, "days": 20.0,
    } == health  # fmt: skip
    land = {name: n for name, n in units[LAND].items() if n not in (0, LAND, 2026)}
    assert {
        "assigned": 2, "accepted": 1, "a": 1, "confirmed": 1, "keyed": 1, "passed": 1, "voted": 1,
        "promised": 1, "kept": 1, "fallen_due": 1, "days": 12.0,
    } == land  # fmt: skip


async def test_a_task_is_late_from_the_day_after_its_day_and_never_while_its_clock_stands(
    told: str,
) -> None:
    async with filled(told, "portal", SCORES, DECIDERS) as scores:
        late = {
            n: [
                (row["unit"], row["late"])
                for row in await scores.ask("tasks of area", **PAGED, today=on(n), unit="")
                if row["late"]
            ]
            for n in (60, 61)
        }
        of_helper = await scores.ask("tasks of area", **PAGED, today=on(60), unit="县财政局")

    assert {60: [], 61: [(HEALTH, 1)]} == late
    assert 3 == len(of_helper)


async def test_the_three_lists_tell_the_task_whose_it_is_and_how_far_it_is(told: str) -> None:
    rows = await asked(told, SCORES, "tasks of area", **PAGED, today=on(50), unit=LAND)
    road, clinic = rows
    assert (ROAD, "第1件事", ["县财政局"], on(35), "AssignmentOpened", None) == tuple(
        road[one] for one in ("matter_id", "item", "assists", "due", "state", "replied_on")
    )
    assert (CLINIC, "A", "正在办", on(32), 1, 1) == tuple(
        clinic[one] for one in ("matter_id", "class", "progress", "replied_on", "visits", "passed")
    )


async def test_indicators_are_counts_over_counts_and_nothing_where_there_is_nothing(
    told: str,
) -> None:
    found: dict[str, dict[str, tuple[Decimal, Decimal]]] = {LINSHUI: {}, LUXIAN: {}}
    for view in (SCORES, PACE):
        for row in await asked(told, view, "indicators of areas", **WITHIN, today=on(70)):
            found[row["area"]][row["indicator"]] = row["n"], row["d"]

    assert {
        "on-time": (1, 2), "answered": (2, 3), "solved": (1, 3), "satisfied": (1, 2),
        "days": (32, 2), "overdue": (1, 0), "kept": (1, 2), "converted": (1, 2),
        "five-ones": (1, 2), "led": (1, 2), "masses": (8, 14), "researched": (2, 2),
        "standard": (1, 2), "per-room": (1, 2),
    } == found[LINSHUI]  # fmt: skip
    assert {"converted": (0, 1), "five-ones": (0, 1)} == found[LUXIAN]


@pytest.mark.parametrize("view", [SCORES, PACE], ids=lambda one: one.name)
async def test_every_indicator_is_the_sum_of_what_stands_behind_it(
    told: str, view: Projection
) -> None:
    async with filled(told, "portal", view, DECIDERS) as shown:
        sums = await shown.ask("indicators of areas", **WITHIN, today=on(70))
        behind = {
            row["indicator"]: await shown.ask(
                "behind indicator", **PAGED, today=on(70), indicator=row["indicator"]
            )
            for row in sums
            if row["area"] == LINSHUI
        }

    figures = {row["indicator"]: (row["n"], row["d"]) for row in sums if row["area"] == LINSHUI}
    assert figures == {
        one: (sum(row["n"] for row in rows), sum(row["d"] for row in rows))
        for one, rows in behind.items()
    }


async def test_a_promise_is_not_yet_judged_on_its_last_day(told: str) -> None:
    params = PAGED | {"indicator": "kept"}
    (kept,) = await asked(told, SCORES, "behind indicator", **params, today=on(45))
    assert (LAND, 1) == (kept["unit"], kept["n"])
    broken, _ = await asked(told, SCORES, "behind indicator", **params, today=on(46))
    assert (HEALTH, 0) == (broken["unit"], broken["n"])


async def test_time_in_a_stage_is_the_median_and_nothing_is_faster_than_at_once(told: str) -> None:
    rows = await asked(told, PACE, "time in stage", **ALL)
    steps = {(row["from_step"], row["to_step"]): row for row in rows}

    decided = steps["TopicProposed", "TopicApproved"]
    assert (2, 7.0) == (decided["matters"], decided["median"])
    researched = steps["TopicApproved", "ResearchReportFiled"]
    assert (2, 2.0) == (researched["matters"], researched["median"])
    closed = steps["TopicProposed", "TopicClosed"]
    assert (1, 40.0, 40.0) == (closed["matters"], closed["median"], closed["nine_tenths"])
    never = steps["OutcomeSubmitted", "OutcomeAdopted"]
    assert (0, None) == (never["matters"], never["median"])


async def test_appeals_are_only_counted(told: str) -> None:
    rows = await asked(told, PACE, "counts of areas", **EACH)
    (linshui,) = rows
    assert {
        "area": LINSHUI, "transferred": 2, "acknowledged": 1, "proposals": 0, "opinions": 1,
        "adopted": 1, "rooms": 2, "cases": 1, "towns": 2, "villages": 1,
    } == linshui  # fmt: skip


async def test_what_was_passed_on_names_every_level_that_adopted_it(told: str) -> None:
    (row,) = await asked(told, PACE, "upreports of area", **PAGED, form="")
    assert (ROAD, "public-opinion", ["city", "province"]) == (
        row["matter_id"], row["form"], row["adopted_by"],
    )  # fmt: skip
    assert [] == await asked(told, PACE, "upreports of area", **PAGED, form="proposal")


async def test_a_sample_is_drawn_by_the_seed_alone_and_not_at_all_without_one(told: str) -> None:
    (drawn,) = await asked(told, PACE, "sample of area", **PAGED, seed="20261231")
    (again,) = await asked(told, PACE, "sample of area", **PAGED, seed="20261231")
    (other,) = await asked(told, PACE, "sample of area", **PAGED, seed="20270101")
    assert drawn == again
    assert drawn["digest"] != other["digest"]
    assert [] == await asked(told, PACE, "sample of area", **PAGED, seed="")


async def test_a_case_shows_what_came_of_its_matter(told: str) -> None:
    (row,) = await asked(told, PACE, "cases of area", **PAGED)
    assert (True, True, True, False) == tuple(
        row[one] for one in ("solved", "reported", "closed", "adopted")
    )


async def test_an_evaluation_shows_its_tally(told: str) -> None:
    rows = await asked(told, SCORES, "evaluations of area", **PAGED)
    assert [("no-quorum", 2), ("failed", 7), ("passed", 7)] == [
        (row["verdict"], row["ballots"]) for row in rows
    ]
    assert {7} == {row["voters"] for row in rows}
    assert "voter-1" not in str(rows)


async def test_topics_are_counted_by_the_charter_they_live_under(told: str) -> None:
    rows = await asked(told, PACE, "charters of areas", prefixes=["51%"])
    assert [(LUXIAN, "510521@1", 1), (LINSHUI, "511623@1", 2)] == [
        (row["area"], row["charter"], row["topics"]) for row in rows
    ]


async def test_a_ranking_is_seen_once_published_by_the_county_and_its_towns(told: str) -> None:
    async with filled(told, "portal", RANKINGS, DECIDERS) as rankings:
        county = await rankings.ask("rankings about", prefixes=["511623%"], above=[LINSHUI])
        town = await rankings.ask("rankings about", prefixes=["511623100%"], above=[LINSHUI, TOWN])
        elsewhere = await rankings.ask("rankings about", prefixes=["510521%"], above=[LUXIAN])
    assert ["2026", "2025"] == [row["period"] for row in county]
    assert county == town
    assert [] == elsewhere


async def test_what_was_fixed_stays_beside_its_correction_and_ties_share_a_place(
    told: str,
) -> None:
    ids = [ranked.SHEET_ID]
    rows = await asked(told, RANKINGS, "standings of rankings", sheet_ids=ids)
    issues = {
        issue: [(row["subject"], row["place"]) for row in rows if row["issue"] == issue]
        for issue in (-1, 0, 1)
    }
    tied = [("城南镇", 1), ("鼎屏镇", 1), ("高滩镇", 3)]
    assert {-1: tied, 0: tied, 1: [("高滩镇", 1), ("城南镇", 2), ("鼎屏镇", 2)]} == issues
    points = await asked(told, RANKINGS, "points of ranking", sheet_id=ranked.SHEET_ID)
    assert ["ScoreAppealed", "AppealTurnedDown", "ScoreAmended"] == [
        row["type"] for row in points if row["type"] != "ScoreRecorded"
    ]
    assert (Decimal(80), Decimal(90)) == (points[-1]["before"], points[-1]["score"])
