"""Rankings as they were published, and the indicators with what each was counted from."""

import asyncio

from starlette.responses import Response

from services.portal.edge.boards.board import year_in, years_of
from services.portal.edge.boards.indicators import figures_in
from services.portal.edge.boards.ranking import WEIGHTS, put_together
from services.portal.edge.commons.place import around, place_in
from services.portal.edge.visit import Visit
from services.portal.pages.rates import INDICATORS
from services.portal.projections.rankings import RANKINGS

CORRECTED = "ScoreAmended"


async def show_rankings(visit: Visit) -> Response:
    """The newest published ranking about an area, or the one asked for; and its indicators."""
    site, place = visit.site, place_in(visit, visit.path("code"))
    view = site.views[RANKINGS]
    sheets = await view.ask("rankings about", prefixes=site.prefixes(place.code), above=place.path)
    picked = next((one for one in sheets if str(one["sheet_id"]) == visit.query("of")), None)
    sheet = picked or next(iter(sheets), None)
    found = await put_together(view, sheet, sheets) if sheet else None
    charter = site.charters.at(sheet["charter"]) if sheet else site.charter(place.code)
    year, areas = year_in(visit), [place.code, *site.areas.below(place.code)]
    figures, years = await asyncio.gather(
        figures_in(visit, areas, year), years_of(visit, place.code, year)
    )
    return visit.page(
        "commons/rankings.html",
        **around(visit, place),
        sheets=[(one, visit.word(site.charters.at(one["charter"]))) for one in sheets],
        ranking=found,
        corrections=[one for one in found.points if one["type"] == CORRECTED] if found else [],
        provisional=WEIGHTS in charter.provisional,
        year=year,
        years=years,
        indicators=INDICATORS,
        whole=figures[place.code],
        below={one: figures[one] for one in areas[1:] if any(f.d or f.n for f in figures[one])},
        word=visit.word(charter),
    )
