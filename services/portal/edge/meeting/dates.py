"""Meetings for people's own calendars: one of them, and those of an area as a feed."""

import base64
import binascii
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from starlette.responses import Response

from services.portal.edge.api.bearer import bearer
from services.portal.edge.commons.place import commons, place_in
from services.portal.edge.meeting.looking import meeting_of
from services.portal.edge.visit import HEADERS, Visit
from services.portal.edge.who import Person
from services.portal.pages.ics import Event, calendar
from services.portal.pages.sheets import OFFICES
from services.portal.projections.sittings import SITTINGS
from shared.kernel.areas import EVERYWHERE
from shared.kernel.errors import Forbidden, Missing
from shared.runtime import clock
from shared.runtime.charter import Charter

MOST = 1000
PAST = timedelta(days=60)
"""How long a meeting that was held stays in a feed."""

ASK = HEADERS | {"WWW-Authenticate": 'Basic realm="tongxin", charset="UTF-8"'}
CANCELLED = "ConsultationCancelled"


async def send_one(visit: Visit) -> Response:
    """One meeting. Raises Missing as long as it has no date."""
    meeting = await meeting_of(visit)
    sitting = meeting.sitting
    if meeting.row["starts"] is None:
        raise Missing("no-such-page")
    minutes = sum(int(one.get("minutes") or 0) for one in sitting.agenda)
    event = _event(visit, meeting.row, meeting.charter, timedelta(minutes=minutes))
    return _file(visit, sitting.title, [event], f"meeting-{sitting.id}.ics")


async def send_feed(visit: Visit) -> Response:
    """The meetings of an area, for staff: by their session, or by a token as the password."""
    person = await _reader(visit)
    if person is None:
        return Response(status_code=401, headers=ASK)
    site, code = visit.site, visit.path("code")
    if code != EVERYWHERE and code not in site.areas:
        raise Missing("no-such-page")
    person.must_hold(code)
    if person.actor.role not in OFFICES:
        raise Forbidden("wrong-role", role=person.actor.role, needed=sorted(OFFICES))
    rows = await site.views[SITTINGS].ask(
        "dated", prefixes=site.prefixes(code), since=clock.now() - PAST, most=MOST
    )
    events = [_event(visit, row, site.charters.at(row["charter"])) for row in rows]
    return _file(visit, _name(visit, code), events, f"meetings-{code}.ics")


async def send_public(visit: Visit) -> Response:
    """The meetings ahead of an area as everybody may know of them."""
    place = place_in(visit, visit.path("code"))
    prefixes = visit.site.prefixes(place.code)
    rows = await commons(visit).ask(
        "meetings ahead", prefixes=prefixes, since=clock.now(), most=MOST
    )
    events = [
        _event(visit, row, visit.site.charters.at(row["charter"]), to=f"/topics/{row['topic_id']}")
        for row in rows
    ]
    return _file(visit, _name(visit, place.code), events, f"meetings-{place.code}.ics")


async def _reader(visit: Visit) -> Person | None:
    """Who is logged in, or whose token was sent. Raises Forbidden for a token that is none."""
    if isinstance(visit.who, Person):
        return visit.who
    scheme, _, sent = visit.request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        token = base64.b64decode(sent, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (await bearer(visit.site, token)).must("read")


def _event(
    visit: Visit,
    row: Mapping[str, Any],
    charter: Charter,
    length: timedelta = timedelta(),
    to: str = "",
) -> Event:
    texts = visit.site.pages.texts.meeting
    url = visit.base + (to or f"/meetings/{row['consultation_id']}")
    form = visit.word(charter)(row["form"]) if row["form"] else ""
    told = texts.ics_about.format(place=visit.site.full_name(row["area"]), form=form)
    return Event(
        uid=f"{row['consultation_id']}@tongxin",
        starts=row["starts"],
        title=row["title"],
        place=row["place"] or "",
        about=f"{told}\n{url}",
        url=url,
        length=length,
        cancelled=row.get("state") == CANCELLED,
    )


def _name(visit: Visit, code: str) -> str:
    return f"{visit.area_name(code)} · {visit.site.pages.texts.meeting.calendar}"


def _file(visit: Visit, name: str, events: list[Event], file: str) -> Response:
    head = HEADERS | {"Content-Disposition": f"attachment; filename={file}"}
    text = calendar(name, events, clock.now())
    return Response(text, headers=head, media_type="text/calendar; charset=utf-8")
