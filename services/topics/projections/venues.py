"""Where people consult, who convenes there, and what is short of what the charter expects."""

from datetime import datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.topics.domain.venue.events import VenueEvent
from services.topics.words import Year
from shared.kernel.areas import AreaCode
from shared.kernel.message import Question
from shared.kernel.registry import members
from shared.runtime.projection import Projection

VENUES = Projection(
    "venues",
    sql=Path(__file__).with_suffix(".sql"),
    facts=members(VenueEvent),
    sources=("topics",),
)

Warned = Literal[
    "standard-unmet",
    "convenor-missing",
    "children-too-few",
    "children-too-many",
    "activities-too-few",
]
"""What is short; none of it stops anybody from meeting. `activities-too-few` is so far in a year,
`convenor-missing` is what stops a venue from being offered."""


class VenuesInArea(Question):
    """The venues of an area, with what a year has brought and what is short."""

    area: AreaCode = Field(title="区划")
    year: Year = Field(title="年度")
    type: str | None = Field(default=None, title="阵地类型")
    most: int = Field(title="最多条数", default=200, ge=1, le=1000)


class BudgetOfVenue(Question):
    """What a venue was given and has spent, by year and line."""

    venue_id: UUID = Field(title="阵地编号")


class VenueRow(BaseModel):
    """A venue. `met` of `standard` it has; activities and money are those of the year asked for."""

    venue_id: UUID
    area: str
    type: str
    name: str
    host_kind: str
    host: str
    shared_with: list[str]
    parent_id: UUID | None
    state: Literal["in-use", "suspended"]
    since: datetime
    standard: list[str]
    met: list[str]
    convenor_1: str | None
    convenor_2: str | None
    children_here: int
    children_least: int | None
    children_most: int | None
    activities: int
    activities_min: int
    allotted: int
    spent: int
    warnings: list[Warned]


class BudgetRow(BaseModel):
    """One line of a year's budget, in whole yuan."""

    year: int
    line: str
    allotted: int
    spent: int
    unspent: int
