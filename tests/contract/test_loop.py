"""The loop closes by facts: the demo's matters, told to all deciders and policies in one process.

No server is needed to see it: what one service says is heard by the others at once.
"""

from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import pytest

from deploy.tongxin.story import Matter, read
from shared.kernel.areas import EVERYWHERE
from shared.kernel.envelope import Envelope
from shared.kernel.errors import No
from shared.kernel.message import SYSTEM, Actor
from shared.kernel.policy import hear
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.decision import Asked, Decisions
from shared.runtime.store import Append
from tests.contract.golden import deciders
from tests.contract.test_promises import module, policies
from tests.platform import people

CHARTERS = Charters(Path("deploy/charters"))
AREAS = Areas.read(Path("deploy/areas.csv"))
POLICIES = list(policies())
ACTING = ("topics", "meetings", "outcomes", "notify", "exchange")
DECISIONS = {
    service: Decisions(
        service, deciders(service), module(service, "app").app.rules, CHARTERS, AREAS
    )
    for service in ACTING
}


@dataclass
class World:
    """All services at once. A fact is heard everywhere before anybody asks the next thing."""

    streams: dict[tuple[str, UUID], list[Envelope]] = field(default_factory=dict)
    unheard: deque[tuple[str, Envelope]] = field(default_factory=deque)

    def tell(self, matter: Matter) -> list[tuple[str, str]]:
        """Ask all that a matter consists of; the steps that were not answered as foreseen."""
        surprises = []
        for step in matter.steps:
            unsealed = dict.fromkeys({"words", "contact"} & step.data.keys(), "")
            command = step.command.model_validate(step.data | unsealed)
            try:
                self._ask(step.service, Asked(command, people()[step.who], step.id, step.id))
                answer = ""
            except No as no:
                answer = no.code
            if answer != step.refused:
                surprises.append((step.command.__name__, answer))
            while self.unheard:
                self._hear(*self.unheard.popleft())
        return surprises

    def said(self, event: str) -> int:
        """How often something was said, but for what others are told of it."""
        return sum(
            fact.type == event
            for (service, _), stream in self.streams.items()
            for fact in stream
            if service != "exchange"
        )

    def _ask(self, service: str, asked: Asked) -> None:
        decisions = DECISIONS[service]
        past = self.streams.setdefault((service, decisions.stream(asked.command)), [])
        new = decisions.on(asked, list(past))
        if isinstance(new, Append):
            for fact in _recorded(new):
                past.append(fact)
                self.unheard.append((service, fact))

    def _hear(self, source: str, fact: Envelope) -> None:
        for service, policy in POLICIES:
            if (policy.hears.source, policy.hears.__name__) == (source, fact.type):
                itself = Actor(f"{service}:{policy.name}", SYSTEM, EVERYWHERE)
                for n, command in enumerate(policy.commands(hear(policy.hears, fact))):
                    command_id = policy.command_id(fact.id, n)
                    self._ask(service, Asked(command, itself, command_id, fact.correlation))


def _recorded(new: Append) -> list[Envelope]:
    return [
        Envelope(
            position=0, stream=new.stream, category=new.category, revision=new.expected + n,
            id=fact.id, type=fact.type, version=fact.version, area=new.area, charter=new.charter,
            actor=new.actor, at=new.at, causation=new.causation, correlation=new.correlation,
            data=fact.data,
        )
        for n, fact in enumerate(new.facts, start=1)
    ]  # fmt: skip


@pytest.mark.parametrize("matter", read("loop"), ids=lambda matter: matter.key)
def test_every_matter_of_the_demo_goes_as_foreseen_and_no_policy_is_refused(
    matter: Matter,
) -> None:
    world = World()
    assert [] == world.tell(matter)
    ends = "PersonalAppealTransferred" if matter.key == "appeal" else "TopicClosed"
    assert 1 == world.said(ends)


def test_a_reply_that_does_not_hold_goes_round_once_more() -> None:
    world = World()
    world.tell(next(matter for matter in read("loop") if matter.key == "weizi"))
    assert 1 == world.said("HandlingRejected") == world.said("AssignmentReturned")
    assert 3 == world.said("HandlingReplied") == world.said("DeadlineMet")
    assert 6 == world.said("FollowUpScheduled")
    assert 5 == world.said("FollowUpConducted")
    assert 1 == world.said("DeadlineLifted")
    assert 4 == world.said("DeadlineSet")
