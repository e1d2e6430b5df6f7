"""What the meetings service hears."""

from typing import ClassVar
from uuid import UUID

from shared.kernel.areas import AreaCode
from shared.kernel.message import Heard


class TopicApproved(Heard):
    """Said by topics. We need to know what to consult on, and where."""

    source: ClassVar = "topics"

    topic_id: UUID
    area: AreaCode
    title: str
    proposer: str


class ResearchReportFiled(Heard):
    """Said by ourselves: a report on a topic is there."""

    source: ClassVar = "meetings"

    research_id: UUID
    topic_id: UUID
    area: AreaCode
