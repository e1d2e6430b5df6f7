"""Running a meeting: what is said, promised and agreed is written down as it happens.

Each entry is one small form. With the script an entry is sent without leaving the page and kept on
the tablet until the server has it; its own id makes a second sending harmless. Without the script
each form is a page of its own that comes back here.
"""

from starlette.responses import Response

from services.portal.edge.gate import as_no, say
from services.portal.edge.matters.doing import Doing, ask, show_form
from services.portal.edge.matters.matters import may_ask
from services.portal.edge.meeting.door import PICKED
from services.portal.edge.meeting.looking import Meeting, keeps_the_record, meeting_of
from services.portal.edge.meeting.preparing import doing, forms_of
from services.portal.edge.people.members import members_for
from services.portal.edge.visit import Visit, go_to
from services.portal.pages.schemas import fields
from shared.kernel.errors import Missing, No
from shared.runtime import clock

ENTRIES = (
    "RecordStatement", "MakeCommitment", "RecordConsensus", "RecordDissent", "BeginAgendaItem",
    "OpenConsultation",
)  # fmt: skip
PART = "x-part"
"""A header of the script: it wants the record alone, not a page."""


async def show_run(visit: Visit) -> Response:
    """The record so far, and a form for each kind of entry."""
    behind = await visit.behind(visit.site.story)
    return await _run(visit, await meeting_of(visit), behind)


async def record(visit: Visit) -> Response:
    """Write one entry down."""
    meeting, command = await meeting_of(visit), visit.path("command")
    if command not in ENTRIES:
        raise Missing("no-such-page")
    entry = await doing(visit, meeting, command, f"{meeting.at}/run")
    part = PART in visit.request.headers
    try:
        answer = await ask(visit, entry)
    except Exception as error:
        no = as_no(error)
        return _refusal(visit, entry, no) if part else show_form(visit, entry, no)
    if not part:
        return go_to(f"{entry.back}?after=meetings:{answer['position']}#record")
    await visit.site.story.wait("meetings", answer["position"])
    return await _run(visit, await meeting_of(visit), 0, "meeting/record.html")


async def _run(
    visit: Visit, meeting: Meeting, behind: int, template: str = "meeting/run.html"
) -> Response:
    sitting = meeting.sitting
    members = await members_for(visit, meeting.row["area"], [PICKED])
    here = {side.member_id for side in sitting.here if side.member_id}
    return visit.page(
        template,
        behind=behind,
        watched=await visit.watch("matter", sitting.topic_id),
        meeting=meeting,
        sitting=sitting,
        may={one for one in ENTRIES if may_ask(visit, "meetings", one)},
        sign=next(iter(forms_of(visit, meeting, ("SignRecord",))), None),
        members={one: name for one, name in members.items() if one in here},
        named=members,
        units=[side.name for side in sitting.here if side.kind == "unit"],
        speakers=list(dict.fromkeys(side.name for side in sitting.here)),
        next_no=max((point.no for point in sitting.points), default=0) + 1,
        at=_agenda_at(meeting),
        records=keeps_the_record(visit),
        path=visit.person.within(visit.site.areas.path(meeting.row["area"])),
        word=visit.word(meeting.charter),
    )


def _agenda_at(meeting: Meeting) -> dict[str, int]:
    """Which item is on, how many seconds it has taken, and how many it may."""
    begun, agenda = meeting.sitting.at_item, meeting.sitting.agenda
    if begun is None or not 1 <= begun.data["no"] <= len(agenda):
        return {"no": 0, "taken": 0, "may": 0}
    no = begun.data["no"]
    taken = int((clock.now() - begun.at).total_seconds())
    return {"no": no, "taken": max(0, taken), "may": agenda[no - 1]["minutes"] * 60}


def _refusal(visit: Visit, entry: Doing, no: No) -> Response:
    """The reason by itself; what was typed is still on the tablet."""
    schema = visit.site.catalogue.command(entry.service, entry.command)["schema"]
    titles = {name: one.get("title", name) for name, one in fields(schema).items()}
    sentence = say(visit.site, no, titles, entry.charter)
    answer = visit.page("meeting/refusal.html", no.status, sentence=sentence)
    answer.headers[PART] = "refusal"
    return answer
