"""What the portal looks into of a poll, to hold it. Ballots taken and cast it does not hear."""

from typing import Any, ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from shared.kernel.message import Heard


class EvaluationOpened(Heard):
    """These may vote on this, until then."""

    source: ClassVar = "outcomes"

    topic_id: UUID
    of: str
    subject_id: UUID
    forum: str
    voters: tuple[str, ...]
    handling_units: tuple[str, ...]
    poll_ends: AwareDatetime


class PollOpened(Heard):
    """Ballots are cast from now on."""

    source: ClassVar = "outcomes"


class EvaluationTallied(Heard):
    """The ballots are counted."""

    source: ClassVar = "outcomes"

    topic_id: UUID
    of: str
    voters: int
    taken: int
    cast: int
    counts: tuple[dict[str, Any], ...]
    verdict: str


class EvaluationRecounted(Heard):
    """They were counted again."""

    source: ClassVar = "outcomes"

    same: bool


class EvaluationReported(Heard):
    """The bodies that decide have the result."""

    source: ClassVar = "outcomes"
