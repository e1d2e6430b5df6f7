"""The law of views, tried: however facts are cut into batches and interleaved, the same rows.

digests = await agree(dsn, "portal", BOARD, {"topics": [fact, …], "meetings": [fact, …]})
assert 1 == len(set(digests))
"""

from collections.abc import Mapping, Sequence
from random import Random

from nats.aio.client import Client
from nats.aio.msg import Msg

from shared.kernel.envelope import Envelope
from shared.runtime import copies, wire
from shared.runtime.digest import digest_of
from shared.runtime.facts import Said
from shared.runtime.projection import Projection
from shared.runtime.projector import Lifts, Projector, applying

WAYS = 12


async def agree(
    dsn: str,
    service: str,
    projection: Projection,
    facts: Mapping[str, Sequence[Envelope]],
    lifts: Lifts | None = None,
) -> list[str]:
    """The digests of the view after all facts: one at a time, all at once, and some ways between.

    The positions of each source's facts are 1, 2, 3 and so on. Raises Poison.
    """
    async with applying(dsn) as pool:
        live = Projector(projection, service, pool, lifts or {})
        return [await _digest(live.beside(f"__way{n}"), facts, Random(n)) for n in range(WAYS)]


async def _digest(copy: Projector, facts: Mapping[str, Sequence[Envelope]], chance: Random) -> str:
    await copies.make(copy)
    longest = chance.choice([1, 2, 5, 10_000])
    left = {source: len(said) for source, said in facts.items() if said}
    while left:
        source = chance.choice(sorted(left))
        after = len(facts[source]) - left[source]
        batch = facts[source][after : after + chance.randint(1, longest)]
        await copy.apply(Said(source, after, [message(source, fact) for fact in batch], behind=0))
        left[source] -= len(batch)
        left = {source: count for source, count in left.items() if count}
    async with copy.pool.acquire() as connection:
        return (await digest_of(connection, copy.schema)).hex


def message(source: str, fact: Envelope) -> Msg:
    """The fact as JetStream would hand it over."""
    return Msg(Client(), wire.subject_of(source, fact), data=wire.to_json(fact))
