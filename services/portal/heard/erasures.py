"""What the portal does something about when it hears itself say it."""

from typing import ClassVar
from uuid import UUID

from shared.kernel.message import Heard


class SubjectErased(Heard):
    """Somebody's words are deleted."""

    source: ClassVar = "portal"

    of: str
    subject_id: UUID


class ErasureRefused(Heard):
    """They are kept, perhaps locked."""

    source: ClassVar = "portal"

    of: str
    subject_id: UUID
    locked: bool
