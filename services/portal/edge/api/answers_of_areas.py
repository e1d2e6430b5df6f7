"""What questions about areas answer: the forms of JSON, with a title a field."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from services.portal.edge.api.answers import Answer


class Place(Answer):
    """An area by its code and its name of that day."""

    code: str = Field(title="区划代码")
    name: str = Field(title="名称")


class Division(Place):
    """An area, where it lies, and what lies right below it."""

    level: str = Field(title="层级")
    in_force: bool = Field(title="现行")
    path: list[Place] = Field(title="上级,由省至此")
    below: list[Place] = Field(title="下级")
    ended: date | None = Field(title="撤销日期")
    goes_on: list[Place] = Field(title="由何地延续")
    charter: str = Field(title="现行规则")


class Late(Answer):
    """A task that a unit is late with."""

    matter_id: UUID = Field(title="事项编号")
    title: str = Field(title="名称")
    area: str = Field(title="地区")
    unit: str = Field(title="单位")
    due: date = Field(title="期限")
    late: int = Field(title="逾期天数")


class Row(Answer):
    """What happened in one area in the year, by kind of fact."""

    area: str = Field(title="地区")
    counts: dict[str, int] = Field(title="次数")


class Board(Answer):
    """What is going on in an area, who is late, and what happened in a year."""

    area: str = Field(title="地区")
    year: int = Field(title="年份")
    going_on: dict[str, int] = Field(title="在办")
    overdue: list[Late] = Field(title="逾期")
    whole: Row = Field(title="本地区")
    below: list[Row] = Field(title="下级")


class Figure(Answer):
    """One indicator: so many of so many."""

    indicator: str = Field(title="指标")
    kind: str = Field(title="形式", description="rate: n/d; mean: n/d; count: n")
    n: Decimal = Field(title="分子")
    d: int = Field(title="分母")


class Compared(Answer):
    """The figures of one area."""

    area: str = Field(title="地区")
    figures: list[Figure] = Field(title="指标")


class Indicators(Compared):
    """The figures of an area and of those right below it, where there is something to count."""

    year: int = Field(title="年份")
    below: list[Compared] = Field(title="下级")


class Behind(Answer):
    """One case that an indicator was counted from."""

    matter_id: UUID | None = Field(title="事项编号")
    title: str | None = Field(title="名称")
    area: str = Field(title="地区")
    what: str | None = Field(title="计入内容")
    since: date | None = Field(title="日期")
    n: Decimal = Field(title="分子")
    d: int = Field(title="分母")


class Standing(Answer):
    """Where one office stands, and its score in each dimension, in their order."""

    subject: str = Field(title="对象")
    place: int = Field(title="名次")
    total: Decimal = Field(title="总分")
    change: int | None = Field(title="名次变化")
    scores: list[Decimal | None] = Field(title="各项得分")


class Ranking(Answer):
    """A ranking as published; `issue` -1 before it was fixed, 0 fixed, then each correction."""

    known_by: ClassVar = ("sheet_id",)

    sheet_id: UUID = Field(title="考核表编号")
    area: str = Field(title="地区")
    charter: str = Field(title="规则")
    period: str = Field(title="时期")
    assessor: str = Field(title="考核方")
    published_at: datetime = Field(title="通报时间")
    frozen_at: datetime | None = Field(title="定格时间")
    issue: int = Field(title="版次")
    weights: dict[str, str] = Field(title="权重")
    lines: list[Standing] = Field(title="名次")


class Charter(Answer):
    """The charter of a county in force, and what of it nobody has confirmed."""

    known_by: ClassVar = ("area",)

    area: str = Field(title="县")
    charter: str = Field(title="规则")
    brand: str = Field(title="品牌")
    own: bool = Field(title="本县自有")
    in_force: date = Field(title="生效日期")
    stages: list[str] = Field(title="阶段")
    provisional: list[str] = Field(title="待确认的规则")
    topics: dict[str, int] = Field(title="各版本下的议题")
    text: str = Field(title="文本", description="same, changed, unread")
    deviations: int = Field(title="偏离备案")


class Stuck(Answer):
    """A matter that cannot go on, and why."""

    known_by: ClassVar = ("matter_id",)

    matter_id: UUID = Field(title="事项编号")
    area: str = Field(title="地区")
    title: str = Field(title="名称")
    state: str = Field(title="状态")
    since: datetime = Field(title="自何时")
    reason: str = Field(title="原因", description="nothing-follows, nobody-in-office")
