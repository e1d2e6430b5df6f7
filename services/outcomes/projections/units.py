"""The register of units: who items may be assigned to, and what they were called before."""

from datetime import date
from pathlib import Path
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.outcomes.domain.unit.events import UnitEvent
from shared.kernel.areas import AreaCode
from shared.kernel.message import Question
from shared.kernel.registry import members
from shared.runtime.projection import Projection

UNITS = Projection(
    "units",
    sql=Path(__file__).with_suffix(".sql"),
    facts=members(UnitEvent),
    sources=("outcomes",),
)


class UnitsInArea(Question):
    """The units of an area, by kind and name; those that are no more as well, if wanted."""

    area: AreaCode = Field(title="区划")
    retired: bool = Field(default=False, title="含已注销")
    most: int = Field(title="最多条数", default=500, ge=1, le=2000)


class UnitRow(BaseModel):
    """A unit under its name of now; `aliases` are its former names, `since` its last change."""

    unit_id: UUID
    area: str
    name: str
    kind: str
    short_names: list[str]
    aliases: list[str]
    state: Literal["registered", "retired"]
    since: date | None
    reason: str | None
    successor: UUID | None
