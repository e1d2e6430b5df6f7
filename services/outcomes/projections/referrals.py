"""The register of referrals: for the county's CPPCC and its Party group, and nobody else."""

from datetime import datetime
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, Field

from services.outcomes.domain.referral import events as said
from services.outcomes.words import CPPCC, PARTY
from shared.kernel.areas import AreaCode
from shared.kernel.message import Question
from shared.runtime.projection import Projection

REFERRALS = Projection(
    "referrals",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        said.CommitmentNoted,
        said.BreachNoted,
        said.PoorEvaluationNoted,
        said.StrongReactionRecorded,
        said.InactionAlleged,
        said.DisciplineReferralApproved,
        said.DisciplineReferralDeclined,
        said.DisciplineReferred,
        said.DisciplineResultReceived,
    ],
    sources=("outcomes",),
)


class ReferralsInArea(Question):
    """What is held against units of a county, and how far it has come. Town offices see none."""

    may: ClassVar[frozenset[str] | None] = frozenset({CPPCC, PARTY})

    area: AreaCode
    most: int = Field(title="最多条数", default=200, ge=1, le=1000)


class Referral(BaseModel):
    """`state` is gathering, alleged, approved, declined, referred or answered, and since when."""

    referral_id: UUID
    topic_id: UUID
    unit: str
    commitments: int
    breaches: int
    poor_evaluations: int
    reactions: int
    state: str
    since: datetime
