"""How a table of steps becomes the forms that are offered on a matter's page."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from services.portal.pages.facts import Story, Thread
from shared.kernel.message import Actor

OPENINGS = ("LeadSubmitted", "TopicProposed", "AssignmentOpened", "AssignmentArbitrated")
"""What says whose a stream is."""

Given = dict[str, Any]
"""What a form starts with. Values under 'given' may be changed, all others are fixed.

Values under 'told' are no part of the form: they tell it from others of its name. 'because' is a
fact that led to it.
"""


APART = ("given", "told", "because")
"""What is no value of the command."""

BEFORE_THE_END = frozenset({"research", "consultation"})
"""Streams in which nothing is to be done any more once the topic has come to its end."""


@dataclass(frozen=True)
class Scene:
    """A matter as it stands: what was said, and the rules it lives under."""

    story: Story
    rules: Mapping[str, Any]

    def rule(self, path: str) -> list[str]:
        """The list at a path of the charter: 'topics.approved_by', 'meetings.forms.form'."""
        found: Any = self.rules
        for name in path.split("."):
            found = [one[name] for one in found] if isinstance(found, list) else found[name]
        return list(found)


Each = Callable[[Thread, Scene], Iterator[Given]]


def its_stream(thread: Thread, _scene: Scene) -> Iterator[Given]:
    """Once, with nothing but the stream it goes to."""
    yield {f"{thread.category}_id": str(thread.stream)}


@dataclass(frozen=True)
class Step:
    """One row of the table.

    It is offered on a stream once all of `after` was said there, until one of `until` was said;
    what is in `again` opens it anew. `each` offers it several times, with different values.
    `mine` names the fields of the stream's opening that hold whose step it is; who holds a role in
    `trusted` may take it for them. `choices` and `keys` name lists of the charter, for a free field
    or for the keys of a table; `members` are fields that hold members of the county. `side` steps
    are possible, but nobody waits for them.
    """

    service: str
    command: str
    on: str
    after: Sequence[str] = ()
    until: Sequence[str] = ()
    again: Sequence[str] = ()
    each: Each = its_stream
    mine: Sequence[str] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    members: Sequence[str] = ()
    trusted: Sequence[str] = ()
    side: bool = False

    def is_due(self, thread: Thread) -> bool:
        """Whether it is this stream's turn."""
        if not all(thread.said(name) for name in self.after):
            return False
        return thread.last(*self.until) <= thread.last(*self.again)


@dataclass(frozen=True)
class Offer:
    """A step that may be taken now, by whom it concerns, with the values its form starts with."""

    step: Step
    stream: UUID
    fixed: Given
    given: Given
    whose: frozenset[str]
    """Accounts, units or roles; empty: whoever has the role."""

    told: Sequence[str] = ()
    """What tells it from others of its name, beside what is fixed."""

    because: Given = field(default_factory=dict)
    """What the fact says that led to it, where one did."""

    @property
    def key(self) -> str:
        """Tells this offer from the others on the page."""
        told = [str(value) for value in self.fixed.values()]
        return "_".join([self.step.command, *told])

    @property
    def turn(self) -> str:
        """The command, the stream, and the body, group or item it is about: as a list names it."""
        about = (self.fixed[name] for name in ("body", "to", "item_no") if name in self.fixed)
        return f"{self.step.command}:{self.stream}:{next(about, '')}"

    def is_for(self, actor: Actor) -> bool:
        """Whether it concerns this actor, the role apart; party offices speak for themselves."""
        if self.whose and not {actor.id, actor.unit, actor.role} & self.whose:
            return False
        return actor.role != "party" or self.fixed.get("body", actor.unit) == actor.unit


def offers(steps: Sequence[Step], scene: Scene) -> list[Offer]:
    """Every step that is due as things stand, whoever is to take it."""
    left_alone = BEFORE_THE_END if scene.story.is_over else ()
    return [
        _offer(step, thread, values)
        for step in steps
        if step.on not in left_alone
        for thread in scene.story.of_kind(step.on)
        if step.is_due(thread)
        for values in step.each(thread, scene)
    ]


def _offer(step: Step, thread: Thread, values: Given) -> Offer:
    fixed = {name: value for name, value in values.items() if name not in APART}
    opened = thread.said(
        "LeadSubmitted", "TopicProposed", "AssignmentOpened", "AssignmentArbitrated"
    )
    whose = [opened[-1].data[name] for name in step.mine if opened]
    names = {one for who in whose for one in (who if isinstance(who, list) else [who])}
    whose_it_is = frozenset({*names, *step.trusted} if names else ())
    return Offer(
        step,
        thread.stream,
        fixed,
        values.get("given", {}),
        whose_it_is,
        values.get("told", ()),
        values.get("because", {}),
    )
