"""The screening desk: leads on the left, one of them on the right, decided by key or form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid5

from starlette.responses import Response

from services.portal.edge.commons.alike import alike
from services.portal.edge.desk.turns import calendar, entries
from services.portal.edge.gate import as_no, say
from services.portal.edge.matters.doing import command_id
from services.portal.edge.matters.matter import entries_of, find
from services.portal.edge.matters.matters import may_ask
from services.portal.edge.matters.units import unit_names
from services.portal.edge.visit import Visit, go_to
from services.portal.pages.facts import Story
from services.portal.pages.render import SHANGHAI
from services.portal.pages.screening import DECISIONS, data_of, decision_of, opened, picked, written
from services.portal.pages.sentences import Sentence
from services.portal.projections.waiting import WAITING
from services.portal.words import CONFIDANTS
from shared.kernel.errors import Forbidden, Invalid, No, Unavailable
from shared.runtime import clock, log

LISTED_MAX = 200
FACTS_MAX = 200
HERE = "/desk/screening"


@dataclass(frozen=True)
class Failed:
    """A lead that was not decided on, and why."""

    row: Mapping[str, Any]
    sentence: Sentence


async def show_screening(visit: Visit) -> Response:
    """The leads that wait for a decision, and the one that is open."""
    return await _desk(visit)


async def decide(visit: Visit) -> Response:
    """One decision on each lead that is picked; those that fail are shown with their reasons."""
    _must_screen(visit)
    try:
        decision, ids = decision_of(visit.filled), picked(visit.filled)
    except Invalid as no:
        return await _desk(visit, no.status, no=no)
    if decision.alone and len(ids) > 1:
        ids = ids[:1]
    position, failed = 0, []
    for lead_id in ids:
        row = await find(visit.site.matters, lead_id)
        visit.person.must_see(row["area"])
        try:
            data = data_of(decision, row, visit.filled, several=len(ids) > 1)
            position = max(position, await _ask(visit, decision.command, lead_id, data))
        except Unavailable:
            raise
        except Exception as error:
            charter = visit.site.charters.at(row["charter"])
            failed.append(Failed(row, say(visit.site, as_no(error), _titles(visit), charter)))
    if failed:
        return await _desk(visit, 409, failed=failed, done=len(ids) - len(failed))
    told: dict[str, Any] = {"done": decision.command, "n": len(ids), "after": f"topics:{position}"}
    if decision.command == "MergeLead":
        told["undo"] = ",".join(map(str, ids))
    return go_to(f"{HERE}?{urlencode(told)}")


async def undo(visit: Visit) -> Response:
    """Merged leads go on by themselves again."""
    _must_screen(visit)
    position = 0
    for lead_id in picked(visit.filled):
        row = await find(visit.site.matters, lead_id)
        visit.person.must_see(row["area"])
        reason = str(visit.site.pages.texts.screening.undo_reason)
        data = {"lead_id": str(lead_id), "reason": reason}
        position = max(position, await _ask(visit, "UnmergeLead", lead_id, data))
    return go_to(f"{HERE}?{urlencode({'done': 'UnmergeLead', 'after': f'topics:{position}'})}")


async def _ask(visit: Visit, command: str, lead_id: UUID, data: Mapping[str, Any]) -> int:
    """Each lead has a command of its own, whose id follows from the form's."""
    one = uuid5(command_id(visit), str(lead_id))
    answer = await visit.site.asker.ask(
        "topics", command, dict(data), visit.person.actor, one, log.correlation()
    )
    position: int = answer["position"]
    return position


def _must_screen(visit: Visit) -> None:
    if not may_ask(visit, "topics", "AdoptLead"):
        needed = sorted(visit.site.catalogue.roles("topics", "AdoptLead"))
        raise Forbidden("wrong-role", role=visit.person.actor.role, needed=needed)


