"""What services promise one another, and what the past may rely on.

Services share no code: what one says and another hears meets here, in the golden files.
"""

import importlib
import importlib.util
import pkgutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from pydantic_core import from_json, to_json

from shared.kernel.decider import AnyDecider
from shared.kernel.envelope import Envelope
from shared.kernel.message import SYSTEM, Heard
from shared.kernel.policy import AnyPolicy, hear
from tests.contract.golden import FOLDER, SERVICES, Golden, decider_of, deciders, expected

ID = UUID("01960000-0000-7000-8000-00000000000f")
KNOWN = {"area", "at", "fact_id", "position"}  # What the envelope adds to what is heard.

GOLDEN = [golden for golden in expected() if golden.path.exists()]
DECIDERS = [decider for service in SERVICES for decider in deciders(service)]


def module(service: str, name: str) -> Any:
    """A module that a service may have."""
    path = f"services.{service}.{name}"
    return importlib.import_module(path) if importlib.util.find_spec(path) else None


def heard_by(service: str) -> list[Any]:
    """The module that names what a service hears, or the modules of a folder."""
    heard = module(service, "heard")
    found = pkgutil.iter_modules(getattr(heard, "__path__", ()))
    return [heard, *(module(service, f"heard.{part.name}") for part in found)]


def listeners() -> Iterator[tuple[str, type[Heard]]]:
    """Every fact that a service declares it hears."""
    heard = [(service, part) for service in SERVICES for part in heard_by(service)]
    for service, part in heard:
        for name, cls in vars(part).items():
            if not name.startswith("_") and hasattr(cls, "source") and issubclass(cls, Heard):
                yield service, cls


def policies() -> Iterator[tuple[str, AnyPolicy]]:
    """Every policy of every service."""
    for service in SERVICES:
        for policy in getattr(module(service, "policies"), "POLICIES", ()):
            yield service, policy


def said(cls: type[Heard]) -> list[Golden]:
    """Every version of what a listener hears."""
    return [g for g in GOLDEN if (g.service, g.event) == (cls.source, cls.__name__)]


def envelope(golden: Golden) -> Envelope:
    """The fact on the wire, said by a newer speaker: with a field nobody here knows."""
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    data = to_json(from_json(golden.data) | {"from_a_newer_version": True})
    return Envelope(
        position=1, stream=ID, category=decider_of(golden).category, revision=1, id=ID,
        type=golden.event, version=golden.version, area="511623100013", charter="511623@1",
        actor="lin/convenor", at=at, causation=ID, correlation=ID, data=data,
    )  # fmt: skip


HEARD = [
    pytest.param(cls, golden, id=f"{service} hears {golden}")
    for service, cls in listeners()
    for golden in said(cls)
]
REACTIONS = [
    pytest.param(service, policy, golden, id=f"{service}.{policy.name} hears {golden}")
    for service, policy in policies()
    for golden in said(policy.hears)
]


def test_a_service_says_once_what_it_hears_of_a_fact() -> None:
    heard = Counter((service, cls.source, cls.__name__) for service, cls in set(listeners()))
    assert [] == [fact for fact, times in heard.items() if times > 1]


def test_every_version_of_every_event_has_its_golden_file() -> None:
    assert [] == [str(golden) for golden in expected() if not golden.path.exists()]


def test_every_golden_file_is_of_an_event() -> None:
    strays = set(FOLDER.rglob("*")) - {golden.path for golden in expected()}
    assert [] == [str(path.relative_to(FOLDER)) for path in strays if path.is_file()]


@pytest.mark.parametrize("golden", GOLDEN, ids=str)
def test_every_version_still_reads(golden: Golden) -> None:
    events = decider_of(golden).events
    event = events.parse(golden.event, golden.version, golden.data)
    lifted = events.lift(golden.event, golden.version, golden.data)
    assert from_json(lifted) == from_json(to_json(event))


@pytest.mark.parametrize(
    ("service", "cls"), [pytest.param(s, c, id=f"{s} hears {c.__name__}") for s, c in listeners()]
)
def test_what_is_heard_is_said(service: str, cls: type[Heard]) -> None:
    speakers = [d for d in deciders(cls.source) if cls.__name__ in d.events.classes]
    assert 1 == len(speakers), f"{cls.source} never says {cls.__name__}"
    promised = set(speakers[0].events.classes[cls.__name__].model_fields)
    assert set() == cls.model_fields.keys() - promised - KNOWN


@pytest.mark.parametrize(("cls", "golden"), HEARD)
def test_a_listener_understands_every_version(cls: type[Heard], golden: Golden) -> None:
    fact = hear(cls, envelope(golden))
    today = from_json(decider_of(golden).events.lift(golden.event, golden.version, golden.data))
    understood = from_json(to_json(fact))
    told = {name: today[name] for name in understood.keys() & today.keys()}
    assert _only(understood, told) == {name: understood[name] for name in told}


def _only(shape: Any, value: Any) -> Any:
    """The value without what the listener leaves out."""
    if isinstance(shape, dict) and isinstance(value, dict):
        return {name: _only(shape[name], value[name]) for name in value if name in shape}
    if isinstance(shape, list) and isinstance(value, list):
        return [_only(one, other) for one, other in zip(shape, value, strict=True)]
    return value


@pytest.mark.parametrize(("service", "policy", "golden"), REACTIONS)
def test_a_policy_reacts_to_every_version(service: str, policy: AnyPolicy, golden: Golden) -> None:
    answered = {cls for decider in deciders(service) for cls in decider.asked()}
    for command in policy.commands(hear(policy.hears, envelope(golden))):
        assert type(command) in answered
        assert SYSTEM in command.may


def test_every_policy_hears_something_that_is_said() -> None:
    assert [] == [policy.name for _, policy in policies() if not said(policy.hears)]


def test_no_two_policies_of_a_service_bear_the_same_name() -> None:
    names = [(service, policy.name) for service, policy in policies()]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("decider", DECIDERS, ids=lambda decider: decider.category)
def test_evolve_survives_any_three_facts_in_any_order(decider: AnyDecider) -> None:
    facts = [
        decider.events.parse(golden.event, golden.version, golden.data)
        for golden in GOLDEN
        if decider_of(golden) is decider
    ]
    for three in product(facts, repeat=3):
        decider.fold(three)
