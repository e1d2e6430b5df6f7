"""Meetings as calendars read them (RFC 5545). All times are in UTC: no time zone is described."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

OCTETS_MAX = 75
"""Of a line, without its end; what is longer goes on in the next after a space (3.1)."""

ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class Event:
    """One meeting. Without a `length` nobody has said how long it takes."""

    uid: str
    starts: datetime
    title: str
    place: str
    about: str
    url: str
    length: timedelta = timedelta()
    cancelled: bool = False


def calendar(name: str, events: Iterable[Event], now: datetime) -> str:
    """A calendar of that name."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tongxin//Meetings//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        *(line for one in events for line in _event(one, now)),
        "END:VCALENDAR",
    ]
    return "".join(part + "\r\n" for line in lines for part in _folded(line))


def _event(event: Event, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_moment(now)}"
    yield f"DTSTART:{_moment(event.starts)}"
    if event.length:
        yield f"DURATION:PT{event.length // timedelta(minutes=1)}M"
    yield f"SUMMARY:{_text(event.title)}"
    if event.place:
        yield f"LOCATION:{_text(event.place)}"
    yield f"DESCRIPTION:{_text(event.about)}"
    yield f"URL:{event.url}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """Signs with a meaning of their own are marked (3.3.11); other control signs are left out."""
    return "".join(sign for sign in text.translate(ESCAPED) if sign.isprintable() or sign == "\t")


def _folded(line: str) -> Iterator[str]:
    """A line in parts of at most so many octets; no sign is cut in two."""
    part, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > OCTETS_MAX:
            yield part
            part, size = " ", 1
        part, size = part + sign, size + octets
    yield part
