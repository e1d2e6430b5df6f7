"""Check-in on one's own phone, by the code on the wall: one tap for who is logged in."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from starlette.responses import Response

from services.portal.edge.gate import as_no, say
from services.portal.edge.matters.doing import command_id
from services.portal.edge.meeting.codes import TICKET_S
from services.portal.edge.meeting.looking import Meeting, find_meeting
from services.portal.edge.visit import Visit, go_to
from services.portal.pages.sitting import Side
from services.portal.projections.members import MEMBERS
from services.portal.words import DOOR
from shared.kernel.areas import county
from shared.kernel.errors import Forbidden, No, Refused
from shared.kernel.message import Actor
from shared.runtime import clock, log

TICKET_COOKIE = "tongxin_ticket"
EARLY = timedelta(hours=2)
LATE = timedelta(hours=12)
BY_ROLE = {"unit": "unit", "leader": "leader"}
"""As what somebody comes, by the role held; members come as themselves."""


@dataclass(frozen=True)
class Guest:
    """As what somebody is checked in."""

    kind: str
    name: str
    member_id: UUID | None = None


async def show_code(visit: Visit) -> Response:
    """Where the code on the wall leads: with a ticket, to the tap or first to the login."""
    try:
        consultation_id = await visit.site.codes.shown(visit.path("token"))
        _must_be_on(await find_meeting(visit, consultation_id))
    except No as no:
        return _refusal(visit, no)
    answer = go_to("/checkin")
    answer.set_cookie(
        TICKET_COOKIE,
        await visit.site.codes.ticket(consultation_id),
        max_age=TICKET_S,
        httponly=True,
        samesite="lax",
        path="/checkin",
    )
    return answer


async def show_checkin(visit: Visit) -> Response:
    """Which meeting it is, as what one comes, and the button; without a ticket, how to get one."""
    if TICKET_COOKIE not in visit.request.cookies:
        return visit.page("meeting/checkin.html", meeting=None, sentence=None)
    try:
        meeting = await _ticketed(visit)
        guest = await _guest(visit, meeting)
    except No as no:
        return _refusal(visit, no)
    return _page(visit, meeting, guest)


async def check_in(visit: Visit) -> Response:
    """The tap."""
    try:
        meeting = await _ticketed(visit)
        guest = await _guest(visit, meeting)
        actor = visit.person.actor
        answer = await visit.site.asker.ask(
            "meetings",
            "CheckInHere",
            {
                "consultation_id": str(meeting.sitting.id),
                "kind": guest.kind,
                "name": guest.name,
                "member_id": str(guest.member_id) if guest.member_id else None,
            },
            Actor(actor.id, DOOR, meeting.row["area"], actor.unit),
            command_id(visit),
            log.correlation(),
        )
    except Exception as error:
        return _refusal(visit, as_no(error))
    await visit.site.story.wait("meetings", answer["position"])
    return _page(visit, await find_meeting(visit, meeting.sitting.id), guest)


async def _ticketed(visit: Visit) -> Meeting:
    """The meeting whose code this browser showed. Raises Refused('code-over')."""
    ticket = visit.request.cookies.get(TICKET_COOKIE, "")
    meeting = await find_meeting(visit, await visit.site.codes.held(ticket))
    _must_be_on(meeting)
    visit.person.must_see(meeting.row["area"])
    return meeting


def _must_be_on(meeting: Meeting) -> None:
    """Neither long before nor after. Raises Refused('no-checkin-now')."""
    sitting, now = meeting.sitting, clock.now()
    starts = sitting.starts
    if sitting.phase not in ("scheduled", "open") or starts is None:
        raise Refused("no-checkin-now")
    if now < starts - EARLY or (sitting.phase == "scheduled" and now > starts + LATE):
        raise Refused("no-checkin-now")


async def _guest(visit: Visit, meeting: Meeting) -> Guest:
    """As what this person comes. Raises Forbidden for who is checked in by the clerk."""
    actor = visit.person.actor
    if actor.role == "member":
        for row in await _seats(visit, meeting):
            return Guest("member", row["sector"], row["member_id"])
    if actor.role in BY_ROLE and actor.unit:
        return Guest(BY_ROLE[actor.role], visit.body_name(actor.unit))
    raise Forbidden("by-the-clerk", role=actor.role)


async def _seats(visit: Visit, meeting: Meeting) -> list[dict[str, Any]]:
    """The present memberships of this account in the county of the meeting."""
    view = visit.site.views[MEMBERS]
    mine = await view.ask("memberships of account", account=str(visit.person.account_id))
    rows = [one for row in mine for one in await view.ask("one member", member_id=row["member_id"])]
    here = county(meeting.row["area"])
    return [dict(one) for one in rows if not one["ended_at"] and county(one["area"]) == here]


def _page(visit: Visit, meeting: Meeting, guest: Guest) -> Response:
    there = [side for side in meeting.sitting.here if _is(side, guest)]
    return visit.page(
        "meeting/checkin.html",
        meeting=meeting,
        guest=guest,
        there=there,
        sentence=None,
        word=visit.word(meeting.charter),
    )


def _is(side: Side, guest: Guest) -> bool:
    if guest.member_id:
        return side.member_id == str(guest.member_id)
    return (side.kind, side.name) == (guest.kind, guest.name)


def _refusal(visit: Visit, no: No) -> Response:
    sentence = say(visit.site, no)
    return visit.page("meeting/checkin.html", no.status, meeting=None, sentence=sentence)
