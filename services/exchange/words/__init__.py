"""The small values that facts for others are made of. The title of each is its Chinese label."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue

from shared.kernel.areas import LocalArea

Kind = Annotated[
    Literal[
        "TopicProposed",
        "TopicApproved",
        "TopicPublicised",
        "TopicClosed",
        "TopicEnded",
        "TopicReopened",
        "ConsultationScheduled",
        "ConsultationPostponed",
        "ConsultationCancelled",
        "CommitmentMade",
        "MeetingHeld",
        "MinutesIssued",
        "OutcomeSubmitted",
        "OutcomeAdopted",
        "ItemAssigned",
        "DeadlineExtended",
        "HandlingReplied",
        "HandlingRejected",
        "FollowUpConducted",
        "SolutionConfirmed",
        "SolutionDisputed",
        "FeedbackGiven",
        "EvaluationTallied",
        "CasePublished",
        "MediaReported",
    ],
    Field(title="公开事实种类"),
]
"""The kinds of fact that others are told: the names of the public contract."""

ListName = Annotated[
    Literal["topics", "meetings", "outcomes", "assignments", "evaluations", "cases"],
    Field(title="清单"),
]
"""The lists of what there is, for those who keep a copy."""

OPENING: frozenset[Kind] = frozenset({"TopicApproved", "TopicPublicised"})
"""Whichever comes first makes a matter public, with all that was said of it before."""

TopicId = Annotated[UUID, Field(title="议题编号")]
ConsultationId = Annotated[UUID, Field(title="协商活动编号")]
OutcomeId = Annotated[UUID, Field(title="成果编号")]
AssignmentId = Annotated[UUID, Field(title="交办编号")]
EvaluationId = Annotated[UUID, Field(title="测评编号")]
CaseId = Annotated[UUID, Field(title="案例编号")]

Area = Annotated[LocalArea, Field(title="行政区划")]
HappenedAt = Annotated[AwareDatetime, Field(title="发生时间")]
Title = Annotated[str, Field(title="议题名称")]
Unit = Annotated[str, Field(title="单位")]
Form = Annotated[str, Field(title="协商形式")]
Mode = Annotated[str, Field(title="协商方式")]
Round = Annotated[int, Field(title="第几轮", ge=1)]
Said = Annotated[dict[str, JsonValue], Field(title="公开内容", max_length=20)]


class Count(BaseModel):
    """How many ballots bear one choice."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    choice: str = Field(title="档次")
    ballots: int = Field(title="票数", ge=0)
