"""What is handed to agencies, and whether they confirmed that they have it."""

from datetime import datetime
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, Field

from services.exchange.domain.agency.events import AgencyEvent
from services.exchange.domain.dispatch.events import DispatchEvent
from services.exchange.heard import leads
from services.exchange.words.inbound import AGENCY, Standing, Words
from shared.kernel.areas import AreaCode
from shared.kernel.message import Question
from shared.kernel.registry import members
from shared.runtime.projection import Projection

PAGE_MAX = 200
STAFF = frozenset({"operator", "cppcc", "clerk", "convenor"})
"""Who may see what was handed on from their area."""

DISPATCHES = Projection(
    "dispatches",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[*members(DispatchEvent), *members(AgencyEvent), *leads.STEPS],
    sources=("exchange", "topics"),
)


class DispatchesOfAgency(Question):
    """What an agency was handed, what it has not confirmed first."""

    may: ClassVar[frozenset[str] | None] = frozenset({AGENCY})

    agency_id: UUID
    standing: Standing = ""
    text: Words = ""
    most: int = Field(title="最多条数", default=50, ge=1, le=PAGE_MAX)
    skipped: int = Field(title="跳过条数", default=0, ge=0)


class DispatchesInArea(Question):
    """What was handed to agencies from an area, what is not confirmed first; to all, or one."""

    may: ClassVar[frozenset[str] | None] = STAFF

    area: AreaCode
    agency_id: UUID | None = None
    standing: Standing = ""
    text: Words = ""
    most: int = Field(title="最多条数", default=50, ge=1, le=PAGE_MAX)
    skipped: int = Field(title="跳过条数", default=0, ge=0)


class DispatchesOfLead(Question):
    """To whom a lead was handed."""

    may: ClassVar[frozenset[str] | None] = STAFF

    lead_id: UUID


class DispatchById(Question):
    """One, with its private words, which only the vault can read."""

    may: ClassVar[frozenset[str] | None] = STAFF | {AGENCY}

    dispatch_id: UUID


class DispatchRow(BaseModel):
    """One of many; `acknowledged_at` is empty until the agency confirmed."""

    dispatch_id: UUID
    lead_id: UUID
    agency_id: UUID
    agency: str
    area: str
    title: str
    place: str
    reason: str
    offered_at: datetime
    due: datetime
    reminded: int
    number: str
    on_paper: bool
    acknowledged_at: datetime | None


class DispatchWhole(DispatchRow):
    """One, with what its agency has to know."""

    words: str
    contact: str
