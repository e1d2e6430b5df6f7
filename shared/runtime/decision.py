"""From what is asked and what is past to what should be written: no waiting, and no IO."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID, uuid5

from pydantic import BaseModel

from shared.kernel.decider import AnyDecider, Context
from shared.kernel.envelope import Envelope, Fact
from shared.kernel.errors import Forbidden, Invalid, Missing, Refused
from shared.kernel.message import SYSTEM, Actor, Command, Event
from shared.runtime import clock
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.draft import Fault
from shared.runtime.store import Append, Appended


@dataclass(frozen=True, slots=True)
class Asked:
    """A command with everything known about the asking of it.

    `revision` is that of the stream as the asker saw it, if the answer depends on having seen it.
    `charter` is that of the fact which led to the asking: a stream begun because of another lives
    under the same rules. `at` is the moment it is decided at, where that is told and not read from
    the clock.
    """

    command: Command
    actor: Actor
    id: UUID
    correlation: UUID
    revision: int | None = None
    charter: str | None = None
    at: datetime | None = None


class Decisions:
    """The decisions of one service: its deciders, under the charters, over the known areas."""

    def __init__(
        self,
        service: str,
        deciders: Iterable[AnyDecider],
        rules: type[BaseModel],
        charters: Charters,
        areas: Areas,
    ) -> None:
        self._service = service
        self._deciders = {asked: one for one in deciders for asked in one.asked()}
        self._rules = rules
        self._charters = charters
        self._areas = areas

    def stream(self, command: Command) -> UUID:
        """The stream a command goes to. Raises KeyError for a command of others."""
        return self._deciders[type(command)].stream(command)

    def check(self, charter_id: str, text: str) -> list[Fault]:
        """What is wrong with a draft of a charter, as far as this service's rules go."""
        return self._charters.check_text(charter_id, text, {self._service: self._rules})

    def on(
        self, asked: Asked, past: Sequence[Envelope], state: object | None = None
    ) -> Append | Appended:
        """What is to be written; or where it already stands. Raises a No.

        `state` is what the past folds to, for whoever kept it: then its data are not read again.
        """
        if seen := _seen(past, asked.id):
            return seen
        now = asked.at or clock.now()
        today = clock.today(now)
        command = self._placed(asked, today)
        decider = self._deciders[type(command)]
        area = self._area(decider, past, command, today)
        self._may(command, asked.actor, area, today)
        if asked.revision not in (None, len(past)):
            raise Refused("stale", seen=asked.revision, revision=len(past))

        if born := past[0].charter if past else asked.charter:
            charter = self._charters.at(born)
        else:
            charter = self._charters.current(area, today)
        rules = charter.rules(self._service, self._rules)
        if state is None:
            state = decider.fold(decider.events.parse(e.type, e.version, e.data) for e in past)
        contains = partial(self._areas.contains, on=today)
        said = decider.decide(command, state, Context(now, asked.actor, rules, contains))
        stream = decider.stream(command)
        if not said:
            return Appended(stream, past[-1].position if past else 0, len(past))
        return Append(
            stream=stream,
            category=decider.category,
            area=area,
            charter=charter.id,
            actor=str(asked.actor),
            expected=len(past),
            causation=asked.id,
            correlation=asked.correlation,
            at=now,
            facts=[_fact(asked.id, ordinal, event) for ordinal, event in enumerate(said)],
            claims=[claim for event in said for claim in decider.claims(event)],
        )

    def _placed(self, asked: Asked, today: date) -> Command:
        """The command; what the platform asks of itself takes place where that place lies now."""
        area: str | None = getattr(asked.command, "area", None)
        if asked.actor.role != SYSTEM or area is None:
            return asked.command
        if (now := self._areas.now(area, today)) == area:
            return asked.command
        return asked.command.model_copy(update={"area": now})

    def _area(
        self, decider: AnyDecider, past: Sequence[Envelope], command: Command, today: date
    ) -> str:
        """Where the stream lives; a command without `area` cannot start one."""
        asked: str | None = getattr(command, "area", None)
        if asked is not None and asked not in self._areas:
            raise Invalid("unknown-area", area=asked)
        if past and past[0].category == decider.category:
            return past[0].area
        if past or asked is None:
            name = f"{decider.category}_id"
            raise Missing(f"unknown-{decider.category}", **{name: getattr(command, name)})
        if not self._areas.in_force(asked, today):
            raise self._absent(asked, today)
        return asked

    def _absent(self, area: str, today: date) -> Invalid:
        """Nothing begins in an area that is no more, or is not yet."""
        life = self._areas.life(area, today)
        if life.since > today:
            return Invalid("future-area", area=area, since=life.since)
        successors = self._areas.successors(area, today)
        return Invalid("retired-area", area=area, until=life.until, successors=successors)

    def _may(self, command: Command, actor: Actor, area: str, today: date) -> None:
        if actor.role not in command.may:
            raise Forbidden("wrong-role", role=actor.role, needed=sorted(command.may))
        if not self._areas.contains(actor.area, area, today):
            raise Forbidden("wrong-place", area=area, yours=actor.area)


def _seen(past: Sequence[Envelope], command_id: UUID) -> Appended | None:
    """Where the facts of this very command stand already."""
    for fact in reversed(past):
        if fact.causation == command_id:
            return Appended(fact.stream, fact.position, fact.revision)
    return None


def _fact(command_id: UUID, ordinal: int, event: Event) -> Fact:
    data: bytes = event.__pydantic_serializer__.to_json(event)
    return Fact(uuid5(command_id, str(ordinal)), type(event).__name__, event.version, data)
