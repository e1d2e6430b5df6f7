"""What the portal looks into of units, certified ledgers and charters."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from shared.kernel.message import Heard


class UnitRegistered(Heard):
    """There is a unit of this name."""

    source: ClassVar = "outcomes"

    name: str
    kind: str
    short_names: tuple[str, ...]


class UnitRenamed(Heard):
    """It has another name from a day on."""

    source: ClassVar = "outcomes"

    name: str
    since: date


class UnitRetired(Heard):
    """It is no more."""

    source: ClassVar = "outcomes"

    since: date
    reason: str
    successor: UUID | None


class LedgerCertified(Heard):
    """An office stands for its ledger of a period."""

    source: ClassVar = "outcomes"

    area: str
    period: str
    rows: int
    entries: tuple[dict[str, Any], ...]
    digest: str
    number: int
    reason: str


class CharterDrafted(Heard):
    """There is a draft of a version."""

    source: ClassVar = "topics"

    charter: str
    digest: str
    in_force: date


class CharterActivated(CharterDrafted):
    """The services work by it."""


class CharterTextAccepted(Heard):
    """Its text was changed, and somebody stands for that."""

    source: ClassVar = "topics"

    charter: str
    digest: str


class CharterDeviationRecorded(Heard):
    """A matter was not dealt with as a charter says."""

    source: ClassVar = "topics"

    charter: str
    topic_id: UUID
    key: str
    instead: str
    reason: str
    approved_by: str
