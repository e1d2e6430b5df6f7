"""Anything that may be asked of an aggregate: commands made of what the golden files hold.

Every field of a command takes values that facts of the service have under that name, the small
values of its type, and some plain ones; whatever its type does not allow is left out.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from services.outcomes.rules import OutcomeRules
from shared.kernel.areas import EVERYWHERE
from shared.kernel.decider import AnyDecider
from shared.kernel.message import Actor, Command, Event
from shared.runtime.charter import Charters
from tests.contract.golden import FOLDER as GOLDEN
from tests.contract.golden import SERVICES, Golden, deciders
from tests.drafts import FOLDER, MODELS
from tests.spec import HERE

PLAIN = (
    "甲", "乙", "1", "", "511623100013", HERE, 0, 1, 2, 3, 50, 100, True, False, None, [], {},
    "2025-06-01", "2026-03-02", "2026-03-05", "2026-05-31", "2027-01-15",
    "2025-06-01T09:00:00Z", "2026-03-02T08:00:00Z", "2026-03-03T09:00:00Z", "2026-06-02T09:00:00Z",
    "01960000-0000-7000-8000-0000000000a1", "01960000-0000-7000-8000-0000000000a2",
)  # fmt: skip
KEPT = 12
"""Values of one field."""


@dataclass(frozen=True)
class Aggregate:
    """One aggregate of a service; its tests are named by it."""

    service: str
    decider: AnyDecider

    def __str__(self) -> str:
        return f"{self.service}/{self.decider.category}"


def aggregates() -> list[Aggregate]:
    """All there are, from the deciders themselves."""
    return [Aggregate(service, one) for service in SERVICES for one in deciders(service)]


@cache
def charters(service: str) -> tuple[Any, ...]:
    """The rules of the service in every charter that is deployed, and with all switched on."""
    read = Charters(FOLDER, MODELS)
    names = sorted(f"{path.parent.name}@{path.stem}" for path in FOLDER.glob("*/*.toml"))
    rules = [read.at(name).rules(service, MODELS[service]) for name in names]
    return (*rules, *(_switched_on(one) for one in rules if isinstance(one, OutcomeRules)))


def _switched_on(rules: OutcomeRules) -> OutcomeRules:
    """Referrals to the discipline body are off in every charter that is deployed."""
    return rules.model_copy(update={"referral": rules.referral.model_copy(update={"active": True})})


def facts(aggregate: Aggregate) -> list[Event]:
    """A good example of each of its events."""
    return [
        cls.model_validate_json(Golden(aggregate.service, name, cls.version).data)
        for name, cls in aggregate.decider.events.classes.items()
    ]


@dataclass(frozen=True)
class Asker:
    """What may be asked of one aggregate, and by whom."""

    aggregate: Aggregate

    def commands(self, rules: Any) -> list[Command]:
        """Some of every kind. Raises AssertionError where none of a kind can be made."""
        made = [c for cls in self.aggregate.decider.asked() for c in self._some(cls, rules)]
        assert {type(c) for c in made} == set(self.aggregate.decider.asked()), "a kind is missing"
        return made

    def actor(self, command: Command, chance: Random, rules: Any) -> Actor:
        """Somebody whose role may ask this, of any name and any office."""
        held = known(self.aggregate.service, rules)
        names = [
            "anyone",
            "public",
            *(one for one in held.get("actor", ()) if isinstance(one, str)),
        ]
        offices = [one for key in OFFICES for one in held.get(key, ()) if isinstance(one, str)]
        unit = chance.choice(["", *offices, *_own(command)])
        area = EVERYWHERE if self.aggregate.decider.category in FOR_ALL else HERE
        return Actor(chance.choice(names), chance.choice(sorted(command.may)), area, unit)

    def _some(self, cls: type[Command], rules: Any) -> Iterator[Command]:
        chance = Random(cls.__name__)
        values = {
            name: self._values(name, field, rules) for name, field in cls.model_fields.items()
        }
        for _ in range(KEPT * 2):
            try:
                yield cls(**{name: chance.choice(some) for name, some in values.items()})
            except ValidationError:  # Fields that do not go together.
                continue

    def _values(self, name: str, field: FieldInfo, rules: Any) -> list[Any]:
        held = known(self.aggregate.service, rules)
        if name == f"{self.aggregate.decider.category}_id":
            return [one for one in held[name] if one][:1]
        return _allowed(name, field, held)


FOR_ALL = ("operation",)
"""What only those may ask who act for all areas."""

OFFICES = (
    "unit",
    "agency_id",
    "lead_unit",
    "body",
    "to",
    "to_unit",
    "assessor",
    "approver",
    "issuers",
    "bodies",
)
PEOPLE = ("proposer", "submitter", "drafter", "account", "voter", "handlers", "accounts", "by")


def _own(command: Command) -> list[str]:
    told = command.model_dump(mode="json")
    return [told[key] for key in OFFICES if isinstance(told.get(key), str)]


@cache
def _known(service: str, said: str) -> Mapping[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for path in sorted((GOLDEN / service).glob("*.json")):
        _gather(json.loads(path.read_bytes()), "", found)
    _gather(json.loads(said), "", found)
    people = [one for key in PEOPLE for one in found.get(key, ()) if isinstance(one, str)]
    return found | {"actor": list(dict.fromkeys(people))}


def known(service: str, rules: BaseModel) -> Mapping[str, list[Any]]:
    """What stands under each name in the facts of a service, and in its rules."""
    return _known(service, rules.model_dump_json())


def _gather(value: Any, name: str, found: dict[str, list[Any]]) -> None:
    kept = found.setdefault(name, [])
    if value not in kept:
        kept.append(value)
    for key, inner in value.items() if isinstance(value, dict) else ():
        _gather(inner, key, found)
    for inner in value if isinstance(value, list) else ():
        _gather(inner, name, found)


def _allowed(name: str, field: FieldInfo, held: Mapping[str, list[Any]]) -> list[Any]:
    """The values of a field; several of one thing are also tried as a list."""
    adapter: TypeAdapter[Any] = TypeAdapter(
        Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    )
    under = [*held.get(name, ()), *held.get(f"{name}s", ()), *held.get(name.rstrip("s"), ())]
    tried = [*under, under[:3], under[:1], *_small(field.annotation, held), *PLAIN]
    fine: list[Any] = []
    for raw in tried:
        try:
            value = adapter.validate_python(raw)
        except ValidationError:
            continue
        if value not in fine:
            fine.append(value)
    return fine[:KEPT] if field.is_required() else [*fine[: KEPT - 1], field.get_default()]


def _small(annotation: Any, held: Mapping[str, list[Any]]) -> Iterator[Any]:
    """The small values in a type, and models made of known values, alone and in a row."""
    annotation = getattr(annotation, "__value__", annotation)
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        parts = {n: _allowed(n, f, held) for n, f in annotation.model_fields.items()}
        for n in range(3):
            yield {key: some[n % len(some)] for key, some in parts.items() if some}
    else:
        for inner in get_args(annotation):
            several = list(_small(inner, held))
            yield from several
            yield from ([value] for value in several)
            yield several[:2]
