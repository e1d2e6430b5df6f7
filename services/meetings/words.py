"""The small values the meetings service is made of; their Chinese names stand in the charters."""

from datetime import date, datetime, timedelta, timezone
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

DOOR = "door"
"""Who checks somebody in by the code on the wall: the portal, for an account that showed it."""

CLERK = "clerk"
CONVENOR = "convenor"
MEMBER = "member"
CPPCC = "cppcc"
UNIT = "unit"

ORGANISERS = frozenset({CONVENOR, CPPCC})
RECORDERS = ORGANISERS | {CLERK}
RESEARCHERS = ORGANISERS | {MEMBER}

CHINA = timezone(timedelta(hours=8))


def day(at: datetime) -> date:
    """The calendar day in China; days of notice are counted from midnight to midnight there."""
    return at.astimezone(CHINA).date()


Kind = Literal["masses", "unit", "member", "expert", "leader"]
"""Whose side a party sits on: 群众, 责任单位, 委员, 协商人才, 党政领导."""

Form = Literal["plenary", "chairpersons", "standing-committee", "special-committee", "small"]
"""邻水's five: 全体会议广泛协商, 主席会议专题协商, 常委会重点协商, 专委会对口协商, 小微协商."""

Mode = Literal[
    "venue",
    "site",
    "venue-and-site",
    "fixed-and-mobile",
    "gathered-and-dispersed",
    "urgent-site",
]
"""How people come together: 会场, 现场, then 邻水's three (会场+现场, 固定+流动, 集中+分散), and
急事现场, which a county may let happen without days of notice but never without research."""

WorkPlanField = Literal[
    "theme",
    "participants",
    "content",
    "research-steps",
    "timetable",
    "agenda",
    "conversion",
    "leadership",
]
"""英山: "协商主题、参加人员、协商内容、调研步骤、时间安排、协商会程序、成果转化、组织领导"."""

InvitedBy = Literal["by-phone-call", "by-written-letter", "in-person", "by-message"]
"""How a side was asked to come: 电话, 书面, 当面, 短信或微信."""

EndReason = Literal["term-over", "resigned", "removed", "moved-away", "deceased"]
"""How a membership ends: 届满, 辞去, 撤销, 调离, 去世."""

ExitReason = Literal["term-over", "own-wish", "moved-away", "unqualified", "misconduct"]
"""How a talent leaves the pool: 聘期届满, 本人申请, 调离, 考核不合格, 违规违纪."""

Measure = Literal["warning", "suspension"]
"""How a talent is sanctioned: 提醒, 暂停参加抽取."""

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=80)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$", max_length=60)]
Year = Annotated[int, Field(ge=2000, le=2999)]

_SEALED = r"sealed:1:[0-9a-f-]{36}:[A-Za-z0-9_-]{38,8000}={0,2}"
_OF_A_PERSON = Field(json_schema_extra={"sealed": True})
Sealed = Annotated[str, StringConstraints(pattern=rf"^{_SEALED}$"), _OF_A_PERSON]
"""A private person's words as the vault sealed them: plain words don't fit."""

SealedOrNot = Annotated[str, StringConstraints(pattern=rf"^({_SEALED})?$"), _OF_A_PERSON]
"""The same, or nothing."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Party(_Value):
    """Who must be heard: an office or a group ("住户代表"), never a private person by name."""

    kind: Kind = Field(title="类别")
    name: Line = Field(title="单位或群体")


class AgendaItem(_Value):
    """One thing to be dealt with: who leads it, and how many minutes it may take."""

    title: Line = Field(title="事项")
    speaker: str = Field(default="", title="主持或发言", max_length=200)
    minutes: int = Field(title="分钟", ge=1, le=480)


class Item(_Value):
    """One point of the record. `unit` is empty where agreement itself is the result."""

    no: int = Field(title="序号", ge=1)
    text: Text = Field(title="内容")
    agreed: bool = Field(title="达成共识")
    general: bool = Field(title="普遍性问题")
    unit: str = Field(title="责任单位")


class Commitment(_Value):
    """What a unit promised on the spot (当场表态)."""

    unit: Line = Field(title="表态单位")
    promise: Text = Field(title="承诺")
    due: date = Field(title="期限")
