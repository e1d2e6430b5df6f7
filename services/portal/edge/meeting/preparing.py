"""Preparing a meeting: what its county asks for, what is missing until when, each form in place."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from services.portal.edge.files.keeping import files_of
from services.portal.edge.gate import say
from services.portal.edge.matters.doing import Doing, do
from services.portal.edge.matters.following import question
from services.portal.edge.matters.matter import blank_of
from services.portal.edge.matters.matters import may_ask
from services.portal.edge.matters.units import unit_names
from services.portal.edge.meeting.looking import (
    Meeting,
    keeps_the_record,
    meeting_of,
    must_keep_the_record,
)
from services.portal.edge.meeting.papers import keep_papers
from services.portal.edge.visit import Visit, go_to
from services.portal.pages.checklist import KEYS, Around, checklist, notice_days, ready
from services.portal.pages.filled import Filled
from services.portal.pages.forms import Field
from services.portal.pages.sitting import Sitting
from services.portal.pages.steps import STEPS
from services.portal.projections.sittings import SITTINGS
from shared.kernel.errors import Missing, No

DOES = (
    "DetermineParties", "IssueWorkPlan", "ScheduleConsultation", "GivePriorNotice", "SetAgenda",
    "RecordInvitation", "OpenConsultation", "SignRecord", "PostponeConsultation",
    "CancelConsultation",
)  # fmt: skip
"""What may be asked on the pages of a meeting, apart from the record itself."""

WHILE = {
    "DetermineParties": ("planned",),
    "IssueWorkPlan": ("planned",),
    "ScheduleConsultation": ("planned",),
    "GivePriorNotice": ("scheduled",),
    "SetAgenda": ("planned", "scheduled"),
    "RecordInvitation": ("planned", "scheduled"),
    "PostponeConsultation": ("scheduled",),
    "CancelConsultation": ("planned", "scheduled"),
    "SignRecord": ("open",),
}
"""The phases in which a step is offered."""

TOLD = ("consultation-scheduled", "consultation-postponed", "consultation-cancelled")
SPARE_ROWS = 2


@dataclass(frozen=True)
class Form:
    """A step with its form, filled with what stands now."""

    command: str
    label: str
    fixed: str
    fields: Sequence[Field]


async def show_preparation(visit: Visit) -> Response:
    """The checklist of one meeting."""
    behind = await visit.behind(visit.site.story, visit.site.views[SITTINGS])
    return await _preparation(visit, await meeting_of(visit), behind)


async def keep_materials(visit: Visit) -> Response:
    """Keep papers that the meeting is to look at."""
    meeting = await meeting_of(visit)
    must_keep_the_record(visit)
    try:
        await keep_papers(visit, meeting.sitting.id, meeting.row["area"])
    except No as no:
        return await _preparation(visit, meeting, 0, no)
    return go_to(f"{meeting.at}#check-materials")


async def _preparation(
    visit: Visit, meeting: Meeting, behind: int, no: No | None = None
) -> Response:
    sitting = meeting.sitting
    live = await visit.watch("matter", sitting.topic_id)
    papers = await files_of(visit.site, [sitting.id])
    checks = checklist(sitting, Around(meeting.rules, visit.today, len(papers)))
    told, away = await _told(visit, meeting)
    return visit.page(
        "meeting/preparation.html",
        no.status if no else 200,
        behind=behind,
        live=live,
        meeting=meeting,
        sitting=sitting,
        checks=checks,
        keys=KEYS,
        ready=ready(checks),
        forms={form.command: form for form in forms_of(visit, meeting, tuple(WHILE))},
        provisional=meeting.charter.provisional,
        lead_days=notice_days(sitting, meeting.rules),
        told=told,
        papers=papers,
        sentence=say(visit.site, no) if no else None,
        away=away,
        names=await visit.site.names({one["account"] for one in told}),
        units=await unit_names(visit.site, meeting.row["area"]),
        records=keeps_the_record(visit),
        path=visit.person.within(visit.site.areas.path(meeting.row["area"])),
        word=visit.word(meeting.charter),
    )


async def do_step(visit: Visit) -> Response:
    """Take a step of the preparation, or one that ends the meeting."""
    meeting, command = await meeting_of(visit), visit.path("command")
    if command not in DOES:
        raise Missing("no-such-page")
    back = "/run" if command in ("OpenConsultation", "SignRecord") else ""
    return await do(visit, await doing(visit, meeting, command, meeting.at + back))


async def doing(visit: Visit, meeting: Meeting, command: str, back: str) -> Doing:
    """One command of this meeting on its way."""
    area = meeting.row["area"]
    return Doing(
        service="meetings",
        command=command,
        charter=meeting.charter,
        back=back,
        fixed={"consultation_id": str(meeting.sitting.id)},
        subject=meeting.sitting.topic_id,
        title=meeting.sitting.title,
        area=area,
        units=await unit_names(visit.site, area),
    )


def forms_of(visit: Visit, meeting: Meeting, commands: Sequence[str]) -> list[Form]:
    """The forms of these steps, as far as it is their time and this person may take them."""
    phase = meeting.sitting.phase
    return [
        _form(visit, meeting, one)
        for one in commands
        if phase in WHILE[one] and may_ask(visit, "meetings", one) and not visit.as_of
    ]


def _form(visit: Visit, meeting: Meeting, command: str) -> Form:
    site = visit.site
    step = next((one for one in STEPS if one.command == command), None)
    fixed = {"consultation_id": str(meeting.sitting.id)}
    schema = site.catalogue.command("meetings", command)["schema"]
    blank = blank_of(step, schema, meeting.charter, fixed, {})
    label = site.step_name(meeting.charter, "meetings", command)
    return Form(
        command, label, json.dumps(fixed), blank.draw(as_it_stands(command, meeting.sitting))
    )


def as_it_stands(command: str, sitting: Sitting) -> Filled:
    """What a form starts from where the step was taken before: that, and some empty rows."""
    match command:
        case "DetermineParties":
            return _rows("parties", sitting.parties, ("kind", "name"))
        case "SetAgenda":
            return _rows("items", sitting.agenda, ("title", "speaker", "minutes"))
        case "IssueWorkPlan":
            return {f"fields.{name}": text for name, text in sitting.work_plan.items()}
        case "GivePriorNotice" if sitting.notice:
            return {"content": str(sitting.notice.data["content"])}
        case "SignRecord":
            return {"signed_by": [kind for kind in sitting.people if kind in ("masses", "unit")]}
    return {}


def _rows(table: str, rows: Sequence[Mapping[str, Any]], keys: Sequence[str]) -> Filled:
    typed = {
        f"{table}.{n}.{key}": str(row.get(key, "")) for n, row in enumerate(rows) for key in keys
    }
    last = len(rows) + SPARE_ROWS - 1
    return typed | {f"{table}.{last}.{keys[0]}": ""}


async def _told(visit: Visit, meeting: Meeting) -> tuple[list[dict[str, Any]], bool]:
    """Who was told of time and place by the platform itself, and whether notify is away."""
    asked = {
        "area": meeting.row["area"],
        "topic_id": str(meeting.sitting.topic_id),
        "texts": list(TOLD),
    }
    try:
        return await question(visit, "LedgerOfMatter", asked), False
    except No as no:
        # Who may not read the ledger of notices is shown the rest of the page.
        return [], no.code != "wrong-role"
