"""The charts of a leader's board, out of what was measured: pure, and each number with its way."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from services.portal.pages.charts import Chart, Point, Series
from services.portal.pages.numbers import (
    Board,
    Cohorts,
    Sums,
    content_of,
    converted_of,
)

TREND = ("lead", "topic", "held", "closed")
COMPARED = ("approved", "closed", "lead", "held")
DRAWN = 2
SAID = ("confirmed", "disputed")
LEAD_ROAD = ("lead", "adopted")
TOPIC_ROAD = ("topic", "approved", "held", "converted", "replied", "closed")
STANDS = ("waiting", "approved", "held", "converted", "closed", "deferred")
SLOWEST = 8
RANKED = 12

Row = Mapping[str, Any]


def trend(board: Board, months: Sums) -> Chart:
    """How many matters came so far, month by month."""
    series = [Series(board.measure(one), _by_month(board, months, one)) for one in TREND]
    return Chart("trend", "lines", _months(board), series)


def said(board: Board, months: Sums) -> Chart:
    """What those whom it concerns said, month by month."""
    series = [Series(board.measure(one), _by_month(board, months, one)) for one in SAID]
    return Chart("satisfaction", "columns", _months(board), series, stacked=True)


def conversion(board: Board, cohorts: Cohorts) -> Chart:
    """How far the leads and the topics of the year have come since."""
    road = [("lead", one) for one in LEAD_ROAD] + [("topic", one) for one in TOPIC_ROAD]
    points = [
        board.count(
            cohorts.get((board.code, began, one), 0), board.matters(board.code, one, began=began)
        )
        for began, one in road
    ]
    names = [board.measure(one) for _, one in road]
    return Chart("conversion", "rows", names, [board.series("n", points)])


def plans(board: Board, rows: Sequence[Row]) -> Chart:
    """Each plan's items by how far they have come; every item counts once."""
    if len(rows) == 1:
        (row,) = rows
        to = board.carry(f"/areas/{row['area']}/plan-items?year={board.year}")
        points = [board.count(n, to) for n in _standing(row).values()]
        names = [str(board.texts.stands[one]) for one in STANDS]
        return Chart("plan", "rows", names, [board.series("plan", points)])
    series = []
    for stand in STANDS:
        points = [
            Point(
                n := _standing(row)[stand],
                str(n),
                board.carry(f"/areas/{row['area']}/plan-items?year={board.year}") if n else "",
            )
            for row in rows
        ]
        series.append(Series(str(board.texts.stands[stand]), points))
    return Chart("plan", "rows", [board.name(row["area"]) for row in rows], series, stacked=True)


def _standing(row: Row) -> dict[str, int]:
    """The items of a plan by the farthest step; what was put off stands by itself."""
    far = [row["items"] - row["deferred"], *(row[one] for one in STANDS[1:5])]
    beyond = [*far[1:], 0]
    counts = [max(0, n - more) for n, more in zip(far, beyond, strict=True)]
    return dict(zip(STANDS, [*counts, row["deferred"]], strict=True))


def late(board: Board, by_area: Mapping[str, int]) -> Chart:
    """Where answers are late, the most first."""
    found = _most_first(by_area)
    points = [board.count(n, board.carry(f"/areas/{area}/overdue?state=late")) for area, n in found]
    names = [board.name(area) for area, _ in found]
    return Chart("late", "rows", names, [board.series("late", points)])


def late_with(board: Board, by_unit: Mapping[str, int]) -> Chart:
    """Who owes answers that are late, the most first."""
    found = _most_first(by_unit)
    lists = f"/areas/{board.code}/overdue?state=late&"
    points = [board.count(n, board.carry(lists + urlencode({"unit": one}))) for one, n in found]
    return Chart("late_with", "rows", [one for one, _ in found], [board.series("late", points)])


def _most_first(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def stages(board: Board, rows: Sequence[Row]) -> Chart:
    """How long each step took."""
    series = [
        board.series(
            which,
            [
                Point(row[which], str(board.texts.days.format(n=f"{row[which]:.1f}")),
                      _between(board, row))
                for row in rows
            ],
        )
        for which in ("median", "nine_tenths")
    ]  # fmt: skip
    names = [f"{board.measure(row['left_at'])} → {board.measure(row['came_to'])}" for row in rows]
    return Chart("stages", "rows", names, series)


def _between(board: Board, row: Row) -> str:
    asked = urlencode({"began": row["left_at"], "measure": row["came_to"], "year": board.year})
    return board.carry(f"/areas/{board.code}/leading/time?{asked}")


def units(board: Board, desks: Sequence[Any], *, far: bool) -> Chart:
    """The slowest units; those of several counties with the name of theirs."""
    slow = [one for one in desks if one.days is not None][:SLOWEST]
    points = [
        Point(
            one.days,
            str(board.texts.days.format(n=f"{one.days:.1f}")),
            board.carry(
                f"/areas/{one.area if far else board.code}/leading/unit?"
                + urlencode({"unit": one.unit, "year": board.year})
            ),
        )
        for one in slow
    ]
    names = [f"{board.name(one.area)} {one.unit}" if far else one.unit for one in slow]
    return Chart("units", "rows", names, [board.series("days", points)])


def compared(board: Board, sums: Callable[[str, str], int], below: Sequence[str]) -> Chart:
    """How many matters came so far in each area below, the most first."""
    below = sorted(below, key=lambda area: -sums(area, COMPARED[0]))
    series = [
        Series(
            board.measure(one),
            [board.count(sums(area, one), board.matters(area, one)) for area in below],
        )
        for one in COMPARED
    ]
    return Chart(
        "compare", "rows", [board.name(one) for one in below], series, only=DRAWN,
        links=[board.carry(f"/areas/{one}/leading?year={board.year}") for one in below],
    )  # fmt: skip


def shares(board: Board, cohorts: Cohorts, below: Sequence[str]) -> Chart:
    """Of each area below, what share of its topics was converted, and of those asked, content.

    The highest first; where there is nothing to count, last.
    """
    whole = {area: converted_of(board, cohorts, area) for area in below}
    below = sorted(below, key=lambda area: (whole[area].value is None, -(whole[area].value or 0)))
    converted = [whole[area] for area in below]
    content = [content_of(board, cohorts, area) for area in below]
    return Chart(
        "share", "rows", [board.name(one) for one in below],
        [board.series("conversion", converted), board.series("satisfaction", content)],
        links=[board.carry(f"/areas/{one}/leading?year={board.year}") for one in below],
    )  # fmt: skip


def ranking(board: Board, sheet: Row, standings: Sequence[Row]) -> Chart:
    """The totals of the newest ranking, the first first."""
    to = board.carry(f"/areas/{board.code}/ranking?of={sheet['sheet_id']}")
    first = sorted(standings, key=lambda row: (row["place"], row["subject"]))[:RANKED]
    points = [Point(float(row["total"]), f"{row['total']}", to) for row in first]
    names = [f"{row['place']} {row['subject']}" for row in first]
    return Chart("ranking", "rows", names, [board.series("total", points)])


def _by_month(board: Board, months: Sums, measure: str) -> list[Point]:
    """A point a month; a month that has not begun has none."""
    return [
        board.count(
            months.get((board.code, month, measure), 0), board.matters(board.code, measure, month)
        )
        if (board.year, month) <= board.latest
        else Point(None, str(board.texts.no_figure))
        for month in range(1, 13)
    ]


def _months(board: Board) -> list[str]:
    return [str(board.texts.month.format(n=month)) for month in range(1, 13)]
