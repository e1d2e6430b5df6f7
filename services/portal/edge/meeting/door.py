"""The desk at the door: who is there, against who must be; for those without a phone."""

from collections.abc import Mapping
from typing import Any

import segno
from starlette.responses import Response

from services.portal.edge.matters.doing import do
from services.portal.edge.meeting.looking import Meeting, meeting_of, must_keep_the_record
from services.portal.edge.meeting.preparing import doing
from services.portal.edge.people.members import members_for
from services.portal.edge.visit import HEADERS, Visit
from services.portal.pages.offers import Step
from services.portal.pages.sitting import Side

MEMBERS_MAX = 400
PICKED = Step("meetings", "CheckIn", "consultation", members=("member_id",))


async def show_door(visit: Visit) -> Response:
    """Everybody who may come, with one big button each."""
    behind = await visit.behind(visit.site.story)
    meeting = await meeting_of(visit)
    must_keep_the_record(visit)
    live = await visit.watch("matter", meeting.sitting.topic_id)
    named = visit.query("q")[:40]
    members = await members_for(visit, meeting.row["area"], [PICKED])
    found = {one: name for one, name in members.items() if named in name}
    return visit.page(
        "meeting/door.html",
        behind=behind,
        live=live,
        meeting=meeting,
        sitting=meeting.sitting,
        at_door=meeting.sitting.phase in ("scheduled", "open"),
        parties=[_party(meeting, one) for one in meeting.sitting.parties],
        others=_others(meeting),
        members=dict(list(found.items())[:MEMBERS_MAX]),
        in_room={side.member_id for side in meeting.sitting.here if side.member_id},
        sought=named,
        told=naming_of(members),
        path=visit.person.within(visit.site.areas.path(meeting.row["area"])),
        word=visit.word(meeting.charter),
    )


async def check_in(visit: Visit) -> Response:
    """Count somebody in."""
    meeting = await meeting_of(visit)
    must_keep_the_record(visit)
    return await do(visit, await doing(visit, meeting, "CheckIn", meeting.at + "/door"))


async def show_wall_code(visit: Visit) -> Response:
    """The code of this moment as a picture, for the projector."""
    meeting = await meeting_of(visit)
    must_keep_the_record(visit)
    token = await visit.site.codes.token(meeting.sitting.id)
    url = f"{visit.base}/checkin/{token}"
    picture = segno.make(url, error="m").svg_inline(scale=8, border=2, dark="#000", light="#fff")
    head = '<svg xmlns="http://www.w3.org/2000/svg" '
    return Response(picture.replace("<svg ", head, 1), 200, HEADERS, media_type="image/svg+xml")


def naming_of(members: Mapping[str, str]) -> Mapping[str, tuple[str, str]]:
    """Each member's name and sector."""
    parted = {one: told.partition(" · ") for one, told in members.items()}
    return {one: (name, sector) for one, (name, _, sector) in parted.items()}


def _party(meeting: Meeting, party: Mapping[str, str]) -> Mapping[str, Any]:
    sides = [one for one in meeting.sitting.here if _same(one, party)]
    return {**party, "people": sides[0].people if sides else 0}


def _same(side: Side, party: Mapping[str, str]) -> bool:
    return (side.kind, side.name, side.member_id) == (party["kind"], party["name"], "")


def _others(meeting: Meeting) -> list[Side]:
    """Guests: who is there and neither a party nor a member by id."""
    parties = meeting.sitting.parties
    return [
        side
        for side in meeting.sitting.here
        if not side.member_id and not any(_same(side, one) for one in parties)
    ]
