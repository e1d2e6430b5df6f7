"""All services' deciders and policies in one process and in memory: no server, no view, no tick."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from deploy.tongxin.home import SERVICES
from deploy.tongxin.mend import app_of
from deploy.tongxin.world.told import Told
from shared.kernel.areas import EVERYWHERE, contains
from shared.kernel.decider import AnyDecider, Context
from shared.kernel.envelope import Envelope
from shared.kernel.errors import No, Refused
from shared.kernel.message import SYSTEM, Actor, Command
from shared.kernel.policy import AnyPolicy, hear
from shared.runtime.charter import Charters


@dataclass
class Stream:
    """Where one aggregate stands, where it lies, and the charter it was born under."""

    state: Any
    area: str
    charter: str
    revision: int = 0


@dataclass
class Memory:
    """Facts by type, refusals, and the streams they made."""

    charters: Charters
    streams: dict[tuple[str, UUID], Stream] = field(default_factory=dict)
    facts: list[tuple[str, Envelope]] = field(default_factory=list)
    refused: list[tuple[Told, No]] = field(default_factory=list)
    turned_down: Counter[str] = field(default_factory=Counter)

    def tell(self, steps: Iterable[Told]) -> None:
        """Each step, then all that follows from it. A refusal nobody foresaw is raised."""
        for step in steps:
            try:
                self._ask(step.service, step.command, step.actor, step.id, step.at, "")
            except No as no:
                if no.code != step.refused:
                    raise AssertionError(f"{no} at {step}") from no
                self.refused.append((step, no))
            else:
                assert not step.refused, f"accepted: {step}"

    def count(self, type_: str) -> int:
        """How many facts of that type there are; exchange only tells them again."""
        return sum(fact.type == type_ for service, fact in self.facts if service != "exchange")

    def of_county(self, code: str) -> Counter[str]:
        """How many facts of each type a county has; exchange only tells them again."""
        return Counter(
            fact.type for service, fact in self.facts
            if service != "exchange" and fact.area.startswith(code)
        )  # fmt: skip

    def _ask(
        self, service: str, command: Command, actor: Actor, id_: UUID, at: datetime, charter: str
    ) -> None:
        decider = _deciders()[service][type(command)]
        stream = self._stream(service, decider, command, at, charter)
        assert actor.role in command.may, (actor, command)
        assert contains(actor.area, stream.area), (actor, command)
        rules = self.charters.at(stream.charter).rules(service, app_of(service).rules)
        said = decider.decide(command, stream.state, Context(at, actor, rules))
        if said:
            self.streams[service, decider.stream(command)] = stream
        for ordinal, event in enumerate(said):
            stream.state = decider.evolve(stream.state, event)
            stream.revision += 1
            self._said(
                service,
                Envelope(
                    position=len(self.facts) + 1,
                    stream=decider.stream(command),
                    category=decider.category,
                    revision=stream.revision,
                    id=uuid5(id_, str(ordinal)),
                    type=type(event).__name__,
                    version=event.version,
                    area=stream.area,
                    charter=stream.charter,
                    actor=str(actor),
                    at=at,
                    causation=id_,
                    correlation=id_,
                    data=event.__pydantic_serializer__.to_json(event),
                ),
            )

    def _stream(
        self, service: str, decider: AnyDecider, command: Command, at: datetime, charter: str
    ) -> Stream:
        found = self.streams.get((service, decider.stream(command)))
        if found:
            return found
        area = getattr(command, "area", None)
        if area is None:
            raise Refused(f"unknown-{decider.category}")
        return Stream(decider.initial, area, charter or self.charters.current(area, at.date()).id)

    def _said(self, service: str, fact: Envelope) -> None:
        self.facts.append((service, fact))
        for at_service, policy in _listeners()[service, fact.type]:
            asked = policy.commands(hear(policy.hears, fact))
            for ordinal, command in enumerate(asked):
                id_ = policy.command_id(fact.id, ordinal)
                try:
                    self._ask(
                        at_service,
                        command,
                        Actor(policy.name, SYSTEM, EVERYWHERE),
                        id_,
                        fact.at,
                        fact.charter,
                    )
                except No as no:
                    self.turned_down[f"{policy.name}: {no.code}"] += 1


@cache
def _deciders() -> dict[str, dict[type[Command], AnyDecider]]:
    return {
        service: {asked: one for one in app_of(service).deciders for asked in one.asked()}
        for service in SERVICES
    }


@cache
def _listeners() -> dict[tuple[str, str], list[tuple[str, AnyPolicy]]]:
    found = defaultdict(list)
    for service in SERVICES:
        for policy in app_of(service).policies:
            found[policy.hears.source, policy.hears.__name__].append((service, policy))
    return found