async def _desk(
    visit: Visit,
    status: int = 200,
    *,
    no: No | None = None,
    failed: Sequence[Failed] = (),
    done: int = 0,
) -> Response:
    _must_screen(visit)
    behind = await visit.behind(visit.site.views[WAITING])
    asked = visit.query("title")
    rows = await entries(visit, task="screen", title=asked, late=False, most=LISTED_MAX, skipped=0)
    rows = [row for row in rows if any(one.startswith("AdoptLead") for one in row["steps"])]
    rows = sorted(rows, key=lambda row: (row["since"], str(row["matter_id"])))
    current = _current(visit, rows, failed)
    return visit.page(
        "desk/screening.html",
        status,
        behind=behind,
        rows=[{**row, "waited": _waited(visit, row)} for row in rows],
        found=len(rows),
        most=LISTED_MAX,
        asked=asked,
        lead=await _lead(visit, current["matter_id"], rows) if current else None,
        decisions=DECISIONS,
        failed=failed,
        done=done,
        sentence=say(visit.site, no) if no else None,
        told=_told(visit),
        typed=visit.filled,
        written=written(visit.filled),
        opened=opened(visit.filled),
        picked=[str(one.row["matter_id"]) for one in failed],
        command_id=clock.new_id(),
        units=await unit_names(visit.site, visit.person.actor.area) if current else [],
    )


def _current(
    visit: Visit, rows: Sequence[Mapping[str, Any]], failed: Sequence[Failed]
) -> Mapping[str, Any] | None:
    """The lead that is asked for, or failed, or was open, or else the first."""
    asked = visit.query("lead") or visit.typed("open")
    wanted = str(failed[0].row["matter_id"]) if failed else asked
    here = (row for row in rows if str(row["matter_id"]) == wanted)
    return next(here, rows[0] if rows else None)


async def _lead(
    visit: Visit, lead_id: UUID, rows: Sequence[Mapping[str, Any]]
) -> Mapping[str, Any]:
    """The open lead: what was said of it, what is like it, and what it may be turned away for."""
    site = visit.site
    row = await find(site.matters, lead_id)
    charter = site.charters.at(row["charter"])
    story = Story.of(await site.story.ask("of matter", matter_id=lead_id, most=FACTS_MAX))
    word = visit.word(charter)
    grounds: Sequence[str] = charter.table("topics")["exclusions"]
    at = [str(one["matter_id"]) for one in rows].index(str(lead_id))
    near = await alike(site, row["area"], row["title"], visit.person)
    return {
        "row": row,
        "entries": await entries_of(visit, row, charter, story),
        "may_read": visit.person.actor.role in CONFIDANTS,
        "personal": story.facts[0].data.get("personal", False) if story.facts else False,
        "alike": [one for one in near if one.matter_id != lead_id],
        "into": [one for one in near if one.kind == "lead" and one.matter_id != lead_id],
        "others": [one for one in rows if one["matter_id"] != lead_id],
        "grounds": [(one, word(one)) for one in grounds],
        "labels": {
            one.command: site.step_name(charter, "topics", one.command) for one in DECISIONS
        },
        "nth": at + 1,
        "previous": rows[at - 1]["matter_id"] if at else None,
        "next": rows[at + 1]["matter_id"] if at + 1 < len(rows) else None,
    }


def _told(visit: Visit) -> Mapping[str, Any] | None:
    """What was just done, and the merges that can be undone."""
    done = visit.query("done")
    if not done or not visit.site.catalogue.knows("topics", done):
        return None
    undone = [one for one in visit.query("undo").split(",") if one]
    label = visit.site.catalogue.command("topics", done)["label"]
    return {"label": label, "n": max(1, visit.number("n")), "undo": undone}


def _waited(visit: Visit, row: Mapping[str, Any]) -> int:
    charter = visit.site.charters.at(row["charter"])
    return calendar(charter).waited(row["since"].astimezone(SHANGHAI).date(), clock.today())


def _titles(visit: Visit) -> dict[str, str]:
    texts = visit.site.pages.texts.screening.fields
    return dict(texts.items())
