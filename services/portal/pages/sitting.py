"""One consultation as its pages show it, from the facts of its own stream."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID, uuid5

from services.portal.pages.facts import Fact, Thread

Phase = Literal["planned", "scheduled", "open", "held", "cancelled"]

NEEDED = ("masses", "unit")
"""Sides without which no meeting opens."""


@dataclass(frozen=True)
class Side:
    """An office or group that is there, with so many people; or one member, by id."""

    kind: str
    name: str
    people: int
    member_id: str
    at: datetime


@dataclass(frozen=True)
class Point:
    """The last word on one item of the record."""

    no: int
    text: str
    agreed: bool
    general: bool
    unit: str
    at: datetime


@dataclass(frozen=True)
class Promise:
    """What a unit promised on the spot."""

    unit: str
    promise: str
    due: date


@dataclass(frozen=True)
class Sitting:
    """A consultation. What was prepared stands through a delay; who came does not."""

    thread: Thread

    @property
    def id(self) -> UUID:
        """The consultation."""
        return self.thread.stream

    @property
    def outcome_id(self) -> UUID:
        """What will come of it; the id follows from this one."""
        return uuid5(self.id, "outcome")

    @property
    def planned(self) -> Fact:
        """What it began with, once its topic was approved."""
        return self.thread.said("ConsultationPlanned")[0]

    @property
    def title(self) -> str:
        """What is consulted on."""
        return str(self.planned.data["title"])

    @property
    def topic_id(self) -> UUID:
        """The matter it belongs to."""
        return UUID(self.planned.data["topic_id"])

    @property
    def phase(self) -> Phase:
        """How far it is."""
        if self.thread.said("MeetingHeld"):
            return "held"
        if self.thread.said("ConsultationCancelled"):
            return "cancelled"
        if self.thread.said("ConsultationOpened"):
            return "open"
        return "scheduled" if self.announced else "planned"

    @property
    def announced(self) -> Mapping[str, Any]:
        """Time, place, form and mode as they are fixed now; empty without a date."""
        return self._data("ConsultationScheduled", since_delay=True)

    @property
    def starts(self) -> datetime | None:
        """When it begins."""
        text = self.announced.get("starts")
        return datetime.fromisoformat(text) if text else None

    @property
    def notice(self) -> Fact | None:
        """That the parties were told beforehand of this date."""
        return self._last("PriorNoticeGiven", since_delay=True)

    @property
    def parties(self) -> Sequence[Mapping[str, str]]:
        """Who must be heard."""
        return list(self._data("PartiesDetermined").get("parties", ()))

    @property
    def work_plan(self) -> Mapping[str, str]:
        """The work plan, by field."""
        return dict(self._data("WorkPlanIssued").get("fields", {}))

    @property
    def agenda(self) -> Sequence[Mapping[str, Any]]:
        """What is dealt with in which order."""
        return list(self._data("AgendaSet").get("items", ()))

    @property
    def at_item(self) -> Fact | None:
        """The item of the agenda that is on."""
        return self._last("AgendaItemBegun")

    @property
    def invitations(self) -> Sequence[Fact]:
        """Who was asked to come by telephone, letter or in person."""
        return self.thread.said("InvitationRecorded")

    @property
    def room(self) -> str:
        """The room that was noted for it, unless it was taken back."""
        last = self._last("VenueNoted", "VenueDropped")
        return str(last.data["name"]) if last and last.type == "VenueNoted" else ""

    @property
    def research(self) -> Sequence[Fact]:
        """The reports that were noted."""
        return self.thread.said("ResearchNoted")

    @property
    def opened(self) -> Fact | None:
        """When it began."""
        return self._last("ConsultationOpened")

    @property
    def held(self) -> Mapping[str, Any]:
        """The signed record; empty before."""
        return self._data("MeetingHeld")

    @property
    def here(self) -> list[Side]:
        """Who came, each with the last count; in the order in which they came."""
        sides: dict[tuple[str, str, str], Side] = {}
        for fact in self.thread.said("AttendeeCheckedIn"):
            if fact.revision > self._delayed:
                kind, name, people = (fact.data[key] for key in ("kind", "name", "people"))
                member = fact.data.get("member_id") or ""
                sides[kind, name, member] = Side(kind, name, people, member, fact.at)
        return list(sides.values())

    @property
    def people(self) -> dict[str, int]:
        """How many came, by kind."""
        counts: dict[str, int] = {}
        for side in self.here:
            counts[side.kind] = counts.get(side.kind, 0) + side.people
        return counts

    @property
    def absent(self) -> list[str]:
        """Kinds that are missing before it may open."""
        return [kind for kind in NEEDED if not self.people.get(kind)]

    @property
    def awaited(self) -> list[Mapping[str, str]]:
        """Parties that are not there yet, by their name or as their kind."""
        names = {(side.kind, side.name) for side in self.here}
        return [one for one in self.parties if (one["kind"], one["name"]) not in names]

    @property
    def statements(self) -> Sequence[Fact]:
        """What was said, in order."""
        return self.thread.said("StatementRecorded")

    @property
    def points(self) -> list[Point]:
        """The items of the record by number, with the last word on each."""
        last = {
            fact.data["item_no"]: fact
            for fact in self.thread.said("ConsensusRecorded", "DissentRecorded")
        }
        return [_point(last[no]) for no in sorted(last)]

    @property
    def promises(self) -> list[Promise]:
        """What units promised on the spot."""
        return [
            Promise(fact.data["unit"], fact.data["promise"], date.fromisoformat(fact.data["due"]))
            for fact in self.thread.said("CommitmentMade")
        ]

    @property
    def _delayed(self) -> int:
        last = self._last("ConsultationPostponed")
        return last.revision if last else 0

    def _last(self, *types: str, since_delay: bool = False) -> Fact | None:
        least = self._delayed if since_delay else 0
        said = [fact for fact in self.thread.said(*types) if fact.revision > least]
        return said[-1] if said else None

    def _data(self, *types: str, since_delay: bool = False) -> Mapping[str, Any]:
        last = self._last(*types, since_delay=since_delay)
        return last.data if last else {}


def _point(fact: Fact) -> Point:
    return Point(
        no=fact.data["item_no"],
        text=fact.data["text"],
        agreed=fact.type == "ConsensusRecorded",
        general=fact.data["general"],
        unit=fact.data.get("unit", ""),
        at=fact.at,
    )
