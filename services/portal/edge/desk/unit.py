"""A unit's inbox (承办单位收件): what it leads or helps with, and the one that is open."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from starlette.responses import Response

from services.portal.edge.desk.turns import calendar
from services.portal.edge.files.keeping import Purpose, files_of, keep_staged, stage_files
from services.portal.edge.gate import as_no, say
from services.portal.edge.marks import watch
from services.portal.edge.matters.doing import command_id, send
from services.portal.edge.matters.matter import draw, entries_of, find
from services.portal.edge.matters.matters import may_ask
from services.portal.edge.matters.units import unit_names
from services.portal.edge.visit import Visit, go_to
from services.portal.pages.facts import Story
from services.portal.pages.offers import Scene, offers
from services.portal.pages.steps import STEPS
from services.portal.projections.handling import HANDLING
from shared.kernel.errors import Forbidden, Missing, No
from shared.runtime import clock

STAGES = ("new", "handling", "replied", "returned")
LISTED_MAX = 200
FACTS_MAX = 2000
EVIDENCE = Purpose("evidence")
OWN_FORM = "ReportProgress"
"""The step whose form takes files, and so goes another way."""


async def show_unit(visit: Visit) -> Response:
    """The list, and the first of it or the one that the address names."""
    return await _inbox(visit)


async def report_progress(visit: Visit) -> Response:
    """Say how far the work is, with files that show it."""
    row = await _one(visit, visit.id("item"))
    item: UUID = row["assignment_id"]
    try:
        evidence = await stage_files(visit, item)
        data = {
            "assignment_id": str(item),
            "progress": visit.typed("progress"),
            "evidence": [str(one) for one in evidence],
        }
        answer = await send(visit, "outcomes", "ReportProgress", data)
        await keep_staged(visit, item, row["area"], EVIDENCE)
    except Exception as error:
        return await _inbox(visit, as_no(error))
    return go_to(f"/desk/unit/{item}?after=outcomes:{answer['position']}")


async def _inbox(visit: Visit, no: No | None = None) -> Response:
    site, actor = visit.site, visit.person.actor
    if actor.role != "unit" or not actor.unit:
        raise Forbidden("wrong-role", role=actor.role, needed=["unit"])
    behind = await visit.behind(site.views[HANDLING], site.story)
    asked = {"stage": visit.query("stage"), "title": visit.query("title")}
    if asked["stage"] not in STAGES:
        asked["stage"] = ""
    rows = await _rows(visit, **asked)
    current = await _current(visit, rows)
    return visit.page(
        "desk/unit.html",
        no.status if no else 200,
        behind=behind,
        live=await watch(site, "matter", current["matter_id"]) if current else "",
        unit=actor.unit,
        asked=asked,
        stages=STAGES,
        rows=[_listed(visit, row) for row in rows],
        found=rows[0]["found"] if rows else 0,
        task=await _task(visit, current) if current else None,
        sentence=say(site, no) if no else None,
        typed=visit.typed("progress"),
        command_id=command_id(visit) if no else clock.new_id(),
        units=await unit_names(site, actor.area),
        link=lambda **other: "?" + urlencode({k: v for k, v in (asked | other).items() if v}),
    )


async def _rows(visit: Visit, stage: str = "", title: str = "") -> Sequence[Mapping[str, Any]]:
    actor = visit.person.actor
    return await visit.site.views[HANDLING].ask(
        "of unit",
        unit=actor.unit,
        prefixes=visit.site.prefixes(actor.area),
        stage=stage,
        title=title,
        most=LISTED_MAX,
    )


async def _one(visit: Visit, item: UUID) -> Mapping[str, Any]:
    """An assignment of the own unit. Raises Missing."""
    for row in await _rows(visit):
        if row["assignment_id"] == item:
            return row
    raise Missing("no-such-page")


async def _current(visit: Visit, rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    if "item" in visit.request.path_params:
        return await _one(visit, visit.id("item"))
    return rows[0] if rows else None


def _listed(visit: Visit, row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with its role for this unit and its clock; what was replied has no clock any more."""
    charter = visit.site.charters.at(row["charter"])
    due = row["due"] if row["stage"] in ("new", "handling") else None
    texts = visit.site.pages.texts.clocks
    return {
        **row,
        "leads": row["unit"] == visit.person.actor.unit,
        "clock": calendar(charter).clock(due, clock.today(), texts, row["paused_on"]),
        "returns_max": charter.table("outcomes")["returns_max"],
    }


async def _task(visit: Visit, row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The open assignment: what was said of it, and what this unit may do with it now."""
    site, actor = visit.site, visit.person.actor
    matter = await find(site.matters, row["matter_id"])
    charter = site.charters.at(matter["charter"])
    facts = await site.story.ask("of matter", matter_id=row["matter_id"], most=FACTS_MAX)
    story = Story.of(facts)
    own = [
        one
        for one in offers(STEPS, Scene(story, charter.tables))
        if one.stream == row["assignment_id"]
        and one.is_for(actor)
        and may_ask(visit, one.step.service, one.step.command)
    ]
    ours = [fact for fact in story.facts if fact.stream == row["assignment_id"]]
    entries = await entries_of(visit, matter, charter, replace(story, facts=tuple(ours)))
    drawn = [draw(visit, one, charter, {}) for one in own if one.step.command != OWN_FORM]
    return {
        **_listed(visit, row),
        "matter": matter,
        "place": site.full_name(matter["area"]),
        "drawn": sorted(drawn, key=lambda one: one.offer.step.side),
        "progress": any(one.step.command == OWN_FORM for one in own),
        "progress_label": site.step_name(charter, "outcomes", OWN_FORM),
        "entries": [one for one in reversed(entries) if one.fact.source == "outcomes"],
        "files": await files_of(site, [row["assignment_id"]]),
        "word": visit.word(charter),
    }
