"""The wall: what is agreed, open and promised, in large type, for everybody in the room."""

from starlette.responses import Response

from services.portal.edge.meeting.looking import keeps_the_record, meeting_of
from services.portal.edge.visit import Visit

PANES = ("points", "promises", "code", "agenda")
REFRESH_S = 20


async def show_board(visit: Visit) -> Response:
    """One pane of the wall; no names of people are on any."""
    await visit.behind(visit.site.story)
    meeting = await meeting_of(visit)
    sitting = meeting.sitting
    panes = [one for one in PANES if one != "code" or keeps_the_record(visit)]
    pane = visit.query("pane") if visit.query("pane") in panes else PANES[0]
    begun = sitting.at_item
    return visit.page(
        "meeting/board.html",
        watched=await visit.watch("matter", sitting.topic_id),
        meeting=meeting,
        sitting=sitting,
        pane=pane,
        panes=panes,
        agreed=[one for one in sitting.points if one.agreed],
        dissent=[one for one in sitting.points if not one.agreed],
        code=sitting.phase in ("scheduled", "open") and keeps_the_record(visit),
        at_no=begun.data["no"] if begun else 0,
        refresh=REFRESH_S,
        word=visit.word(meeting.charter),
    )
