"""Every clock: who has to reply by when, and why that day."""

from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, Field, Json, computed_field

from services.notify.domain.deadline.events import (
    DeadlineBreached,
    DeadlineEscalated,
    DeadlineExtended,
    DeadlineLifted,
    DeadlineMet,
    DeadlinePaused,
    DeadlineResumed,
    DeadlineSet,
    ReminderSent,
    WarningLevelRaised,
)
from services.notify.words import Count, because
from shared.kernel.areas import AreaCode
from shared.kernel.message import Question
from shared.runtime.projection import Projection

DEADLINES = Projection(
    "deadlines",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        DeadlineSet,
        DeadlineExtended,
        DeadlinePaused,
        DeadlineResumed,
        ReminderSent,
        WarningLevelRaised,
        DeadlineMet,
        DeadlineLifted,
        DeadlineBreached,
        DeadlineEscalated,
    ],
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
    """`state` is the name of the last fact that changed it, and `level` the warning that stands.

    `told` is the last level that was told of a day that was missed, and `told_because` why then.
    `why`, `params` and `because` say why that day; of the oldest clocks nothing was counted.
    """

    deadline_id: UUID
    topic_id: UUID
    area: str
    unit: str
    due: date
    why: str
    params: Json[dict[str, str]]
    count: Json[Count] | None
    state: str
    level: str | None
    late_days: int | None
    told: str | None
    told_count: Json[Count] | None
    since: datetime

    @computed_field
    def because(self) -> str:
        """How the day was counted, in one sentence."""
        return because(self.count, self.due) if self.count else ""

    @computed_field
    def told_because(self) -> str:
        """How the day was counted on which the next level was told."""
        if (count := self.told_count) is None:
            return ""
        until = count.since + timedelta(days=count.days + count.days_off)
        return f"逾期{because(count, until)}"
