"""What the portal looks into of what outcomes notes of items, to know whose turn it is."""

from typing import ClassVar

from shared.kernel.message import Heard


class ReturnNoted(Heard):
    """A unit gave an item back."""

    source: ClassVar = "outcomes"

    item_no: int


class ReasonRecorded(Heard):
    """It is written why an item is not passed on."""

    source: ClassVar = "outcomes"

    item_no: int
