"""What a rating says."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from services.outcomes import words as w
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class HandlingRated(Event):
    """Somebody whom it concerns said what became of it.

    `look_by` is the day by which somebody has to go and look, where it is not solved.
    """

    label: ClassVar[str] = "群众评价"

    rating_id: UUID = Field(title="评价编号")
    topic_id: w.TopicId
    outcome_id: w.OutcomeId
    assignment_id: w.AssignmentId
    item_no: w.ItemNo
    round: w.Round
    voice: UUID = Field(title="评价人")
    solved: bool = Field(title="已解决")
    satisfaction: w.Satisfaction
    remark: str = Field(title="原话", json_schema_extra={"sealed": True})
    look_by: date | None = Field(title="最迟回访日期")


RatingEvent = HandlingRated

EVENTS: Registry[RatingEvent] = registry(RatingEvent)
