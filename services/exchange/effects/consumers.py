"""A consumer on the stream of public facts for each subscription on NATS, as it was approved.

The leader looks whenever the view moves, and every few seconds: what is missing is made, what was
changed is brought up to date, what is over is deleted. A consumer keeps how far its agency has
come, so none is deleted because a view is late: the log itself has to say that it is over.
Where NATS has lost it with all its store, it is made anew at the place that was noted.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from nats.aio.client import Client

from services.exchange.domain.subscription.decide import SUBSCRIPTION, Live, Over, Subscription
from services.exchange.effects.callout import subscription_of
from services.exchange.effects.filters import subjects
from services.exchange.effects.places import is_told, place_after
from services.exchange.effects.public import STREAM as PUBLIC
from services.exchange.effects.taken import Taken
from services.exchange.words.agencies import user_of
from shared.runtime import jetstream
from shared.runtime.areas import Areas
from shared.runtime.log import logger
from shared.runtime.store import Store

log = logger()

ACK_S = 60
WAITING_MAX = 64
NANO = 1_000_000_000
REPLAY = "tongxin-replay"
"""In the metadata of a consumer: which order to tell again it has followed."""

Told = Mapping[str, Any]
Row = Mapping[str, Any]
"""A subscription that is live, as the view has it."""


class Consumers:
    """Keeps the consumers as the subscriptions say."""

    def __init__(self, nats: Client, store: Store, areas: Areas, taken: Taken) -> None:
        self._nats = nats
        self._taken = taken
        self._store = store
        self._areas = areas

    async def look(self, rows: Sequence[Row]) -> Mapping[UUID, Told]:
        """Bring all of them up to date; those that there were, with what the server tells of them.

        `rows`: what is live on NATS, as the view has it. Raises what JetStream raises.
        """
        found = await consumers(self._nats)
        for row in rows:
            await self._keep(row, found.get(row["subscription_id"]))
        wanted = {row["subscription_id"] for row in rows}
        for one in found.keys() - wanted:
            if isinstance(await state_of(self._store, one), Over):
                await self._delete(one)
        return {one: told for one, told in found.items() if one in wanted}

    async def _keep(self, row: Row, told: Told | None) -> None:
        wanted = config(row, self._areas)
        if told is None:
            await self._make_again(row, wanted)
            return
        now = told["config"]
        if now.get("metadata", {}).get(REPLAY) != wanted["metadata"][REPLAY]:
            await self._delete(row["subscription_id"])
            await self._make(row, wanted)
        elif (_filters(now), now.get("max_ack_pending")) != (
            _filters(wanted),
            wanted["max_ack_pending"],
        ):
            await self._ask("CREATE", wanted["name"], _asked(now | wanted, "update"))
            log.info("consumer changed", consumer=wanted["name"])
        else:
            await self._taken.note(row["subscription_id"], wanted["metadata"][REPLAY], told)

    async def _make_again(self, row: Row, wanted: dict[str, Any]) -> None:
        """Where it was, as soon as the stream is told so far; a new one, where it should begin."""
        position = await self._taken.known(row["subscription_id"], wanted["metadata"][REPLAY])
        if position is None:
            await self._make(row, wanted)
        elif await is_told(self._nats, position):
            await self._make({**row, "replay_after": position}, wanted)

    async def _make(self, row: Row, wanted: dict[str, Any]) -> None:
        if row["replay_after"] is not None:
            start = await place_after(self._nats, row["replay_after"])
            begins: dict[str, Any] = {
                "deliver_policy": "by_start_sequence",
                "opt_start_seq": start,
            }
        else:
            since: datetime = row["replay_since"] or row["approved_at"]
            begins = {"deliver_policy": "by_start_time", "opt_start_time": since.isoformat()}
        await self._ask("CREATE", wanted["name"], _asked(wanted | begins, "create"))
        log.info("consumer made", consumer=wanted["name"], replay=row["replay"])

    async def _delete(self, subscription_id: UUID) -> None:
        name = user_of(subscription_id)
        await self._ask("DELETE", name, None)
        log.info("consumer deleted", consumer=name)

    async def _ask(self, what: str, name: str, body: object) -> None:
        await jetstream.request(self._nats, f"CONSUMER.{what}.{PUBLIC}.{name}", body)


def config(row: Row, areas: Areas) -> dict[str, Any]:
    """What its consumer is to be like, wherever it begins."""
    name = user_of(row["subscription_id"])
    return {
        "name": name,
        "durable_name": name,
        "ack_policy": "explicit",
        "ack_wait": ACK_S * NANO,
        "max_ack_pending": row["in_flight"],
        "max_waiting": WAITING_MAX,
        "filter_subjects": subjects(row["agency_id"], row["areas"], row["kinds"], areas),
        "metadata": {REPLAY: str(row["replay"])},
    }


async def consumers(nats: Client) -> dict[UUID, Told]:
    """What the server tells of the consumers of all subscriptions, those of others left out."""
    told: list[Told] = []
    while True:
        page = await jetstream.request(nats, f"CONSUMER.LIST.{PUBLIC}", {"offset": len(told)})
        told += page["consumers"] or []
        if not page["consumers"] or len(told) >= page["total"]:
            break
    named = ((subscription_of(one["name"]), one) for one in told)
    return {subscription: one for subscription, one in named if subscription}


async def state_of(store: Store, subscription_id: UUID) -> Subscription:
    """How a subscription stands, as the log itself says."""
    facts = [
        SUBSCRIPTION.events.parse(one.type, one.version, one.data)
        for one in await store.read(subscription_id)
        if one.category == SUBSCRIPTION.category
    ]
    return SUBSCRIPTION.fold(facts)


def lets_in(state: Subscription) -> bool:
    """Whether anybody may be connected for it."""
    return isinstance(state, Live) and not state.holds


def _asked(wanted: Told, action: str) -> dict[str, Any]:
    return {"stream_name": PUBLIC, "config": dict(wanted), "action": action}


def _filters(of: Told) -> Sequence[str]:
    """One filter is told under another name than many."""
    one = of.get("filter_subject")
    return sorted(of.get("filter_subjects") or ([one] if one else []))
