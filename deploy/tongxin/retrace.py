"""Finds out what was asked, from what was said.

The log keeps facts, not commands. But a command's facts bear its fields, so each command that its
aggregate answers is put together from them, and decided again on what was past, under the charter
of that time: where the very same facts come out, that is what was asked.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, product
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from shared.kernel.areas import EVERYWHERE
from shared.kernel.decider import AnyDecider, Context
from shared.kernel.envelope import Envelope
from shared.kernel.errors import No
from shared.kernel.message import Actor, Command, Event
from shared.runtime import clock

type Verdict = list[Event] | No


@dataclass(frozen=True)
class Step:
    """What one command said: its facts, and what they were decided on.

    `command` and `actor` are what it was, or None where nothing that could be put together says
    the same.
    """

    facts: Sequence[Envelope]
    events: Sequence[Event]
    state: Any
    command: Command | None
    actor: Actor


def decided(
    decider: AnyDecider, command: Command, state: object, now: datetime, actor: Actor, rules: object
) -> Verdict:
    """What comes of a command: facts, or a no."""
    try:
        said: list[Event] = decider.decide(command, state, Context(now, actor, rules))
    except No as no:
        return no
    return said


def steps(decider: AnyDecider, stream: Sequence[Envelope], rules: BaseModel) -> Iterator[Step]:
    """The life of one stream, command by command; then a last step that nothing was said of."""
    state = decider.initial
    for _, group in groupby(stream, key=lambda fact: fact.causation):
        facts = list(group)
        events = [decider.events.parse(one.type, one.version, one.data) for one in facts]
        command, actor = _asked(decider, facts, events, state, rules)
        yield Step(facts, events, state, command, actor)
        state = decider.fold(events, state)
    yield Step([], [], state, None, _actors(stream[-1], {}, state)[0])


def bare(decider: AnyDecider, first: Envelope) -> Iterator[Command]:
    """The commands that need no more than to know which stream is meant."""
    known = {f"{decider.category}_id": first.stream, "area": first.area}
    for asked in decider.asked():
        needed = {name for name, one in asked.model_fields.items() if one.is_required()}
        if needed <= known.keys():
            yield asked(**{name: known[name] for name in needed})


def _asked(
    decider: AnyDecider,
    facts: Sequence[Envelope],
    events: Sequence[Event],
    state: object,
    rules: BaseModel,
) -> tuple[Command | None, Actor]:
    known: dict[str, Any] = {}
    for event in reversed(events):
        known |= event.model_dump()
    first = facts[0]
    known |= {f"{decider.category}_id": first.stream, "area": first.area}
    actors = _actors(first, known, state)
    for command, actor in product(list(_commands(decider, known, state, first.at)), actors):
        if decided(decider, command, state, first.at, actor, rules) == events:
            return command, actor
    return None, actors[0]


def _commands(
    decider: AnyDecider, known: Mapping[str, Any], state: object, at: datetime
) -> Iterator[Command]:
    """Every command that can be put together.

    What no fact bears is looked for in the state, where it may be the first of several, and a
    moment is that of the fact. What need not be given may not have been.
    """
    for asked in decider.asked():
        fields = {name: known[name] for name in asked.model_fields if name in known}
        optional = []
        for name, field in asked.model_fields.items():
            if not field.is_required():
                optional += [name] if name in known else []
            elif name not in known:
                fields[name] = _held(state, name) or _now(field.annotation, at)
        for left_out in ([], *([name] for name in optional), optional):
            given = {name: one for name, one in fields.items() if name not in left_out}
            try:
                yield asked.model_validate(given)
            except ValidationError:
                continue


def _held(state: object, name: str) -> Any:
    several = getattr(state, f"{name}s", ())
    one = several[0] if isinstance(several, tuple) and several else None
    return getattr(state, name, one)


def _now(annotation: object, at: datetime) -> date | datetime | None:
    kinds = {annotation, *get_args(annotation)}
    if datetime in kinds:
        return at
    return clock.today(at) if date in kinds else None


def _actors(fact: Envelope, known: Mapping[str, Any], state: object) -> list[Actor]:
    """Whom it may have been: the log knows the person and the role, not always the office."""
    who, _, role = fact.actor.rpartition("/")
    units = [str(known.get("unit", "")), str(getattr(state, "unit", "") or ""), ""]
    places = (fact.area, EVERYWHERE)
    return [Actor(who, role, place, unit) for unit in dict.fromkeys(units) for place in places]
