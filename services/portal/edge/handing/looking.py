"""The pages of what agencies handed over: for their own people, and for the staff of an area."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from starlette.responses import Response

from services.portal.edge.agencies.known import own_agency, question
from services.portal.edge.handing.exchanged import STAFF
from services.portal.edge.handing.receiving import receipt_of
from services.portal.edge.site import Site
from services.portal.edge.visit import PAGE, Visit
from services.portal.pages.stages import Mark, bar, latest
from services.portal.words import AGENCY
from shared.kernel.areas import EVERYWHERE
from shared.kernel.errors import Forbidden, Missing

MARKS = {"accepted": "LeadSubmitted", "adopted": "LeadAdopted"}
AWAY = ("screened-out", "transferred", "acknowledged")
"""Last steps of what takes no way through the stages."""

TEXT_MAX = 40

Row = Mapping[str, Any]


async def show_own(visit: Visit) -> Response:
    """What the agency of whoever is logged in handed over, the newest first."""
    agency = await own_agency(visit)
    asked = {"agency_id": agency["agency_id"], **asked_of(visit), **window_of(visit)}
    rows = await question(visit, "HandoversOfAgency", **asked)
    return _list(visit, rows, agency=agency, to="/agency/handovers")


async def show_here(visit: Visit) -> Response:
    """What agencies handed over about an area; perhaps only what one of them did."""
    area, agency_id = area_of(visit), agency_asked(visit)
    asked = {"area": area, "agency_id": agency_id, **asked_of(visit), **window_of(visit)}
    rows = await question(visit, "HandoversInArea", **asked)
    return _list(visit, rows, area=area, agency_id=agency_id, to=f"/areas/{area}/handovers")


async def show_handover(visit: Visit) -> Response:
    """One, with every step its agency was told of."""
    row = await handover_of(visit)
    steps = row["steps"]
    said = [one["told"]["type"] for one in steps if "type" in one["told"]]
    last = steps[-1]["step"] if steps else None
    own = visit.person.actor.role == AGENCY
    return visit.page(
        "handing/handover.html",
        row=row,
        steps=[one | {"more": _more(one["told"], row["title"])} for one in steps],
        own=own,
        receipt=receipt_of(row),
        stage=stage_of(visit.site, {**row, "step": last, "said": said}),
        returned=own and last == "returned",
        fact=_facts(visit),
        lead_id=row["same_as"] or row["handover_id"],
        fresh=visit.query("fresh") == "1",
    )


async def handover_of(visit: Visit) -> Row:
    """The one of the address. Raises Missing or Forbidden."""
    handover_id = str(visit.id("handover_id"))
    own = await own_agency(visit) if visit.person.actor.role == AGENCY else None
    if not own:
        must_be_staff(visit)
    for row in await question(visit, "HandoverById", handover_id=handover_id):
        if own is None:
            visit.person.must_hold(row["area"])
        if own is None or own["agency_id"] == row["agency_id"]:
            return row
    raise Missing("unknown-handover", handover_id=handover_id)


def asked_of(visit: Visit) -> dict[str, str]:
    """What the address picks."""
    step = visit.query("step")
    known = visit.site.pages.texts.handing.steps
    return {"step": step if step in known else "", "text": visit.query("text")[:TEXT_MAX]}


def window_of(visit: Visit) -> dict[str, int]:
    """One row more than a page shows tells that there is another."""
    return {"skipped": visit.window["skipped"], "most": PAGE + 1}


def area_of(visit: Visit) -> str:
    """The area of a list, for its staff. Raises Missing or Forbidden."""
    must_be_staff(visit)
    area = visit.path("code")
    if area != EVERYWHERE and area not in visit.site.areas:
        raise Missing("no-such-page")
    visit.person.must_hold(area)
    return area


def must_be_staff(visit: Visit) -> None:
    """Raises Forbidden."""
    role = visit.person.actor.role
    if role not in STAFF:
        raise Forbidden("wrong-role", role=role, needed=sorted(STAFF))


def agency_asked(visit: Visit) -> str | None:
    """The agency behind the question mark, if one is named there. Raises Missing."""
    text = visit.query("agency")
    try:
        return str(UUID(text)) if text else None
    except ValueError as error:
        raise Missing("no-such-page") from error


def stage_of(site: Site, row: Row) -> str:
    """How far it is, in the words of its county: by what its agency was told, and no further."""
    if row["step"] in AWAY or row["area"] not in site.areas:
        return ""
    seen = {MARKS["accepted"], *row["said"]}
    if row["said"] or row["step"] == "adopted":
        seen.add(MARKS["adopted"])
    mark = Mark(1, datetime.min.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC))
    return latest(
        bar(site.rules(site.charter(row["area"])).stages, dict.fromkeys(seen, mark))
    ).label


def link_of(visit: Visit, to: str, **asked: object) -> str:
    """The address of another page of the same list."""
    return f"{to}?{urlencode({k: v for k, v in asked.items() if v})}"


def _list(visit: Visit, rows: list[dict[str, Any]], to: str, **values: Any) -> Response:
    asked, agency_id = asked_of(visit), values.get("agency_id")
    number = visit.page_number
    return visit.page(
        "handing/handovers.html",
        rows=[
            {**row, "receipt": receipt_of(row), "stage": stage_of(visit.site, row)}
            for row in rows[:PAGE]
        ],
        asked=asked,
        to=to,
        number=number,
        pages=number + (len(rows) > PAGE),
        link=lambda n: link_of(visit, to, **asked, agency=agency_id, page=n),
        **{"agency": None, "area": "", "agency_id": None, **values},
    )


def _more(told: Mapping[str, str], title: str) -> dict[str, str]:
    """The words that go with a step, but for a title that stands above."""
    return {
        name: told[name]
        for name in ("title", "reason", "unit", "number")
        if told.get(name) and (name, told[name]) != ("title", title)
    }


def _facts(visit: Visit) -> dict[str, str]:
    facts = visit.site.catalogue.facts
    return {name: str(entry["label"]).removeprefix("公开:") for name, entry in facts.items()}
