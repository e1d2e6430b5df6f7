"""The board of leaders: is the plan kept, what is late, what comes of it, and who is slow."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from services.portal.edge.boards.board import year_in, years_of
from services.portal.edge.boards.indicators import must_read
from services.portal.edge.boards.measured import Measured, measured
from services.portal.edge.visit import Visit
from services.portal.pages import leading as drawn
from services.portal.pages.charts import Chart, Point
from services.portal.pages.comparable import Comparison, comparisons
from services.portal.pages.numbers import Board, content_of, converted_of, share
from services.portal.projections.course import COURSE
from shared.kernel.areas import level
from shared.kernel.errors import Missing
from shared.runtime.charter import Charter

PAGE = 50
FAR = ("everywhere", "province", "city")
"""Levels on which several counties lie side by side."""

LISTS = {
    "matters": "matters that came so far",
    "time": "matters between",
    "unit": "tasks of unit",
}
"""What a number opens into, and the statement that answers it."""


async def show_leading(visit: Visit) -> Response:
    """The board of one area, compared among those right below it."""
    code = visit.path("code")
    must_read(visit, code)
    behind = await visit.behind(visit.site.views[COURSE])
    live = await visit.watch("area", code)
    year = year_in(visit)
    found = await measured(visit, code, year)
    board = board_of(visit, code, year)
    return visit.page(
        "boards/leading.html",
        behind=behind,
        live=live,
        as_of=visit.as_of,
        code=code,
        path=visit.person.within(visit.site.areas.path(code)),
        year=year,
        years=await years_of(visit, code, year),
        found=found,
        gauges=_gauges(board, found),
        rank=_rank(found, visit.area_name(code)),
        charts=_charts(board, found),
        comparable=_comparable(visit, found),
    )


async def show_behind(visit: Visit) -> Response:
    """The matters behind one number of the board."""
    site, code = visit.site, visit.path("code")
    must_read(visit, code)
    kind = visit.path("list")
    asked = _asked(visit, kind)
    view = await visit.view(site.views[COURSE])
    number = visit.page_number
    rows = await view.ask(
        LISTS[kind],
        **asked,
        prefixes=site.prefixes(code, visit.as_of),
        most=PAGE,
        skipped=(number - 1) * PAGE,
    )
    found = rows[0]["found"] if rows else 0
    return visit.page(
        "boards/behind_leading.html",
        as_of=visit.as_of,
        code=code,
        path=visit.person.within(site.areas.path(code)),
        kind=kind,
        asked=asked,
        rows=rows,
        found=found,
        number=number,
        pages=-(-found // PAGE),
        link=lambda page: visit.carry(_link(asked, page)),
    )


def _asked(visit: Visit, kind: str) -> dict[str, Any]:
    """What the address asks for. Raises Missing for a list or measure there is none of."""
    texts, year = visit.site.pages.texts.leading, year_in(visit)
    if kind == "unit":
        return {"unit": visit.query("unit"), "year": year}
    measure, began = visit.query("measure"), visit.query("began")
    known = texts.measures.names()
    begun = texts.began.names() if kind == "matters" else known
    if kind not in LISTS or measure not in known or (began and began not in begun):
        raise Missing("no-such-page")
    asked: dict[str, Any] = {"measure": measure, "began": began, "year": year}
    if kind == "time" and not began:
        raise Missing("no-such-page")
    return asked | {"month": min(visit.number("month"), 12)} if kind == "matters" else asked


def _link(asked: Mapping[str, Any], page: int) -> str:
    return "?" + urlencode({**{k: v for k, v in asked.items() if v}, "page": page})


def board_of(visit: Visit, code: str, year: int) -> Board:
    """How this board speaks and where its numbers lead."""
    texts = visit.site.pages.texts.leading
    latest = visit.today.year, visit.today.month
    return Board(code, year, texts, visit.area_name, visit.carry, latest)


def _charts(board: Board, found: Measured) -> list[Chart]:
    far = level(board.code) in FAR
    charts = [
        drawn.late(board, found.late) if far else drawn.late_with(board, found.late_with),
        drawn.units(board, found.desks, far=far),
        drawn.stages(board, found.stages),
        drawn.plans(board, found.plans),
        drawn.conversion(board, found.conversion),
        drawn.trend(board, found.months),
        drawn.said(board, found.months),
    ]
    if found.ranking:
        charts.append(drawn.ranking(board, *found.ranking))
    if found.below:
        charts.append(drawn.compared(board, found.sum, found.below))
        charts.append(drawn.shares(board, found.conversion, found.below))
    return charts


def _gauges(board: Board, found: Measured) -> dict[str, Point]:
    """The few numbers that stand above everything else."""
    code, carry = board.code, board.carry
    items = sum(row["items"] - row["deferred"] for row in found.plans)
    held = sum(row["held"] for row in found.plans)
    plans = f"/areas/{code}/{'plan-items' if level(code) == 'county' else 'year-plans'}"
    late = board.count(found.overdue, carry(f"/areas/{code}/overdue?state=late"))
    return {
        "late": late,
        "plan": share(board, held, items, carry(f"{plans}?year={board.year}")),
        "conversion": converted_of(board, found.conversion, code),
        "satisfaction": content_of(board, found.conversion, code),
        "closed": board.count(found.sum(code, "closed"), board.matters(code, "closed")),
    }


def _rank(found: Measured, name: str) -> dict[str, Any] | None:
    """Where the area stands in the newest ranking, or else who is first in it."""
    if found.ranking is None:
        return None
    sheet, standings = found.ranking
    own = next((row for row in standings if row["subject"] == name), None)
    told = own or min(standings, key=lambda row: (row["place"], row["subject"]))
    return {
        "own": own is not None,
        "place": told["place"],
        "subject": told["subject"],
        "of": len(standings),
        "area": sheet["area"],
        "period": sheet["period"],
    }


def _comparable(visit: Visit, found: Measured) -> Sequence[Comparison]:
    """What may be compared among the counties of a board that holds several."""
    if level(found.code) not in FAR:
        return ()
    site = visit.site
    places = {
        visit.area_name(code): site.charters.current(code, visit.today) for code in found.counties
    }
    return comparisons(places, lambda charter, value: _told(visit, charter, value))


def _told(visit: Visit, charter: Charter, value: Any) -> str:
    """A rule in few words, as its county has it."""
    texts, word = visit.site.pages.texts, visit.word(charter)
    match value:
        case None | [] | {}:
            return str(texts.leading.no_figure)
        case bool():
            return str(texts.site.yes if value else texts.site.no)
        case int() | str():
            return word(str(value)) if isinstance(value, str) else str(value)
        case list() if all(isinstance(one, str) for one in value):
            return "、".join(word(one) for one in sorted(value))
    return "、".join(_first(one, word) for one in value) if isinstance(value, list) else str(value)


def _first(one: Mapping[str, Any], word: Callable[[Any], str]) -> str:
    """The first of several things a rule says, which names it."""
    return word(str(next(iter(one.values()))))
