"""What exchange hears of leads: their steps, for the agencies they came from or go to."""

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.kernel.areas import AreaCode
from shared.kernel.message import Heard


class Part(BaseModel):
    """One of the leads that another was split into."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    lead_id: UUID


class _Step(Heard):
    source: ClassVar[str] = "topics"

    lead_id: UUID
    area: AreaCode
    submitter: str


class LeadSubmitted(_Step):
    """Somebody brought a matter; words and contact are ciphertext."""

    title: str
    place: str = ""
    words: str
    contact: str


class LeadReturnedForFix(_Step):
    """Something is missing."""

    reason: str


class LeadResubmitted(_Step):
    """It came back completed."""

    title: str
    place: str
    words: str
    contact: str


class LeadMerged(_Step):
    """It goes on as part of another."""

    into: UUID


class LeadUnmerged(_Step):
    """It goes on by itself again."""

    into: UUID


class LeadSplit(_Step):
    """It goes on as several others."""

    parts: tuple[Part, ...]


class LeadScreenedOut(_Step):
    """It was turned away."""

    reason: str


class PersonalAppealTransferred(_Step):
    """It is a personal appeal, and with the unit that handles it."""

    to_unit: str
    reason: str


class TransferAcknowledged(_Step):
    """That unit has it, under a number of its own."""

    to_unit: str
    receipt_no: str


class LeadAdopted(_Step):
    """It becomes a topic."""

    title: str


STEPS = (
    LeadSubmitted,
    LeadReturnedForFix,
    LeadResubmitted,
    LeadMerged,
    LeadUnmerged,
    LeadSplit,
    LeadScreenedOut,
    PersonalAppealTransferred,
    TransferAcknowledged,
    LeadAdopted,
)
