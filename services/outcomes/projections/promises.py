"""What was assigned, to whom, by when, and who will go and look."""

from datetime import date, datetime
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, Field

from services.outcomes.domain.assignment import events as assignment
from services.outcomes.domain.followup import events as followup
from services.outcomes.domain.outcome.events import OutcomeClosed
from services.outcomes.words import CPPCC, LEADER, PARTY, UNIT_OFFICE
from shared.kernel.areas import AreaCode
from shared.kernel.message import Question
from shared.runtime.projection import Projection

PROMISES = Projection(
    "promises",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        assignment.AssignmentOpened,
        assignment.AssignmentAccepted,
        assignment.AssignmentReturned,
        assignment.AssignmentArbitrated,
        assignment.ExtensionGranted,
        assignment.HandlingReplied,
        assignment.HandlingRejected,
        assignment.PauseNoted,
        assignment.DueNoted,
        followup.FollowUpScheduled,
        followup.FollowUpConducted,
        OutcomeClosed,
    ],
    sources=("outcomes",),
)

MANY = Field(title="最多条数", default=200, ge=1, le=1000)


class PromisesInArea(Question):
    """What was assigned in an area, the most urgent first."""

    area: AreaCode
    most: int = MANY


class OverduePromises(Question):
    """What is late in an area today, the longest overdue first."""

    area: AreaCode
    today: date
    most: int = MANY


class PromisesOfUnit(Question):
    """What lies on the desk of a unit."""

    may: ClassVar[frozenset[str] | None] = frozenset({UNIT_OFFICE, CPPCC, PARTY, LEADER})

    area: AreaCode
    unit: str
    most: int = MANY


class LooksInArea(Question):
    """Who still has to go and look at what was replied."""

    area: AreaCode
    most: int = MANY


class Promise(BaseModel):
    """`state` is opened, accepted, returned, replied or rejected, and since when."""

    assignment_id: UUID
    outcome_id: UUID
    topic_id: UUID
    item_no: int
    area: str
    text: str
    lead_unit: str
    assist_units: list[str]
    due: date
    paused: bool
    state: str
    result_class: str | None
    since: datetime


class Look(BaseModel):
    """A follow-up still to be conducted."""

    followup_id: UUID
    assignment_id: UUID
    topic_id: UUID
    area: str
    round: int
    kind: str
    led_by: str
    due: date
    text: str
    lead_unit: str
