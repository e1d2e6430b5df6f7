"""What an evaluation (民主测评) says."""

from typing import ClassVar

from pydantic import AwareDatetime, Field

from services.outcomes import words as w
from shared.kernel.message import Event, Message
from shared.kernel.registry import Registry, registry


class Count(Message):
    """How many ballots bear one choice."""

    choice: w.Choice
    ballots: int = Field(title="票数", ge=0)


class EvaluationOpened(Event):
    """There is something to be evaluated, by these voters, on these ballots."""

    label: ClassVar[str] = "民主测评发起"

    evaluation_id: w.EvaluationId
    topic_id: w.TopicId
    of: w.Evaluated
    subject_id: w.SubjectId
    forum: w.Slug = Field(title="测评会议")
    voters: w.Voters
    handlers: w.Handlers
    handling_units: w.HandlingUnits
    ballots: w.Ballots
    poll_ends: AwareDatetime = Field(title="投票截止时间")


class BallotTaken(Event):
    """A voter took a ballot; which one, nobody knows."""

    label: ClassVar[str] = "领取测评票"

    evaluation_id: w.EvaluationId
    voter: w.Voter


class PollOpened(Event):
    """No ballot is taken any more; from now on they are cast."""

    label: ClassVar[str] = "投票开始"

    evaluation_id: w.EvaluationId


class BallotCast(Event):
    """A ballot is in the box; whose, nobody knows."""

    label: ClassVar[str] = "投票"

    evaluation_id: w.EvaluationId
    ballot: w.Ballot
    choice: w.Choice


class EvaluationTallied(Event):
    """The ballots are counted. Without a quorum there is no verdict."""

    label: ClassVar[str] = "测评结果"

    evaluation_id: w.EvaluationId
    topic_id: w.TopicId
    of: w.Evaluated
    subject_id: w.SubjectId
    counts: tuple[Count, ...] = Field(title="各档票数")
    voters: int = Field(title="应参加人数", ge=0)
    taken: int = Field(title="发出票数", ge=0)
    cast: int = Field(title="收回票数", ge=0)
    verdict: w.Verdict


class EvaluationRecounted(Event):
    """The ballots in the log were counted again."""

    label: ClassVar[str] = "复核结果"

    evaluation_id: w.EvaluationId
    counts: tuple[Count, ...] = Field(title="各档票数")
    same: bool = Field(title="与计票一致")


class EvaluationReported(Event):
    """The bodies that decide, and the units concerned, have the result."""

    label: ClassVar[str] = "测评结果报送"

    evaluation_id: w.EvaluationId
    topic_id: w.TopicId
    to: w.Bodies
    units: w.HandlingUnits
    verdict: w.Verdict


type EvaluationEvent = (
    EvaluationOpened
    | BallotTaken
    | PollOpened
    | BallotCast
    | EvaluationTallied
    | EvaluationRecounted
    | EvaluationReported
)

EVENTS: Registry[EvaluationEvent] = registry(EvaluationEvent)
