"""What notify hears of what topics says."""

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.notify.heard.steps import OfTopic, Step
from shared.kernel.message import Heard


class _ByTopics(OfTopic):
    source: ClassVar[str] = "topics"


class Part(BaseModel):
    """One of the leads that another was split into."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    title: str


class LeadAdopted(Step):
    """A lead became the source of a topic."""

    source: ClassVar[str] = "topics"

    title: str
    submitter: str


class LeadScreenedOut(Step):
    """A lead was turned away."""

    source: ClassVar[str] = "topics"

    reason: str
    submitter: str


class PersonalAppealTransferred(Step):
    """A personal appeal went to the unit that handles it."""

    source: ClassVar[str] = "topics"

    to_unit: str
    submitter: str


class LeadReturnedForFix(Step):
    """Something is missing in a lead."""

    source: ClassVar[str] = "topics"

    reason: str
    submitter: str


class _OfMerging(Step):
    source: ClassVar[str] = "topics"

    into: UUID
    reason: str
    submitter: str

    @property
    def other(self) -> str:
        """The receipt of the other lead; topics draws it from the id."""
        return f"{self.into.int % 10**12:012}"


class LeadMerged(_OfMerging):
    """A lead goes on as part of another."""


class LeadUnmerged(_OfMerging):
    """It goes on by itself again."""


class LeadSplit(Step):
    """A lead goes on as several."""

    source: ClassVar[str] = "topics"

    parts: tuple[Part, ...]
    reason: str
    submitter: str

    @property
    def into(self) -> str:
        """The leads there are now, by their titles."""
        return "、".join(part.title for part in self.parts)


class LeadSubmitted(Heard):
    """Somebody brought a matter, and follows what becomes of it."""

    source: ClassVar[str] = "topics"

    submitter: str


class TopicClaimed(Heard):
    """Somebody took charge of a topic, and follows it."""

    source: ClassVar[str] = "topics"

    claimer: str


class TopicProposed(_ByTopics):
    """A matter was put forward: those who screen it have work, and two people follow it."""

    title: str
    proposer: str
    submitter: str | None = None
    lead_id: UUID | None = None


class TopicReportFiled(_ByTopics):
    """A written report awaits a body's decision."""

    to: str


class TopicApproved(_ByTopics):
    """The matter will be consulted on."""

    title: str


class TopicReturned(_ByTopics):
    """A body did not agree."""

    body: str
    reason: str


class TopicEnded(_ByTopics):
    """The matter ends without an outcome."""

    title: str
    reason: str


class TopicClosed(_ByTopics):
    """The matter is closed."""

    title: str
