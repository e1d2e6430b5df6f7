"""Which leads lie on the screening desk, and how far each topic is."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from services.topics.domain.lead import events as lead
from services.topics.domain.topic import events as topic
from services.topics.words import SCREENERS
from shared.kernel.areas import AreaCode
from shared.kernel.message import Question
from shared.kernel.registry import members
from shared.runtime.projection import Projection

TOPIC_BOARD = Projection(
    "topic_board",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[*members(lead.LeadEvent), *members(topic.TopicEvent)],
    sources=("topics",),
)

LeadState = Literal[
    "submitted",
    "returned",
    "merged",
    "split",
    "screened-out",
    "transferred",
    "acknowledged",
    "adopted",
]
TopicState = Literal["proposed", "approved", "returned", "withdrawn", "closed"]

MANY = Field(title="最多条数", default=200, ge=1, le=1000)


class LeadsInArea(Question):
    """The leads of an area, the longest waiting first, with the sealed words of those concerned."""

    may: ClassVar[frozenset[str] | None] = SCREENERS

    area: AreaCode = Field(title="区划")
    state: LeadState | None = Field(default=None, title="状态")
    most: int = MANY


class SimilarLeads(Question):
    """The leads of an area whose titles are like this one, the most alike first.

    Alike is how many pairs of neighbouring characters both titles have: 100 % where they are the
    same, 0 % where they share none. A hint for whoever decides on merging, and no more.
    """

    may: ClassVar[frozenset[str] | None] = SCREENERS

    area: AreaCode = Field(title="区划")
    title: str = Field(title="事项名称", min_length=2, max_length=80)
    percent_min: int = Field(title="最低相似度(%)", default=30, ge=1, le=100)
    most: int = Field(title="最多条数", default=10, ge=1, le=100)


class LeadByReceipt(Question):
    """What became of a lead: whoever has the receipt may ask."""

    receipt: Annotated[str, StringConstraints(pattern=r"^\d{12}$")] = Field(title="回执号")


class TopicsInArea(Question):
    """The topics of an area, the latest step first."""

    area: AreaCode = Field(title="区划")
    state: TopicState | None = Field(default=None, title="状态")
    most: int = MANY


class TopicById(Question):
    """How far one topic is; no row where there is none."""

    topic_id: UUID = Field(title="议题编号")


class LeadRow(BaseModel):
    """A lead on the desk. `words` and `contact` are sealed; `joined` others go on as part of it."""

    lead_id: UUID
    area: str
    title: str
    origin: str
    personal: bool
    proxy: bool
    words: str
    contact: str
    receipt: str
    state: LeadState
    since: datetime
    reason: str | None
    to_unit: str | None
    receipt_no: str | None
    place: str
    photos: list[UUID]
    split_from: UUID | None
    into_lead: UUID | None
    joined: int


class SimilarLead(BaseModel):
    """A lead with a title like the one asked about; `pairs` are the characters that say so."""

    lead_id: UUID
    area: str
    title: str
    state: LeadState
    since: datetime
    joined: int
    pairs: list[str]
    percent: int


class Receipt(BaseModel):
    """What anybody may know about a lead, and about the topic it became."""

    lead_id: UUID
    title: str
    state: LeadState
    since: datetime
    reason: str | None
    to_unit: str | None
    receipt_no: str | None
    topic_id: UUID | None
    topic_state: TopicState | None


class TopicRow(BaseModel):
    """A topic: `met` and `unmet` criteria, bodies `told` and `agreed`, and where it is `posted`."""

    topic_id: UUID
    area: str
    title: str
    summary: str
    origin: str
    proposer: str
    lead_id: UUID | None
    state: TopicState
    since: datetime
    reason: str | None
    met: list[str]
    unmet: list[str]
    excluded: str | None
    told: list[str]
    agreed: list[str]
    posted: list[str]
    claimed: str | None
    planned: int | None
    round: int
