"""What agencies handed over, what became of each, and which of it they were told."""

from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, Field, Json

from services.exchange.domain.handover.events import HandoverEvent
from services.exchange.domain.publication.events import PublicationEvent
from services.exchange.heard import leads, topics
from services.exchange.words.inbound import AGENCY, LastStep, Mark, Words
from shared.kernel.areas import AreaCode
from shared.kernel.message import Question
from shared.kernel.registry import members
from shared.runtime.projection import Projection

PAGE_MAX = 200
STAFF = frozenset({"operator", "cppcc", "clerk", "convenor"})
"""Who may see what agencies handed over in their area."""

HANDOVERS = Projection(
    "handovers",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        *members(HandoverEvent),
        *members(PublicationEvent),
        *leads.STEPS,
        topics.TopicProposed,
    ],
    sources=("exchange", "topics"),
)


class HandoversOfAgency(Question):
    """What an agency handed over, the newest first."""

    may: ClassVar[frozenset[str] | None] = frozenset({AGENCY})

    agency_id: UUID
    step: LastStep = ""
    text: Words = ""
    most: int = Field(title="最多条数", default=50, ge=1, le=PAGE_MAX)
    skipped: int = Field(title="跳过条数", default=0, ge=0)


class HandoversInArea(Question):
    """What was handed over about an area, the newest first; by all agencies, or by one."""

    may: ClassVar[frozenset[str] | None] = STAFF

    area: AreaCode
    agency_id: UUID | None = None
    step: LastStep = ""
    text: Words = ""
    most: int = Field(title="最多条数", default=50, ge=1, le=PAGE_MAX)
    skipped: int = Field(title="跳过条数", default=0, ge=0)


class HandoverById(Question):
    """One, with all its agency was told of it."""

    may: ClassVar[frozenset[str] | None] = STAFF | {AGENCY}

    handover_id: UUID


class HandoversOfMatter(Question):
    """What agencies handed over that goes on as a lead or a topic, or as part of it."""

    may: ClassVar[frozenset[str] | None] = STAFF

    matter_id: UUID


class SameMatter(Question):
    """Who was first to hand a matter over; `matter` is its mark. Only the portal asks."""

    may: ClassVar[frozenset[str] | None] = frozenset({AGENCY})

    matter: Mark


class First(BaseModel):
    """The handover of a matter that was first."""

    handover_id: UUID
    received_at: datetime


class Brought(BaseModel):
    """What an agency handed over, under its own number."""

    handover_id: UUID
    agency_id: UUID
    agency: str
    area: str
    number: str
    title: str
    same_as: UUID | None
    received_at: datetime


class HandoverRow(Brought):
    """One of many; `step` is the last of which its agency was told, `said` the public facts."""

    step: str | None
    step_at: datetime | None
    said: list[str]


class Told(BaseModel):
    """One step."""

    cause: str
    step: str
    told: dict[str, Any]
    topic_id: UUID | None
    happened_at: datetime


class HandoverWhole(Brought):
    """One, with its steps."""

    steps: Json[list[Told]]
