"""The page of a ranking: of a county for the county, and for each town that is ranked in it."""

from typing import Any
from uuid import UUID

from starlette.responses import Response

from services.portal.edge.boards.indicators import must_read
from services.portal.edge.visit import Visit
from services.portal.pages.ranking import Ranking, Row, Rows, before, ranking
from shared.runtime.view import View

WEIGHTS = "outcomes.assessments"


async def show_ranking(visit: Visit) -> Response:
    """The newest ranking that concerns an area, or the one that is asked for."""
    site, code = visit.site, visit.path("code")
    must_read(visit, code)
    behind = await visit.behind(site.views.named("rankings"))
    live = await visit.watch("area", code)
    view = await visit.view(site.views.named("rankings"))
    above = site.areas.path(code)
    sheets = await view.ask(
        "rankings about", prefixes=site.prefixes(code, visit.as_of), above=above
    )
    picked = next((one for one in sheets if str(one["sheet_id"]) == visit.query("of")), None)
    sheet = picked or next(iter(sheets), None)
    found = await put_together(view, sheet, sheets) if sheet else None
    shown: dict[str, Any] = {}
    if found:
        charter = site.charters.at(found.sheet["charter"])
        shown = {
            "word": visit.word(charter),
            "provisional": WEIGHTS in charter.provisional,
            "matters": await _matters(visit, found),
            "own": found.line_of(visit.area_name(code)),
        }
    return visit.page(
        "ranking.html",
        behind=behind,
        live=live,
        as_of=visit.as_of,
        code=code,
        path=visit.person.within(above),
        sheets=[(one, visit.word(site.charters.at(one["charter"]))) for one in sheets],
        ranking=found,
        **shown,
    )


async def newest(visit: Visit, code: str) -> tuple[Row, Rows] | None:
    """The newest ranking of an area, or above it, as it stands; None where there is none."""
    view = await visit.view(visit.site.views.named("rankings"))
    prefixes = visit.site.prefixes(code, visit.as_of)
    above = visit.site.areas.path(code)
    sheets = await view.ask("rankings about", prefixes=prefixes, above=above)
    if not sheets or sheets[0]["area"] not in above:
        return None  # One county's ranking says nothing of a city.
    rows = await view.ask("standings of rankings", sheet_ids=[sheets[0]["sheet_id"]])
    last = max(row["issue"] for row in rows)
    return sheets[0], [row for row in rows if row["issue"] == last]


async def put_together(view: View, sheet: Row, sheets: list[Row]) -> Ranking:
    last = before(sheet, sheets)
    ids = [one["sheet_id"] for one in (sheet, last) if one]
    standings = await view.ask("standings of rankings", sheet_ids=ids)
    points = await view.ask("points of ranking", sheet_id=sheet["sheet_id"])
    return ranking(sheet, last, standings, points)


async def _matters(visit: Visit, found: Ranking) -> dict[UUID, UUID]:
    """In which matter each piece of evidence was said."""
    ids = {one for line in found.lines for score in line.scores if score for one in score.evidence}
    rows = await visit.site.story.ask("matters of facts", ids=list(ids))
    return {row["id"]: row["matter_id"] for row in rows}
