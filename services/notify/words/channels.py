"""How people want to be told: by which channels, of what, and at what times of day."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from services.notify.words import CHINA, Text
from shared.kernel.workdays import Workdays

LOOK_AHEAD_DAYS = 60
"""No run of days off is as long; what comes after it would be a mistake of a charter."""

Channel = Annotated[
    Literal["email", "sms", "wecom", "dingtalk", "webhook"], Field(title="通知渠道")
]
"""Beside the inbox, which nobody can switch off."""

Kind = Literal["task", "clock", "progress"]
"""What a notice is to its reader: work, a day that comes near, or news of a matter."""

When = Literal["at-once", "daily", "weekly"]
"""Each by itself; or together, on working days, or on the first working day of a week."""

SubscriptionId = Annotated[UUID, Field(title="账号")]
DeliveryId = Annotated[UUID, Field(title="送达编号")]
Attempt = Annotated[int, Field(title="第几次发送", ge=1)]
MessageId = Annotated[UUID, Field(title="消息编号")]
Told = Annotated[str, StringConstraints(max_length=200), Field(title="对方答复")]

SealedAddress = Annotated[
    str,
    StringConstraints(max_length=1000),
    Field(title="地址", json_schema_extra={"sealed": True}),
]

CLOCKS = frozenset(
    {
        "deadline-breached",
        "deadline-reminded",
        "deadline-warned",
        "deadline-paused",
        "deadline-resumed",
        "deadline-extended",
        "deadline-escalated",
        "retention-neared",
        "dispatch-late",
    }
)
TASKS = frozenset(
    {
        "topic-proposed",
        "topic-reported",
        "outcome-submitted",
        "item-assigned",
        "assignment-returned",
        "assignment-arbitrated",
        "handling-rejected",
        "follow-up-scheduled",
        "lead-returned",
        "subscription-asked",
        "messages-given-up",
        "dispatch-offered",
    }
)
TEST: Text = "channel-test"


def kind_of(text: Text) -> Kind:
    """What a notice is to its reader."""
    return "clock" if text in CLOCKS else "task" if text in TASKS else "progress"


def _in_china(at: time) -> time:
    """The time on a clock in China, which has one zone and no summer time."""
    if at.tzinfo is None:
        return at
    return datetime.combine(date.min + timedelta(days=1), at).astimezone(CHINA).time()


TimeOfDay = Annotated[time, AfterValidator(_in_china)]


class Quiet(BaseModel):
    """From one time of day to another, in China, perhaps over midnight: nobody is disturbed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    since: TimeOfDay = Field(title="开始")
    until: TimeOfDay = Field(title="结束")

    def end(self, moment: datetime) -> datetime:
        """The moment itself, or the end of the quiet hours it falls into."""
        at = moment.timetz().replace(tzinfo=None)
        if self.since <= self.until:
            quiet, over = self.since <= at < self.until, 0
        else:
            quiet, over = at >= self.since or at < self.until, int(at >= self.since)
        if not quiet:
            return moment
        return datetime.combine(moment.date() + timedelta(days=over), self.until, CHINA)


class Wishes(BaseModel):
    """How somebody wants to be told. A kind left out of `channels` goes to every address given."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    channels: dict[Kind, tuple[Channel, ...]] = Field(title="渠道", default_factory=dict)
    when: dict[Kind, When] = Field(title="时间")
    digest_at: TimeOfDay = Field(title="汇总时间")
    quiet: Quiet | None = Field(title="免打扰时段")

    def wants(self, text: Text, channel: Channel) -> bool:
        """Whether a notice is to come by this channel."""
        kind = kind_of(text)
        return kind not in self.channels or channel in self.channels[kind]

    def moment(self, text: Text, now: datetime, workdays: Workdays) -> datetime:
        """When a notice may go out; a test of one's own address goes out now."""
        if text == TEST:
            return now
        here = now.astimezone(CHINA)
        when = self.when.get(kind_of(text), "at-once")
        if when != "at-once":
            days = _days(when, here, workdays)
            digests = (datetime.combine(day, self.digest_at, CHINA) for day in days)
            here = next(moment for moment in digests if moment >= here)
        return self.quiet.end(here) if self.quiet else here


def _days(when: When, now: datetime, workdays: Workdays) -> Iterator[date]:
    """The days of a digest, from today on."""
    for n in range(LOOK_AHEAD_DAYS):
        day = now.date() + timedelta(days=n)
        monday = day - timedelta(days=day.weekday())
        earlier = workdays.between(monday, day)
        if workdays.works(day) and (when == "daily" or not earlier):
            yield day
