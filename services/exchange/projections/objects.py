"""What there is by now, for programs that keep a copy: lists, and what changed in them since."""

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field, Json

from services.exchange.domain.publication.events import PublicationEvent
from services.exchange.projections.feed import PAGE_MAX
from services.exchange.words import ListName
from shared.kernel.areas import AreaCode
from shared.kernel.message import Question
from shared.kernel.registry import members
from shared.runtime.projection import Projection

OBJECTS = Projection(
    "objects",
    sql=Path(__file__).with_suffix(".sql"),
    facts=members(PublicationEvent),
    sources=("exchange",),
)


class OpenObjects(Question):
    """The things of a list, those that changed last at the end; perhaps only what changed since."""

    list: ListName
    area: AreaCode = Field(title="区划")
    after: int = Field(title="位置之后", default=0, ge=0)
    since: datetime | None = Field(title="自", default=None)
    most: int = Field(title="最多条数", default=100, ge=1, le=PAGE_MAX)


class OpenObject(BaseModel):
    """One thing. `state` is the type of the last fact about it, `position` that of the fact."""

    object_id: UUID
    topic_id: UUID
    area: str
    position: int
    created: datetime
    modified: datetime
    state: str
    said: Json[dict[str, Any]]
