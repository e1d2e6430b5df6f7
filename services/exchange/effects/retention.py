"""How far each agency is behind, and a warning before anything it did not take is kept no more."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from math import inf
from uuid import UUID, uuid5

from nats.aio.client import Client
from prometheus_client import Gauge

from services.exchange.domain.subscription.commands import WarnOfRetention
from services.exchange.effects.consumers import Told
from services.exchange.effects.places import message, stored_at
from services.exchange.effects.public import STREAM as PUBLIC
from shared.runtime import clock, jetstream
from shared.runtime.handle import Asked, Handler
from shared.runtime.reactions import actor_of, ask

UNTAKEN = Gauge(
    "tongxin_subscription_untaken", "Facts that an agency has not taken yet", ["subscription"]
)
OLDEST_SECONDS = Gauge(
    "tongxin_subscription_oldest_seconds",
    "Age of the oldest fact that an agency may not have taken yet",
    ["subscription"],
)
KEPT_SECONDS = Gauge(
    "tongxin_subscription_kept_seconds",
    "How long facts are kept for an agency that does not take them",
    ["subscription"],
)


class Retention:
    """Looks at what the server told of every consumer.

    `warned_at`: the part of the retention time after which it is told that the rest is short.
    """

    def __init__(self, nats: Client, handler: Handler, warned_at: float) -> None:
        self._nats = nats
        self._handler = handler
        self._warned_at = warned_at
        self._actor = actor_of("exchange", "retention")
        self._measured: set[str] = set()

    async def look(self, told: Mapping[UUID, Told]) -> None:
        """Measure them all, and warn where it is time. Raises what JetStream raises."""
        found = await jetstream.request(self._nats, f"STREAM.INFO.{PUBLIC}")
        kept = timedelta(microseconds=found["config"].get("max_age", 0) / 1000)
        for subscription_id, one in told.items():
            await self._look_at(subscription_id, one, kept)
        self._forget({str(one) for one in told})

    async def _look_at(self, subscription_id: UUID, told: Told, kept: timedelta) -> None:
        now, waiting = clock.now(), told["num_pending"] + told["num_ack_pending"]
        patience = kept * self._warned_at
        oldest = await oldest_untaken(self._nats, told, now - patience) if waiting else None
        age = (now - oldest).total_seconds() if oldest else 0
        self._measure(str(subscription_id), waiting, age, kept)
        if kept and oldest and now - oldest >= patience:
            await self._warn(subscription_id, waiting, oldest, oldest + kept)

    async def _warn(
        self, subscription_id: UUID, waiting: int, oldest: datetime, lost: datetime
    ) -> None:
        command = WarnOfRetention(
            subscription_id=subscription_id, waiting=waiting, oldest_at=oldest, lost_at=lost
        )
        command_id = uuid5(subscription_id, f"retention/{lost.isoformat()}")
        await ask(self._handler, Asked(command, self._actor, command_id, command_id))

    def _measure(self, subscription: str, waiting: int, seconds: float, kept: timedelta) -> None:
        self._measured.add(subscription)
        UNTAKEN.labels(subscription).set(waiting)
        OLDEST_SECONDS.labels(subscription).set(seconds)
        KEPT_SECONDS.labels(subscription).set(kept.total_seconds() or inf)

    def _forget(self, there: set[str]) -> None:
        for gone in self._measured - there:
            UNTAKEN.remove(gone)
            OLDEST_SECONDS.remove(gone)
            KEPT_SECONDS.remove(gone)
        self._measured &= there


async def oldest_untaken(nats: Client, told: Told, worrying: datetime) -> datetime | None:
    """When the oldest message that was not acknowledged was stored; None where there is none.

    As long as nothing at all at this place of the stream is older than `worrying`, the messages of
    others count as well: to look for one's own takes a question for each subject.
    """
    after = told["ack_floor"]["stream_seq"] + 1
    first = await message(nats, after)
    if first is None or stored_at(first) > worrying:
        return stored_at(first) if first else None
    found = [await message(nats, after, subject) for subject in _subjects(told)]
    return min((stored_at(one) for one in found if one), default=None)


def _subjects(told: Told) -> Sequence[str]:
    config = told["config"]
    return config.get("filter_subjects") or [config.get("filter_subject") or ">"]
