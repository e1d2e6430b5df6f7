"""Who may be drawn, what was drawn, and how fair luck has been."""

from datetime import date, datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.meetings.domain.draw.events import DrawEvent
from services.meetings.domain.talent.events import TalentEvent
from shared.kernel.areas import AreaCode
from shared.kernel.message import Question
from shared.kernel.registry import members
from shared.runtime.projection import Projection

TALENTS = Projection(
    "talents",
    sql=Path(__file__).with_suffix(".sql"),
    facts=(*members(TalentEvent), *members(DrawEvent)),
    sources=("meetings",),
)

State = Literal["opened", "committed", "drawn", "cancelled"]

MANY = Field(title="最多条数", default=500, ge=1, le=1000)


class TalentPool(Question):
    """The talents of an area who have not left, of one specialty or of all."""

    area: AreaCode = Field(title="区划")
    specialty: str | None = Field(default=None, title="专业领域")
    most: int = MANY


class DrawsInArea(Question):
    """The draws of an area, the latest step first."""

    area: AreaCode = Field(title="区划")
    state: State | None = Field(default=None, title="状态")
    most: int = MANY


class LotsOfDraw(Question):
    """What became of everybody in the pool of a draw."""

    draw_id: UUID = Field(title="抽取编号")


class DrawsPerTalent(Question):
    """How often each talent of an area was drawn, in a year or ever, and how often by chance."""

    area: AreaCode = Field(title="区划")
    year: int | None = Field(default=None, title="年度", ge=2000, le=2999)
    most: int = MANY


class Talent(BaseModel):
    """A talent. `name` and `contact` are sealed; `grade` is that of the last year `assessed`."""

    talent_id: UUID
    area: str
    name: str
    contact: str
    source: str
    specialties: list[str]
    until: date
    suspended_until: date | None
    assessed: int | None
    grade: str | None
    rewards: int
    sanctions: int


class Draw(BaseModel):
    """A draw, with what anybody needs to recompute it but the pool itself."""

    draw_id: UUID
    topic_id: UUID
    area: str
    purpose: str
    specialty: str
    wanted: int
    seed_source: str
    seed_day: date
    state: State
    since: datetime
    pool_hash: str | None
    seed: str | None
    published_in: str | None
    pool: int
    excluded: int


class Lot(BaseModel):
    """What became of one talent in a draw; `left` was drawn and replaced. `name` is sealed."""

    talent_id: UUID
    lot: Literal["pooled", "excluded", "drawn", "left"]
    name: str | None


class Luck(BaseModel):
    """In how many draws a talent stood, how many took this one, and how many chance would have."""

    talent_id: UUID
    name: str
    pooled: int
    drawn: int
    expected: float
