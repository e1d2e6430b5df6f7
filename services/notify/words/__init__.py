"""The small values notices and deadlines are made of. The title of each is its Chinese label."""

from datetime import date, datetime, time, timedelta, timezone
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from shared.kernel.areas import AreaCode, LocalArea, county

EVERYBODY = frozenset(
    {
        "resident", "clerk", "convenor", "member", "cppcc", "party", "unit", "leader", "agency",
        "operator",
    }
)  # fmt: skip

LEDGER_READERS = frozenset({"clerk", "cppcc", "operator"})
"""Who may see who else was told."""

APPROVERS = frozenset({"party", "cppcc"})
"""Who may pause the clock of a unit."""

CHINA = timezone(timedelta(hours=8))
OFFICES_OPEN = time(9, tzinfo=CHINA)


def day(at: datetime) -> date:
    """The calendar day in China."""
    return at.astimezone(CHINA).date()


def morning(day: date) -> datetime:
    """When offices open on that day in China: reminders and warnings reach people at work."""
    return datetime.combine(day, OFFICES_OPEN)


def to_account(account: str) -> str:
    """One person."""
    return f"account:{account}"


def to_topic(topic_id: UUID) -> str:
    """All who follow a matter: its proposer, and who brought the lead."""
    return f"topic:{topic_id}"


def to_unit(unit: str, area: str) -> str:
    """A unit of the county the area lies in; other counties have units of the same name."""
    return f"unit:{unit}@{county(area)}000000"


def to_role(role: str, area: str) -> str:
    """All who hold the role for the area, or for one that contains it."""
    return f"role:{role}@{area}"


def to_agency(agency: str, area: str) -> str:
    """The people of an agency, whose name is its own; its seat is the area, or contains it."""
    return f"unit:{agency}@{area}"


ACCOUNTS_MAX = 2000
"""The most people one notice is for; whoever is beyond them still finds it by role or unit."""

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]

Area = Annotated[LocalArea, Field(title="行政区划")]
Anywhere = Annotated[AreaCode, Field(title="行政区划")]
"""Agencies may have their seat in a city or a province."""

NoticeId = Annotated[UUID, Field(title="通知")]
DeadlineId = Annotated[UUID, Field(title="期限")]
TopicId = Annotated[UUID, Field(title="议题")]
Unit = Annotated[Line, Field(title="承办单位")]
Due = Annotated[date, Field(title="办理期限")]
Params = Annotated[dict[str, str], Field(title="内容参数")]

Recipient = Annotated[
    str,
    StringConstraints(pattern=r"(?s)^((account|topic):.{1,200}|(unit|role):.{1,200}@\d{12})$"),
    Field(title="收件人"),
]
"""As the four functions above write it."""

Text = Annotated[
    Literal[
        "lead-adopted", "lead-screened-out", "appeal-transferred",
        "lead-returned", "lead-merged", "lead-unmerged", "lead-split",
        "topic-proposed", "topic-reported", "topic-approved", "topic-returned", "topic-closed",
        "topic-ended", "consultation-postponed", "consultation-cancelled",
        "consultation-scheduled", "meeting-held", "outcome-submitted", "outcome-adopted",
        "item-assigned", "assignment-returned", "assignment-arbitrated",
        "handling-replied", "handling-rejected",
        "follow-up-scheduled", "feedback-given", "deadline-breached",
        "deadline-reminded", "deadline-warned",
        "deadline-paused", "deadline-resumed", "deadline-extended", "deadline-escalated",
        "subscription-asked", "subscription-approved", "subscription-declined",
        "subscription-revoked", "credentials-changed", "retention-neared", "messages-given-up",
        "dispatch-offered", "dispatch-late",
        "channel-test",
    ],
    Field(title="通知事项"),
]  # fmt: skip
"""What a notice says. The words themselves are the reader's language's: a catalogue has them."""

Because = Annotated[
    str, StringConstraints(pattern=r"^([a-z]+:\d+)?$"), Field(title="起因记录", default="")
]
"""The fact that made us tell: its service and position. Empty: the oldest did not know."""

Accounts = Annotated[tuple[UUID, ...], Field(title="收件账号", max_length=ACCOUNTS_MAX)]

Why = Annotated[
    Literal[
        "reply-days-of-the-charter", "set-by-the-assigner", "clock-restarted", "set-by-arbitration"
    ],
    Field(title="期限依据"),
]
"""Why a deadline falls on its day; `from` among the parameters is the day it counts from."""

Since = Annotated[date, Field(title="起算日")]
Reason = Annotated[Line, Field(title="理由")]
Approval = Annotated[Line, Field(title="批准人或批准文号")]
WorkingDaysLeft = Annotated[int, Field(title="剩余工作日", ge=0)]
Level = Annotated[Literal["blue", "yellow", "red"], Field(title="预警等级")]
"""蓝黄红, the more urgent the later."""


Above = Annotated[Literal["staff", "leaders", "party-office"], Field(title="督促层级")]
"""县政协机关、县领导、县委办: who is told in turn of a day that was missed."""


class Count(BaseModel):
    """How a deadline's day was counted: so many days after `since`, with or without days off.

    Of calendar days `days_off` are a part; of working days they were skipped. `provisional`: of
    one of the years the days off were not published.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    since: Since
    days: int = Field(title="天数")
    of: Literal["calendar", "working"] = Field(title="计算单位")
    days_off: int = Field(title="休息日数", ge=0)
    provisional: bool = Field(title="节假日安排未公布")


class Mark(BaseModel):
    """A moment on the way to a deadline at which the unit is reminded, or a warning is raised."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    what: Literal["reminder", "blue", "yellow", "red"] = Field(title="事项")
    at: AwareDatetime = Field(title="时间")


class Rung(BaseModel):
    """The moment at which the next level is told, unless the unit has replied by then."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    to: Above
    at: AwareDatetime = Field(title="时间")
    count: Count = Field(title="时间计算")


Rungs = Annotated[tuple[Rung, ...], Field(title="后续督促", default=())]

Marks = Annotated[tuple[Mark, ...], Field(title="后续催办与预警")]
"""Those still ahead, the next one first."""


def because(count: Count, due: date) -> str:
    """Why the deadline falls on its day, in one sentence."""
    days, off = (
        ("个工作日", f"跳过休息日{count.days_off}天")
        if count.of == "working"
        else ("个日历日", f"其中休息日{count.days_off}天")
    )
    unsure = ";节假日安排未公布,暂按双休日计算" if count.provisional else ""
    return f"自{_told(count.since)}起{count.days}{days}({off}),至{_told(due)}{unsure}。"


def _told(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
