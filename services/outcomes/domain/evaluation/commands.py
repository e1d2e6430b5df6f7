"""What an evaluation (民主测评) may be asked."""

from typing import ClassVar

from pydantic import AwareDatetime, Field

from services.outcomes import words as w
from shared.kernel.message import Command

STAFF = frozenset({w.CPPCC})


class OpenEvaluation(Command):
    """Name what is evaluated, who may vote, who handled it, and the ballots that are printed.

    `ballots` are the SHA-256 digests of one long random code for each voter. The codes themselves
    are printed, drawn by the voters unseen, and kept nowhere.
    """

    label: ClassVar[str] = "发起民主测评"
    may: ClassVar[frozenset[str]] = STAFF

    evaluation_id: w.EvaluationId
    area: w.Area
    topic_id: w.TopicId
    of: w.Evaluated
    subject_id: w.SubjectId
    forum: w.Slug = Field(title="测评会议")
    voters: w.Voters
    handlers: w.Handlers = ()
    handling_units: w.HandlingUnits
    ballots: w.Ballots
    poll_ends: AwareDatetime = Field(title="投票截止时间")


class TakeBallot(Command):
    """Take one's own ballot. There is no field for anybody else's."""

    label: ClassVar[str] = "领取测评票"
    traced: ClassVar[bool] = False
    may: ClassVar[frozenset[str]] = frozenset({w.MEMBER, w.CONVENOR, w.CPPCC, w.RESIDENT})

    evaluation_id: w.EvaluationId


class OpenPoll(Command):
    """End the taking of ballots and begin the casting."""

    label: ClassVar[str] = "开始投票"
    may: ClassVar[frozenset[str]] = STAFF

    evaluation_id: w.EvaluationId


class CastBallot(Command):
    """Put a ballot into the box. Asked by whoever holds its code, under no name of their own."""

    label: ClassVar[str] = "投票"
    traced: ClassVar[bool] = False
    may: ClassVar[frozenset[str]] = frozenset({w.BALLOT})

    evaluation_id: w.EvaluationId
    code: str = Field(title="测评票编码", min_length=20, max_length=64)
    choice: w.Choice


class TallyEvaluation(Command):
    """Count the ballots, when all are cast or the time is over."""

    label: ClassVar[str] = "计票"
    may: ClassVar[frozenset[str]] = STAFF

    evaluation_id: w.EvaluationId


class RecountEvaluation(Command):
    """Count the ballots in the log again, and say whether the count stands."""

    label: ClassVar[str] = "复核计票"
    may: ClassVar[frozenset[str]] = STAFF | {w.PARTY, w.LEADER, w.MEMBER}

    evaluation_id: w.EvaluationId


class ReportEvaluation(Command):
    """Send the result to the bodies that decide, and to the units concerned."""

    label: ClassVar[str] = "报送测评结果"
    may: ClassVar[frozenset[str]] = STAFF

    evaluation_id: w.EvaluationId
    to: w.Bodies


type EvaluationCommand = (
    OpenEvaluation
    | TakeBallot
    | OpenPoll
    | CastBallot
    | TallyEvaluation
    | RecountEvaluation
    | ReportEvaluation
)
