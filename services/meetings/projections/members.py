"""Who the members are, and their duty files."""

from datetime import date
from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, Field

from services.meetings.domain.member.events import MemberEvent
from shared.kernel.areas import AreaCode
from shared.kernel.message import Question
from shared.kernel.registry import members
from shared.runtime.projection import Projection

MEMBERS = Projection(
    "members",
    sql=Path(__file__).with_suffix(".sql"),
    facts=members(MemberEvent),
    sources=("meetings",),
)

YEAR = Field(title="年度", ge=2000, le=2999)


class MembersInArea(Question):
    """The members of an area, or the memberships of one account, and what they did in a year."""

    area: AreaCode = Field(title="区划")
    year: int = YEAR
    account: str | None = Field(default=None, title="账号编号")
    most: int = Field(title="最多条数", default=500, ge=1, le=1000)


class MemberDuties(Question):
    """The duty file of a member in a year."""

    member_id: UUID = Field(title="委员编号")
    year: int = YEAR


class MemberRow(BaseModel):
    """A member. `name` is sealed; `points` are those of the year so far, without a yearly most;
    `total` and `grade` are there once the year is evaluated; `ended` is the reason, if it ended.
    """

    member_id: UUID
    area: str
    name: str
    account: str
    party_member: bool
    standing: bool
    sector: str
    district: str
    term: int
    ended: str | None
    paired_with: list[UUID]
    duties: int
    points: int
    total: int | None
    grade: str | None
    reported: bool
    observed_on: date | None


class Duty(BaseModel):
    """Something a member did, and what it counts."""

    kind: str
    done_on: date
    reference: str
    points: int
