"""The small values notices and deadlines are made of. The title of each is its Chinese label."""

from datetime import date, datetime, timedelta, timezone
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from shared.kernel.areas import LocalArea, county

EVERYBODY = frozenset(
    {"resident", "clerk", "convenor", "member", "cppcc", "party", "unit", "leader"}
)

CHINA = timezone(timedelta(hours=8))


def day(at: datetime) -> date:
    """The calendar day in China; deadlines are counted in calendar days."""
    return at.astimezone(CHINA).date()


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


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]

Area = Annotated[LocalArea, Field(title="行政区划")]
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
        "topic-proposed", "topic-reported", "topic-approved", "topic-returned", "topic-closed",
        "consultation-scheduled", "meeting-held", "outcome-submitted", "outcome-adopted",
        "item-assigned", "assignment-returned", "handling-replied", "handling-rejected",
        "follow-up-scheduled", "feedback-given", "deadline-breached",
    ],
    Field(title="通知事项"),
]  # fmt: skip
"""What a notice says. The words themselves are the reader's language's: a catalogue has them."""

Why = Annotated[
    Literal["reply-days-of-the-charter", "set-by-the-assigner", "clock-restarted"],
    Field(title="期限依据"),
]
"""Why a deadline falls on its day; `from` among the parameters is the day it counts from."""
