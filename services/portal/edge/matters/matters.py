"""Lists of matters: all of an area, and those behind a figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from services.portal.edge.visit import PAGE, Visit
from services.portal.pages.figures import MEASURES
from services.portal.pages.sheets import LOCAL, OFFICES
from services.portal.pages.stages import Stand, bar, latest, read_marks
from shared.kernel.areas import EVERYWHERE, county, level
from shared.kernel.errors import Missing
from shared.runtime.view import View

GOING_ON = (
    "LeadSubmitted",
    "LeadReturnedForFix",
    "TopicProposed",
    "TopicApproved",
    "TopicReopened",
)
ENDED = (
    "LeadScreenedOut",
    "LeadMerged",
    "LeadSplit",
    "PersonalAppealTransferred",
    "TransferAcknowledged",
    "TopicReturned",
    "TopicWithdrawn",
    "TopicClosed",
    "TopicEnded",
)
STATES = (
    {"going-on": GOING_ON, "ended": ENDED}
    | {one: (one,) for one in (*GOING_ON, *ENDED)}
    | {"TopicApproved": ("TopicApproved", "TopicReopened")}
)
"""What a list may be filtered by; what was taken up again is consulted on like any other."""


@dataclass(frozen=True)
class Listed:
    """One matter in a list, and the stage it has come to."""

    row: Mapping[str, Any]
    stand: Stand


async def show_matters(visit: Visit) -> Response:
    """The matters of an area as they are filtered."""
    site, area = visit.site, area_asked(visit)
    behind = await visit.behind(site.matters)
    live = await visit.watch("area", area)
    matters = await visit.view(site.matters)
    asked = {name: visit.query(name) for name in ("state", "title", "type", "year")}
    number = visit.page_number
    rows = await matters.ask("in area", **picked_of(visit, area), **visit.window)
    return visit.page(
        "matters.html",
        behind=behind,
        live=live,
        as_of=visit.as_of,
        area=area,
        path=visit.person.within(site.areas.path(area)),
        below=site.areas.below(area, visit.as_of),
        asked=asked,
        states=(*GOING_ON, *ENDED),
        matters=await listed(visit, matters, rows),
        found=rows[0]["found"] if rows else 0,
        number=number,
        pages=-(-(rows[0]["found"] if rows else 0) // PAGE),
        link=lambda page: visit.carry(
            "/matters?" + urlencode({**asked, "area": area, "page": page})
        ),
        may_propose=may_ask(visit, "topics", "ProposeTopic"),
        xlsx=visit.carry("/matters.xlsx?" + urlencode({**asked, "area": area})),
        imports=_imports(visit, area),
    )


def area_asked(visit: Visit) -> str:
    """The area of a list, the own one unless another is named. Raises Missing or Forbidden."""
    area = visit.query("area") or visit.person.actor.area
    if area != EVERYWHERE and area not in visit.site.areas:
        raise Missing("no-such-page")
    visit.person.must_hold(area)
    return area


def picked_of(visit: Visit, area: str) -> dict[str, Any]:
    """What the address picks of an area's matters, as the view is asked for it."""
    kind = visit.query("type")
    return {
        "prefixes": visit.site.prefixes(area, visit.as_of),
        "states": list(STATES.get(visit.query("state"), ())),
        "title": visit.query("title"),
        "type": kind if kind in MEASURES else "",
        "year": visit.number("year"),
    }


def _imports(visit: Visit, area: str) -> str:
    """Where leads are imported from a spreadsheet; nothing for whoever brings one at a time."""
    if visit.as_of or level(area) not in LOCAL or visit.person.actor.role not in OFFICES:
        return ""
    return f"/areas/{area}/import/leads" if may_ask(visit, "topics", "SubmitLead") else ""


def may_ask(visit: Visit, service: str, command: str) -> bool:
    """Whether the present role may ask a command, as far as its service has told us."""
    catalogue = visit.site.catalogue
    if not catalogue.knows(service, command):
        return False
    return visit.person.actor.role in catalogue.command(service, command)["may"]


async def listed(visit: Visit, matters: View, rows: list[Any]) -> list[Listed]:
    """The matters of these rows, each with the stage it has come to."""
    site = visit.site
    ids = [row["matter_id"] for row in rows]
    marks: dict[Any, list[Any]] = {one: [] for one in ids}
    for mark in await matters.ask("marks of matters", matter_ids=ids):
        marks[mark["matter_id"]].append(mark)
    return [
        Listed(
            row,
            latest(
                bar(
                    site.rules(site.charters.at(row["charter"])).stages,
                    read_marks(marks[row["matter_id"]]),
                )
            ),
        )
        for row in rows
    ]


def to_deviate(visit: Visit, row: Mapping[str, Any]) -> str:
    """Where a deviation from the charter is recorded, for whoever may, of a topic."""
    if row["kind"] != "topic" or visit.as_of or not may_ask(visit, "topics", "RecordDeviation"):
        return ""
    if visit.person.actor.area != (place := county(row["area"]).ljust(12, "0")):
        return ""
    return f"/areas/{place}/do/RecordDeviation?topic_id={row['matter_id']}&charter={row['charter']}"
