"""Public facts in the order in which they were told, for those who ask and those who are told."""

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field, Json

from services.exchange.domain.dispatch.events import DispatchEvent
from services.exchange.domain.handover.events import HandoverAdvanced, HandoverReceived
from services.exchange.domain.publication.events import PublicationEvent
from shared.kernel.areas import AreaCode
from shared.kernel.message import Question
from shared.kernel.registry import members
from shared.runtime.projection import Projection

PAGE_MAX = 500

FEED = Projection(
    "feed",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        *members(PublicationEvent),
        HandoverReceived,
        HandoverAdvanced,
        *members(DispatchEvent),
    ],
    sources=("exchange",),
)


class PublicFacts(Question):
    """What was told after a position; of an area with all it contains, of some kinds or of all."""

    area: AreaCode = Field(title="区划")
    after: int = Field(title="位置之后", default=0, ge=0)
    types: tuple[str, ...] = Field(title="种类", default=())
    since: datetime | None = Field(title="自", default=None)
    most: int = Field(title="最多条数", default=100, ge=1, le=PAGE_MAX)


class PublicFact(BaseModel):
    """`position` is that of our own log; `data` is in the shape of the contract."""

    position: int
    fact_id: UUID
    topic_id: UUID
    area: str
    type: str
    version: int
    at: datetime
    correlation: UUID
    data: Json[dict[str, Any]]
