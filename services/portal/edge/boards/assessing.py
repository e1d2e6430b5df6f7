"""One assessment sheet (考核表): scored with evidence, published, appealed against, fixed."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from starlette.responses import Response

from services.portal.edge.boards.opening import keeps, list_of, titles
from services.portal.edge.boards.proofs import proofs_for
from services.portal.edge.gate import as_no, say
from services.portal.edge.matters.doing import command_id, send
from services.portal.edge.matters.matters import may_ask
from services.portal.edge.visit import Visit, go_to
from services.portal.pages.assessing import Place, Sheet, sheet_of
from services.portal.pages.sheets import OFFICES
from services.portal.projections.rankings import RANKINGS
from shared.kernel.errors import Forbidden, Missing, No

FIELDS = {
    "RecordScore": ("subject", "dimension", "score"),
    "AmendScore": ("subject", "dimension", "score", "reason"),
    "TurnDownAppeal": ("subject", "dimension", "reason"),
    "AppealScore": ("dimension", "reason"),
    "PublishAssessment": (),
    "FreezeRanking": (),
}
"""What may be asked of a sheet, and what is typed for it."""

SCORING = {"open": "RecordScore", "published": "AmendScore", "frozen": "AmendScore"}
"""How a score is given in each phase."""


async def show_assessment(visit: Visit) -> Response:
    """One sheet: for its assessor always, for all offices of the county once it is published."""
    return await _page(visit)


async def assess(visit: Visit) -> Response:
    """One command; what was typed comes back where it is refused."""
    sheet, command = await _sheet(visit), visit.path("command")
    if command not in FIELDS:
        raise Missing("no-such-page")
    at = f"/assessments/{sheet.row['sheet_id']}"
    data: dict[str, Any] = {"sheet_id": str(sheet.row["sheet_id"])}
    data |= {name: visit.typed(name) for name in FIELDS[command]}
    if "score" in data:
        data["evidence"] = _ticked(visit)
    try:
        answer = await send(visit, "outcomes", command, data)
    except Exception as error:
        return await _page(visit, as_no(error))
    place = (data.get("subject", ""), data.get("dimension", ""))
    left = [one for one in sheet.empty if one != place] if command == "RecordScore" else []
    asked = {**(_where(left[0]) if left else {}), "after": f"outcomes:{answer['position']}"}
    return go_to(f"{at}?{urlencode(asked)}{'#score' if left else ''}")


async def _page(visit: Visit, no: No | None = None) -> Response:
    site = visit.site
    behind = await visit.behind(site.views[RANKINGS])
    sheet = await _sheet(visit)
    row, actor = sheet.row, visit.person.actor
    charter = site.charters.at(row["charter"])
    is_ours = keeps(visit, row) and not visit.as_of
    place = _place(visit, sheet) if is_ours else None
    stands = sheet.score(place) if place else None
    chosen = {UUID(one) for one in _ticked(visit)} or set(stands.evidence if stands else ())
    own = next((one for one in sheet.subjects if one.name == actor.unit), None)
    return visit.page(
        "boards/assessment.html",
        no.status if no else 200,
        behind=behind,
        live=await visit.watch("area", row["area"]),
        as_of=visit.as_of,
        code=row["area"],
        path=visit.person.within(site.areas.path(row["area"])),
        sheet=sheet,
        keeps=is_ours,
        own=own,
        may_appeal=own is not None
        and sheet.phase == "published"
        and visit.today <= row["appeals_until"]
        and may_ask(visit, "outcomes", "AppealScore")
        and not visit.as_of,
        over=sheet.phase == "published" and visit.today > row["appeals_until"],
        place=place,
        stands=stands,
        scoring=SCORING[sheet.phase],
        proofs=await proofs_for(site, row, sheet.kind(place[0]), place[0], chosen) if place else [],
        where=lambda subject, dimension: "?" + urlencode(_where((subject, dimension))),
        typed=visit.typed,
        command=visit.request.path_params.get("command", "") if no else "",
        sentence=say(site, no, titles(visit), charter) if no else None,
        command_id=command_id(visit),
        provisional="outcomes.assessments" in charter.provisional,
        word=visit.word(charter),
    )


async def _sheet(visit: Visit) -> Sheet:
    """Raises Missing, or Forbidden: before it is published a sheet is its assessor's alone."""
    view = await visit.view(visit.site.views[RANKINGS])
    sheet_id = visit.id("sheet_id")
    for row in await view.ask("one sheet", sheet_id=sheet_id):
        actor = visit.person.actor
        visit.person.must_see(row["area"])
        if actor.role not in OFFICES:
            raise Forbidden("wrong-role", role=actor.role, needed=sorted(OFFICES))
        if not row["published_at"] and not keeps(visit, row):
            raise Forbidden("not-your-sheet", assessor=row["assessor"], yours=actor.unit)
        return sheet_of(row, await view.ask("points of ranking", sheet_id=sheet_id))
    raise Missing("no-such-page")


def _ticked(visit: Visit) -> list[str]:
    """The facts that were ticked; what is no id is none of ours."""
    return [one for one in list_of(visit, "evidence") if _is_id(one)]


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _place(visit: Visit, sheet: Sheet) -> Place | None:
    """The place that is to be scored: the one asked for, or that was just typed."""
    asked = {name: visit.typed(name) or visit.query(name) for name in ("subject", "dimension")}
    place = (asked["subject"], asked["dimension"])
    return place if sheet.has(place) else None


def _where(place: Place) -> dict[str, str]:
    return {"subject": place[0], "dimension": place[1]}
