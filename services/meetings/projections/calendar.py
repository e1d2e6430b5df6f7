"""When and where is consulted on what, and what a consultation still lacks."""

from datetime import date, datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.meetings.domain.consultation.events import ConsultationEvent
from services.meetings.words import Form
from shared.kernel.areas import AreaCode
from shared.kernel.message import Question
from shared.kernel.registry import members
from shared.runtime.projection import Projection

CALENDAR = Projection(
    "calendar",
    sql=Path(__file__).with_suffix(".sql"),
    facts=members(ConsultationEvent),
    sources=("meetings",),
)

State = Literal["planned", "scheduled", "open", "held", "cancelled"]

MANY = Field(title="最多条数", default=200, ge=1, le=1000)


class ConsultationsInArea(Question):
    """The consultations of an area, the latest step first."""

    area: AreaCode = Field(title="区划")
    state: State | None = Field(default=None, title="状态")
    most: int = MANY


class ConsultationsBetween(Question):
    """What takes place in an area between two days, both included, in order of time."""

    area: AreaCode = Field(title="区划")
    first_day: date = Field(title="自")
    last_day: date = Field(title="至")
    most: int = MANY


class ConsultationsOfTopic(Question):
    """The consultation on a topic, and what it still lacks."""

    topic_id: UUID = Field(title="议题编号")


class HeldInYear(Question):
    """How often each form met in a year: the counters of 1+2+4+X."""

    area: AreaCode = Field(title="区划")
    year: int = Field(title="年度", ge=2000, le=2999)


class Entry(BaseModel):
    """A consultation: are `parties` and `work_plan` settled, how many `reports` are noted."""

    consultation_id: UUID
    topic_id: UUID
    area: str
    title: str
    state: State
    since: datetime
    reports: int
    parties: bool
    work_plan: bool
    starts: datetime | None
    place: str | None
    form: str | None
    mode: str | None
    held_at: datetime | None
    counted: bool | None
    people: int | None
    agreed: int | None
    items: int | None


class Held(BaseModel):
    """How often a form met, and how often with the leaders it needs to count."""

    form: Form
    held: int
    counted: int
