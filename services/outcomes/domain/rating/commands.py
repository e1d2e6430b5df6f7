"""What a rating may be asked."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from services.outcomes import words as w
from shared.kernel.message import Command


class RateHandling(Command):
    """Say of a reply whether it is really solved, as somebody whom it concerns.

    The id is uuid5(assignment_id, 'rating'). A voice speaks once of a round.
    """

    label: ClassVar[str] = "群众评价"
    may: ClassVar[frozenset[str]] = frozenset({w.RESIDENT, w.MEMBER})

    rating_id: UUID = Field(title="评价编号")
    area: w.Area
    topic_id: w.TopicId
    outcome_id: w.OutcomeId
    assignment_id: w.AssignmentId
    item_no: w.ItemNo
    round: w.Round
    voice: UUID = Field(title="评价人", description="账号,或者回执所指的线索编号")
    solved: bool = Field(title="已解决")
    satisfaction: w.Satisfaction
    remark: w.Sealed


RatingCommand = RateHandling
