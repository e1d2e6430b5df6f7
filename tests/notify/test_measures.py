"""What those who watch over the platform are told of clocks and of messages."""

from typing import cast
from uuid import UUID, uuid5

import pytest
from prometheus_client import REGISTRY

from services.notify.domain import DECIDERS
from services.notify.effects.measures import CHANNELS, look
from services.notify.projections.deadlines import DEADLINES
from services.notify.projections.deliveries import DELIVERIES
from shared.kernel.message import Event
from shared.runtime.view import Views
from tests.notify.examples import (
    BREACHED,
    DEADLINE_ID,
    DELIVERED,
    DELIVERY_ID,
    MET,
    PAUSED,
    PLANNED,
    SET,
)
from tests.servers import Postgres
from tests.views import Said, filled, history

pytestmark = pytest.mark.servers


def clock(name: str, *events: Event) -> list[Said]:
    """A clock of its own, and what happened to it."""
    told: UUID = uuid5(DEADLINE_ID, name)
    return [("notify", told, e.model_copy(update={"deadline_id": told})) for e in events]


def message(name: str, *events: Event) -> list[Said]:
    """A message of its own."""
    told: UUID = uuid5(DELIVERY_ID, name)
    return [("notify", told, e.model_copy(update={"delivery_id": told})) for e in events]


def told(metric: str, **labels: str) -> float | None:
    """A gauge as it stands."""
    return REGISTRY.get_sample_value(f"tongxin_{metric}", labels)


async def test_who_is_late_and_what_waits_is_told_in_numbers(pg: Postgres) -> None:
    said = [
        *clock("running", SET),
        *clock("paused", SET, PAUSED),
        *clock("late", SET, BREACHED),
        *clock("late and met", SET, BREACHED, MET),
        *message("waiting", PLANNED),
        *message("gone out", PLANNED, DELIVERED),
    ]
    async with (
        history(pg, said, also=["topics"]) as dsn,
        filled(dsn, "notify", DEADLINES, DECIDERS) as clocks,
        filled(dsn, "notify", DELIVERIES, DECIDERS) as deliveries,
    ):
        await look(cast(Views, {DEADLINES: clocks, DELIVERIES: deliveries}))
    assert (1, 1) == (told("deadlines_running"), told("deadlines_late"))
    assert {PLANNED.channel: 1} == {
        channel: told("deliveries_waiting", channel=channel)
        for channel in CHANNELS
        if told("deliveries_waiting", channel=channel)
    }
    assert (told("deliveries_oldest_seconds", channel=PLANNED.channel) or 0) > 0
