"""Indicators and rankings as workbooks: the figures of their pages as numbers."""

from decimal import Decimal

from starlette.responses import Response

from services.portal.edge.boards.board import year_in
from services.portal.edge.boards.indicators import figures_in, must_read
from services.portal.edge.boards.ranking import put_together
from services.portal.edge.paper.handing import dated, hand_out_all
from services.portal.edge.visit import Visit
from services.portal.pages.papers.grid import Cell, Grid, Head, Written
from services.portal.pages.rates import INDICATORS, Figure
from services.portal.pages.render import period
from shared.kernel.errors import Missing


async def show_indicators(visit: Visit) -> Response:
    """A row for each area; for each indicator the figure, and what it was counted from."""
    site, code = visit.site, visit.path("code")
    must_read(visit, code)
    year, areas = year_in(visit), [code, *site.areas.below(code, visit.as_of)]
    figures = await figures_in(visit, areas, year)
    texts = site.pages.texts
    told = texts.sheets.indicators
    heads = [Head(told.area)]
    for one in INDICATORS:
        label = texts.indicators[one.name].label
        kinds = Head(label, "percent" if one.kind == "rate" else "number")
        heads += [kinds, Head(texts.paper.of.format(column=label), "text", 10)]
    rows = [
        [visit.area_name(area), *(cell for one in figures[area] for cell in _cells(one))]
        for area in areas
    ]
    title = f"{visit.area_name(code)}{told.title}"
    notes = [str(told.note), f"{texts.site.year}\uff1a{year}"]
    grid = dated(visit, Grid(told.title, title, heads, notes))
    return await hand_out_all(visit, title, [Written(grid, rows)])


async def show_ranking(visit: Visit) -> Response:
    """The ranking of the page: places, totals, and the score in each dimension."""
    site, code = visit.site, visit.path("code")
    must_read(visit, code)
    view = await visit.view(site.views.named("rankings"))
    prefixes, above = site.prefixes(code, visit.as_of), site.areas.path(code)
    sheets = await view.ask("rankings about", prefixes=prefixes, above=above)
    picked = next((one for one in sheets if str(one["sheet_id"]) == visit.query("of")), None)
    sheet = picked or next(iter(sheets), None)
    if sheet is None:
        raise Missing("no-such-page")
    found = await put_together(view, sheet, sheets)
    texts = site.pages.texts
    say, told = texts.ranking, texts.sheets.ranking
    heads = [Head(say.subject), Head(say.place, "count"), Head(say.total, "number")]
    heads += [Head(say.behind, "number")]
    heads += [
        Head(f"{name} {say.weight.format(weight=weight)}", "number")
        for name, weight in found.weights
    ]
    rows: list[list[Cell]] = [
        [line.subject, line.place, line.total, line.behind,
         *(one.score if one else None for one in line.scores)]
        for line in found.lines
    ]  # fmt: skip
    charter = site.charters.at(found.sheet["charter"])
    mark = [texts.site.provisional] if "outcomes.assessments" in charter.provisional else []
    when = period(visit.site.pages.texts, sheet["period"])
    title = f"{visit.area_name(sheet['area'])}{when}{told.title}"
    grid = dated(visit, Grid(told.title, title, heads, [str(told.note), *mark]))
    return await hand_out_all(visit, title, [Written(grid, rows)])


def _cells(one: Figure) -> list[Cell]:
    """A figure as a number, and what it was counted from; nothing where nothing was counted."""
    if one.of.kind == "count":
        return [one.n, None]
    return [Decimal(one.n) / one.d, one.counted] if one.d else [None, None]
