"""The life of a publication (公开事项).

nothing ──publish──▶ held back ◀──┐
   │                  │     └─────┴── publish, what does not make it public
   └──────────────────┴── publish, what makes it public: all is said ──▶ public ◀──┐
                                                                          └────────┴── publish
"""

from dataclasses import dataclass, replace
from datetime import datetime

from services.exchange.domain.publication import commands as asked
from services.exchange.domain.publication import events as said
from services.exchange.rules import ExchangeRules
from services.exchange.words import OPENING
from shared.kernel.decider import Context, Decider


@dataclass(frozen=True)
class Nothing:
    """Nothing was heard of the matter."""


@dataclass(frozen=True)
class HeldBack:
    """What will be said in this order once the matter is public."""

    facts: tuple[said.FactHeldBack, ...] = ()


@dataclass(frozen=True)
class Public:
    """Everybody may know of it."""


type Publication = Nothing | HeldBack | Public


def evolve(publication: Publication, event: said.PublicationEvent) -> Publication:
    """The publication after one more fact."""
    match publication, event:
        case Nothing(), said.FactHeldBack() as e:
            return HeldBack((e,))
        case HeldBack() as p, said.FactHeldBack() as e:
            return replace(p, facts=(*p.facts, e))
        case _, said.FactHeldBack():
            return publication
        case _:
            return Public()


def decide(
    command: asked.PublishFact, publication: Publication, _ctx: Context[ExchangeRules]
) -> list[said.PublicationEvent]:
    """What may happen when."""
    match publication:
        case Public():
            return [_aloud(_held_back(command))]
        case _ if command.kind not in OPENING:
            return [_held_back(command)]
        case HeldBack() as p:
            return _all_of_it(*p.facts, _held_back(command))
        case _:
            return _all_of_it(_held_back(command))


def _all_of_it(*facts: said.FactHeldBack) -> list[said.PublicationEvent]:
    """As it happened: facts of several services do not arrive in that order."""
    return [_aloud(fact) for fact in sorted(facts, key=_happened_at)]


def _happened_at(fact: said.FactHeldBack) -> datetime:
    return fact.happened_at


def _held_back(command: asked.PublishFact) -> said.FactHeldBack:
    return said.FactHeldBack(**command.model_dump(exclude={"area"}))


def _aloud(fact: said.FactHeldBack) -> said.PublicationEvent:
    told = {"topic_id": fact.publication_id, "happened_at": fact.happened_at}
    return said.EVENTS.classes[fact.kind].model_validate(told | fact.said)


PUBLICATION: Decider[Publication, asked.PublishFact, said.PublicationEvent, ExchangeRules] = (
    Decider(
        category="publication",
        commands=asked.PublishFact,
        events=said.EVENTS,
        initial=Nothing(),
        evolve=evolve,
        decide=decide,
        restricted=frozenset({"FactHeldBack"}),
    )
)
