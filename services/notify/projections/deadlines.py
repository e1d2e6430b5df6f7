"""Every clock: who has to reply by when, and why that day."""

from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, Field, Json

from services.notify.domain.deadline.events import (
    DeadlineBreached,
    DeadlineLifted,
    DeadlineMet,
    DeadlineSet,
)
from shared.kernel.areas import AreaCode
from shared.kernel.message import Question
from shared.runtime.projection import Projection

DEADLINES = Projection(
    "deadlines",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[DeadlineSet, DeadlineMet, DeadlineLifted, DeadlineBreached],
    sources=("notify",),
)


class DeadlinesInArea(Question):
    """Every clock of an area, the most urgent first."""

    area: AreaCode
    most: int = Field(title="最多条数", default=200, ge=1, le=1000)


class DeadlinesOfTopic(Question):
    """Every clock of one matter."""

    topic_id: UUID


class Deadline(BaseModel):
    """`state` is the name of the last fact; `why` and `params` say in words why that day."""

    deadline_id: UUID
    topic_id: UUID
    area: str
    unit: str
    due: date
    why: str
    params: Json[dict[str, str]]
    state: str
    late_days: int | None
    since: datetime
