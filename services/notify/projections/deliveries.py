"""The ledger: who was told what, when and how."""

from datetime import datetime
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, Field, Json

from services.notify import heard
from services.notify.domain.delivery.events import (
    DeliveryBegun,
    DeliveryFailed,
    DeliveryGivenUp,
    DeliveryPlanned,
    NoticeDelivered,
)
from services.notify.domain.notice.events import NoticeAddressed, NoticeRead, NoticeSent
from services.notify.words import LEDGER_READERS
from shared.kernel.areas import AreaCode
from shared.kernel.message import Question
from shared.runtime.projection import Projection

DELIVERIES = Projection(
    "deliveries",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        NoticeSent,
        NoticeAddressed,
        NoticeRead,
        DeliveryPlanned,
        DeliveryBegun,
        NoticeDelivered,
        DeliveryFailed,
        DeliveryGivenUp,
        heard.TopicProposed,
    ],
    sources=("notify", "topics"),
)


class DeliveriesByState(Question):
    """How many messages wait, went out or failed, in each way: for who runs the platform."""

    may: ClassVar[frozenset[str] | None] = frozenset({"operator"})


class ByState(BaseModel):
    """How many messages of one way are in one state."""

    channel: str
    state: str
    n: int
    oldest: datetime


class LedgerOfArea(Question):
    """Who was told what in an area, the newest first."""

    may: ClassVar[frozenset[str] | None] = LEDGER_READERS

    area: AreaCode
    channel: str = ""
    state: str = ""
    skipped: int = Field(default=0, ge=0)
    most: int = Field(title="最多条数", default=100, ge=1, le=500)


class LedgerOfMatter(Question):
    """Who was told certain things of one matter, the newest first."""

    may: ClassVar[frozenset[str] | None] = LEDGER_READERS

    area: AreaCode
    topic_id: UUID
    texts: tuple[str, ...] = Field(title="通知种类", max_length=40)
    most: int = Field(title="最多条数", default=200, ge=1, le=500)


class Line(BaseModel):
    """One person told in one way. `state` is the last fact; `unsure`: perhaps told twice."""

    notice_id: UUID
    topic_id: UUID | None
    title: str | None
    text: str
    params: Json[dict[str, str]]
    area: str
    account: UUID
    channel: str
    planned_at: datetime
    send_at: datetime
    state: str
    attempts: int
    unsure: bool
    told: str
    since: datetime
