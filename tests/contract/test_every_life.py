"""Every aggregate of every service, driven by anything: what all of them promise, and what each.

The aggregates are those of the deciders: a new one is driven as soon as it is there, and has to say
in `own.py` what it promises.
"""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.kernel.decider import Context
from shared.kernel.errors import No
from tests.anything import Aggregate, Asker, aggregates, charters, facts
from tests.contract.own import OWN
from tests.lives import Life

ALL = pytest.mark.parametrize("aggregate", aggregates(), ids=str)
SEEDS = st.integers(0, 2**32 - 1)

ACTS = frozenset(
    {
        "ConductResearch",
        "DecidePlan",
        "GiveFeedback",
        "GivePriorNotice",
        "NoteMerged",
        "RecordReason",
        "ReportProgress",
        "RecordStatement",
        "ReplaySubscription",
        "ReportMedia",
        "UpreportItem",
        "AnswerPair",
        "PublishFact",
    }
)
"""Asked again with another id they are another act: somebody spoke again, or was told again."""
STEPS, TRIES = 20, 20
GAPS_H = (0, 1, 24, 24 * 20)


def walked(aggregate: Aggregate, seed: int) -> Life:
    """A life of some steps: at each the first thing that says something, of some that are tried."""
    chance = Random(seed)
    rules = chance.choice(charters(aggregate.service))
    asker = Asker(aggregate)
    commands = asker.commands(rules)
    acts = [one for one in aggregate.decider.asked() if one.__name__ in ACTS]
    life = Life(aggregate.decider, rules, acts)
    for _ in range(STEPS):
        life.now += timedelta(hours=chance.choice(GAPS_H))
        said = len(life.said)
        for command in chance.sample(commands, min(TRIES, len(commands))):
            life.live([(command, asker.actor(command, chance, rules))])
            if len(life.said) > said:
                break
    return life


def test_every_aggregate_says_what_it_promises_itself() -> None:
    assert {str(one) for one in aggregates()} == OWN.keys()


@ALL
@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_a_life_replays_says_nothing_twice_and_keeps_its_promises(
    aggregate: Aggregate, seed: int
) -> None:
    life = walked(aggregate, seed)
    OWN[str(aggregate)](life)


@ALL
@settings(max_examples=30, deadline=None)
@given(seed=SEEDS)
def test_no_order_of_facts_is_too_odd(aggregate: Aggregate, seed: int) -> None:
    aggregate.decider.fold(Random(seed).choices(facts(aggregate), k=20))


@ALL
@settings(max_examples=10, deadline=None)
@given(seed=SEEDS)
def test_after_its_own_facts_in_any_order_a_decision_is_facts_or_a_no(
    aggregate: Aggregate, seed: int
) -> None:
    chance, life = Random(seed), walked(aggregate, seed)
    asker = Asker(aggregate)
    commands = asker.commands(life.rules)
    state = aggregate.decider.fold(chance.sample(life.said, len(life.said)))
    for command in chance.sample(commands, min(TRIES, len(commands))):
        ctx = Context(life.now, asker.actor(command, chance, life.rules), life.rules)
        try:
            said = aggregate.decider.decide(command, state, ctx)
        except No:
            continue
        assert {type(fact).__name__ for fact in said} <= aggregate.decider.events.classes.keys()
        aggregate.decider.fold(said, state)


@ALL
def test_walks_get_somewhere(aggregate: Aggregate) -> None:
    said = {type(fact) for seed in range(12) for fact in walked(aggregate, seed).said}
    assert said
