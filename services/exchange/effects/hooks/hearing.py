"""What is decided about webhooks, from our own log into the tables of those who carry: once each.

The checkpoint moves in the transaction that changes the tables.
"""

from collections.abc import Callable, Mapping
from typing import Any

import asyncpg

from services.exchange.domain.subscription import events as said
from services.exchange.domain.subscription.decide import SUBSCRIPTION
from services.exchange.effects.hooks.book import SQL
from services.exchange.effects.hooks.messages import Feed
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from shared.runtime.hear import Source

TYPES = frozenset(SUBSCRIPTION.events.classes)

Note = tuple[str, dict[str, Any]]
"""The name of a statement, and what it is given beside the subscription."""

NOTES: Mapping[type[Event], Callable[[Any, Envelope], Note]] = {
    said.SubscriptionApproved: lambda _, fact: ("approve", {"position": fact.position}),
    said.CredentialsIssued: lambda e, _: (
        "give secret",
        {"secret": e.secret, "old_until": e.old_until},
    ),
    said.SubscriptionPaused: lambda e, _: ("hold", {"hold": e.hold}),
    said.SubscriptionResumed: lambda e, _: ("let go", {"hold": e.hold}),
    said.RedeliveryAsked: lambda e, fact: (
        "again",
        {"message_id": e.message_id, "now": fact.at},
    ),
    said.WebhookTried: lambda _, fact: ("try", {"message_id": fact.id, "now": fact.at}),
    said.SubscriptionDeclined: lambda *_: ("end", {}),
    said.SubscriptionRevoked: lambda *_: ("end", {}),
}
"""What changes a target, whatever the channel: where there is no target nothing is changed."""


class Hearing:
    """Hears what is said of subscriptions, for as long as this replica leads."""

    def __init__(
        self, pool: asyncpg.Pool, source: Source, feed: Feed, noted: Callable[[], None]
    ) -> None:
        self._pool = pool
        self._source = source
        self._feed = feed
        self._noted = noted

    async def run(self) -> None:
        """Note everything from the checkpoint on."""
        while True:
            after = await self._pool.fetchval(SQL["seen"].text) or 0
            facts = await self._source.next(after)
            notes = [
                note
                for fact in await facts.envelopes(TYPES)
                if (note := await self._note(fact)) is not None
            ]
            if await self._take(after, facts.last, notes) and notes:
                self._noted()

    async def _take(self, after: int, upto: int, notes: list[Note]) -> bool:
        """Whether it was ours to take: another may have been here."""
        async with self._pool.acquire() as connection, connection.transaction():
            moved = SQL["advance"].args({"upto": upto, "after": after})
            if not await connection.fetchrow(SQL["advance"].text, *moved):
                return False
            for name, values in notes:
                await connection.execute(SQL[name].text, *SQL[name].args(values))
        return True

    async def _note(self, fact: Envelope) -> Note | None:
        event = SUBSCRIPTION.events.parse(fact.type, fact.version, fact.data)
        match event:
            case said.SubscriptionOpened() as e if e.channel == "webhook":
                where = {"areas": list(e.areas), "kinds": list(e.kinds)}
                name, values = "open", {"agency_id": e.agency_id, "url": e.url, **where}
            case said.SubscriptionReplayed() as e:
                upto = e.after if e.since is None else await self._feed.since(e.since)
                name, values = "go back", {"upto": upto}
            case _ if type(event) in NOTES:
                name, values = NOTES[type(event)](event, fact)
            case _:
                return None
        return name, {"subscription_id": fact.stream, **values}
