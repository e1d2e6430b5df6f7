"""What the portal looks into for those who are not logged in, beyond what offices are shown."""

from datetime import date
from typing import ClassVar

from shared.kernel.message import Heard


class TopicReportFiled(Heard):
    """A body has the written report."""

    source: ClassVar = "topics"

    to: str


class TopicReviewedByPartyBody(Heard):
    """A body said whether the topic may go ahead."""

    source: ClassVar = "topics"

    body: str


class TopicPublicised(Heard):
    """The topic was posted for all to see."""

    source: ClassVar = "topics"

    where: str


class PlanNoted(Heard):
    """The topic serves an item of a plan."""

    source: ClassVar = "topics"


class ResearchConducted(Heard):
    """Somebody went and asked."""

    source: ClassVar = "meetings"


class PartiesDetermined(Heard):
    """It is settled who must be heard."""

    source: ClassVar = "meetings"


class WorkPlanIssued(Heard):
    """The work plan is out."""

    source: ClassVar = "meetings"


class PriorNoticeGiven(Heard):
    """The parties were told what will be discussed."""

    source: ClassVar = "meetings"


class PauseNoted(Heard):
    """The clock of a unit stands still."""

    source: ClassVar = "outcomes"


class DueNoted(Heard):
    """The clock of a unit runs to another day."""

    source: ClassVar = "outcomes"

    due: date
