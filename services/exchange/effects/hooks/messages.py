"""What a webhook carries: one public fact as a CloudEvent, structured, in JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Protocol
from uuid import UUID

import orjson

from services.exchange.effects.hooks.wire import Outcome
from services.exchange.words.agencies import SubscriptionId
from shared.kernel import areas
from shared.kernel.message import Event

MEDIA = "application/cloudevents+json; charset=utf-8"
AGENT = "Tongxin-Webhook/1"
TEST = "Test"


class Trial(Event):
    """Sent to a webhook alone, when somebody tries it: it says nothing, and stands in no log."""

    label: ClassVar[str] = "测试推送"

    subscription_id: SubscriptionId


@dataclass(frozen=True)
class Told:
    """A public fact. `data` is JSON in the shape of the contract."""

    position: int
    fact_id: UUID
    topic_id: UUID
    area: str
    type: str
    version: int
    at: datetime
    correlation: UUID
    data: str


@dataclass(frozen=True)
class Wanted:
    """What a target is told: facts of these areas and kinds, and what its agency alone is told.

    No kinds mean all.
    """

    agency_id: UUID
    areas: Sequence[str]
    kinds: Sequence[str]


class Feed(Protocol):
    """Facts for others, in their order."""

    async def head(self) -> int:
        """The position up to which all of them are here."""

    async def after(self, position: int, wanted: Wanted, most: int) -> list[Told]:
        """The next that are wanted."""

    async def at(self, positions: Sequence[int]) -> list[Told]:
        """Those at these positions."""

    async def since(self, moment: datetime) -> int:
        """The position before the first that happened at this moment or later."""

    async def moved(self) -> None:
        """Returns when there may be more."""


@dataclass(frozen=True)
class Message:
    """One fact on its way to one target, for the `attempts` + 1st time."""

    subscription_id: UUID
    message_id: UUID
    type: str
    area: str
    attempts: int
    made_at: datetime
    told: Told | None
    """None: a test."""

    def body(self) -> bytes:
        """The same bytes at every attempt."""
        return orjson.dumps(_event(self.told) if self.told else self._test())

    def _test(self) -> dict[str, Any]:
        name = f"{TEST}.v{Trial.version}"
        return {
            "specversion": "1.0",
            "id": str(self.message_id),
            "source": source_of(self.area),
            "type": f"tongxin.{name}",
            "subject": str(self.subscription_id),
            "time": self.made_at,
            "dataschema": f"/contracts/schemas/{name}.json",
            "datacontenttype": "application/json",
            "area": self.area,
            "data": Trial(subscription_id=self.subscription_id).model_dump(mode="json"),
        }


def source_of(area: str) -> str:
    """The county in whose name something is told."""
    return f"/tongxin/{areas.county(area)}"


def _event(told: Told) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": str(told.fact_id),
        "source": source_of(told.area),
        "type": f"tongxin.{told.type}.v{told.version}",
        "subject": str(told.topic_id),
        "time": told.at,
        "dataschema": f"/contracts/schemas/{told.type}.v{told.version}.json",
        "datacontenttype": "application/json",
        "sequence": str(told.position),
        "area": told.area,
        "correlationid": str(told.correlation),
        "data": orjson.Fragment(told.data),
    }


@dataclass(frozen=True)
class Attempt:
    """What came of sending a message at a moment."""

    message: Message
    at: datetime
    outcome: Outcome
