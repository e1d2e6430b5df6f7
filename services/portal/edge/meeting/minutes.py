"""The minutes of a meeting: drafted from its facts, worded in parts, each wording kept, issued."""

import json
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from services.portal.edge.gate import as_no, say
from services.portal.edge.matters.doing import Doing, ask, do
from services.portal.edge.matters.matters import may_ask
from services.portal.edge.meeting.door import PICKED, naming_of
from services.portal.edge.meeting.looking import Meeting, keeps_the_record, meeting_of
from services.portal.edge.people.members import members_for
from services.portal.edge.visit import Visit, go_to
from services.portal.pages.minutes import Minutes, Telling, minutes_of
from shared.kernel.errors import No, Refused

DRAFTED = "MinutesDrafted"
TEXT_MAX = 8000


async def show_minutes(visit: Visit) -> Response:
    """All parts as they stand, and what was changed when."""
    behind = await visit.behind(visit.site.story)
    return await _minutes(visit, await meeting_of(visit), behind)


async def save_section(visit: Visit) -> Response:
    """Keep a new wording; if somebody was faster, both are shown and none is lost."""
    meeting = await meeting_of(visit)
    doing = _doing(meeting, "SaveMinutes")
    # Browsers end lines in two signs; those are not words that somebody changed.
    one_sign = visit.typed("text").replace("\r\n", "\n")
    if not visit.typed("text"):  # What is left empty is left out of a form; here it is a wording.
        doing = replace(doing, fixed={**doing.fixed, "text": ""})
    try:
        answer = await ask(replace(visit, filled={**visit.filled, "text": one_sign}), doing)
    except Exception as error:
        return await _minutes(visit, await meeting_of(visit), 0, as_no(error))
    part = visit.typed("section")
    return go_to(f"{doing.back}?after=outcomes:{answer['position']}#{part}")


async def issue(visit: Visit) -> Response:
    """Issue the minutes under a number."""
    return await do(visit, _doing(await meeting_of(visit), "IssueMinutes"))


async def drafted_minutes(visit: Visit, meeting: Meeting) -> Minutes:
    """The minutes of a meeting as they stand, with members by their names."""
    members = await members_for(visit, meeting.row["area"], [PICKED])
    names = naming_of(members)
    telling = Telling(
        texts=visit.site.pages.texts.minutes,
        word=visit.word(meeting.charter),
        named=lambda one: names[one][0] if one in names else "",
    )
    return minutes_of(meeting.sitting, meeting.outcome, telling)


def _doing(meeting: Meeting, command: str) -> Doing:
    return Doing(
        service="outcomes",
        command=command,
        charter=meeting.charter,
        back=f"{meeting.at}/minutes",
        fixed={"outcome_id": str(meeting.outcome_id)},
        subject=meeting.sitting.topic_id,
        title=meeting.sitting.title,
        area=meeting.row["area"],
    )


async def _minutes(visit: Visit, meeting: Meeting, behind: int, no: No | None = None) -> Response:
    minutes = await drafted_minutes(visit, meeting)
    outcome = meeting.outcome
    open_ = outcome is not None and bool(outcome.said(DRAFTED)) and not minutes.number
    writers = {one.who for section in minutes.sections for one in section.wordings}
    return visit.page(
        "meeting/minutes.html",
        no.status if no else 200,
        behind=behind,
        live=await visit.watch("matter", meeting.sitting.topic_id),
        meeting=meeting,
        sitting=meeting.sitting,
        minutes=minutes,
        may_save=open_ and may_ask(visit, "outcomes", "SaveMinutes"),
        may_issue=open_ and may_ask(visit, "outcomes", "IssueMinutes"),
        names=await visit.site.names(writers),
        typed=_typed(visit) if no else {},
        conflict=isinstance(no, Refused) and no.code == "edited-meanwhile",
        sentence=say(visit.site, no) if no else None,
        fixed=json.dumps({"outcome_id": str(meeting.outcome_id)}),
        limit=TEXT_MAX,
        records=keeps_the_record(visit),
        path=visit.person.within(visit.site.areas.path(meeting.row["area"])),
        word=visit.word(meeting.charter),
    )


def _typed(visit: Visit) -> dict[str, Any]:
    """What was written, and for which part."""
    return {"section": visit.typed("section"), "text": visit.typed("text")}
