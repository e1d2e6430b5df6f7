"""The small values notices and deadlines are made of. The title of each is its Chinese label."""

from datetime import date, datetime, timedelta, timezone
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from shared.kernel.areas import LocalArea

EVERYBODY = frozenset(
    {"resident", "clerk", "convenor", "member", "cppcc", "party", "unit", "leader"}
)

CHINA = timezone(timedelta(hours=8))


def day(at: datetime) -> date:
    """The calendar day in China; deadlines are counted in calendar days."""
    return at.astimezone(CHINA).date()


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
    StringConstraints(
        pattern=r"^((account|topic|lead):[^\s@]{1,80}|(unit|role):[^\s@]{1,200}@\d{12})$"
    ),
    Field(title="收件人"),
]
"""`account:<id>`, `topic:<id>` and `lead:<id>` (all who follow that matter), `unit:<name>@<area>`
(the unit of that county), `role:<role>@<area>` (all who hold the role for a place that contains
it)."""

Text = Annotated[
    Literal[
        "lead-adopted", "lead-screened-out", "appeal-transferred",
        "topic-proposed", "topic-approved", "topic-returned", "topic-closed",
        "consultation-scheduled", "meeting-held",
        "outcome-submitted", "outcome-adopted", "outcome-closed",
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
