"""What the portal looks into of how outcomes are put to use: the ways out of a consultation."""

from typing import ClassVar
from uuid import UUID

from shared.kernel.message import Heard


class OutcomeSubmitted(Heard):
    """The outcome went to the bodies that decide."""

    source: ClassVar = "outcomes"

    topic_id: UUID
    to: tuple[str, ...]


class UpreportAdopted(Heard):
    """What was passed on was adopted, on one level."""

    source: ClassVar = "outcomes"

    item_no: int
    by: str
