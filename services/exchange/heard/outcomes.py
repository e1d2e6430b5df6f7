"""What exchange hears of what outcomes says."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import AliasChoices, Field

from services.exchange.heard.steps import LooseStep, Step
from services.exchange.words import Count


class _OfOutcome(Step):
    source: ClassVar[str] = "outcomes"

    outcome_id: UUID


class _OfAssignment(Step):
    source: ClassVar[str] = "outcomes"

    assignment_id: UUID


class MinutesIssued(LooseStep):
    """The minutes have a number."""

    source: ClassVar[str] = "outcomes"

    outcome_id: UUID
    number: str


class MediaReported(LooseStep):
    """A medium reported on it."""

    source: ClassVar[str] = "outcomes"

    outcome_id: UUID
    outlet: str
    headline: str


class OutcomeSubmitted(_OfOutcome):
    """The outcome went to the bodies that decide."""


class OutcomeAdopted(_OfOutcome):
    """A body takes it up."""


class ItemAssigned(_OfOutcome):
    """A unit has to act on an item. Until its second version the fact knew one `unit` only."""

    assignment_id: UUID
    item_no: int
    lead_unit: str = Field(validation_alias=AliasChoices("lead_unit", "unit"))
    due: date


class HandlingReplied(_OfAssignment):
    """The unit replied."""

    unit: str
    result_class: str


class HandlingRejected(_OfAssignment):
    """The reply does not hold."""


class FollowUpConducted(_OfAssignment):
    """Somebody went and looked."""

    passed: bool


class SolutionConfirmed(_OfAssignment):
    """Those whom it concerns find it solved."""


class SolutionDisputed(_OfAssignment):
    """Those whom it concerns do not find it solved."""


class FeedbackGiven(_OfOutcome):
    """Members, or the people, were told."""

    to: Literal["members", "people"]
    content: str


class EvaluationTallied(Step):
    """The ballots are counted."""

    source: ClassVar[str] = "outcomes"

    evaluation_id: UUID
    of: str
    voters: int
    taken: int
    cast: int
    counts: tuple[Count, ...]
    verdict: str


class CasePublished(Step):
    """A case is in the library."""

    source: ClassVar[str] = "outcomes"

    case_id: UUID
    headline: str
