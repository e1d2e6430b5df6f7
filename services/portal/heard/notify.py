"""What the portal looks into of what notify says."""

from typing import ClassVar
from uuid import UUID

from shared.kernel.message import Heard


class DeadlineSet(Heard):
    """The first a deadline says."""

    source: ClassVar = "notify"

    topic_id: UUID


class NoticeSent(Heard):
    """The first a notice says."""

    source: ClassVar = "notify"

    topic_id: UUID | None
