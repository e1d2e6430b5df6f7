"""Good examples of everything notify says."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from services.notify.domain.deadline import events as deadline
from services.notify.domain.delivery import events as delivery
from services.notify.domain.notice import events as notice
from services.notify.domain.subscription import events as subscription
from services.notify.rules import NotifyRules
from services.notify.words import Count, Mark, Rung, to_unit
from services.notify.words.channels import Quiet, Wishes
from shared.runtime.charter import Charters

DEFAULT = Charters(Path("deploy/charters")).at("default@1").rules("notify", NotifyRules)

AREA = "511623100013"
COUNTY = "511623000000"
TOPIC_ID = UUID("01960000-0000-7000-8000-000000000001")
FACT_ID = UUID("01960000-0000-7000-8000-000000000003")
DEADLINE_ID = UUID("01960000-0000-7000-8000-000000000004")
ACCOUNT_ID = UUID("01960000-0000-7000-8000-000000000005")
HEALTH = "县卫生健康局"
NOTICE_ID = uuid5(FACT_ID, to_unit(HEALTH, AREA))

SENT = notice.NoticeSent(
    notice_id=NOTICE_ID,
    topic_id=TOPIC_ID,
    to=to_unit(HEALTH, AREA),
    text="item-assigned",
    params={"lead_unit": HEALTH, "text": "增设社区卫生服务中心", "due": "2026-05-31"},
    because="outcomes:7",
)
ADDRESSED = notice.NoticeAddressed(notice_id=NOTICE_ID, accounts=(ACCOUNT_ID,))
READ = notice.NoticeRead(notice_id=NOTICE_ID, reader="chen")


def mark(what: str, month: int, day: int) -> Mark:
    """A reminder or warning at nine in the morning in China."""
    return Mark.model_validate({"what": what, "at": datetime(2026, month, day, 1, tzinfo=UTC)})


BLUE, REMINDER, YELLOW = mark("blue", 5, 11), mark("reminder", 5, 18), mark("yellow", 5, 21)
RED, LAST = mark("red", 5, 27), mark("reminder", 5, 29)


def rung(to: str, month: int, day: int, days: int, days_off: int) -> Rung:
    """A level to be told at nine in the morning in China, so many working days too late."""
    count = Count(
        since=date(2026, 5, 31), days=days, of="working", days_off=days_off, provisional=False
    )
    at = datetime(2026, month, day, 1, tzinfo=UTC)
    return Rung.model_validate({"to": to, "at": at, "count": count})


CLOCK: dict[str, Any] = {"deadline_id": DEADLINE_ID, "topic_id": TOPIC_ID, "unit": HEALTH}
GRANTED: dict[str, Any] = {"reason": "等待上级批复", "approval": "县政协党组〔2026〕3号"}

SET = deadline.DeadlineSet(
    **CLOCK,
    due=date(2026, 5, 31),
    why="reply-days-of-the-charter",
    params={"from": "2026-03-02"},
    count=Count(since=date(2026, 3, 2), days=61, of="working", days_off=29, provisional=False),
    marks=(BLUE, REMINDER, YELLOW, RED, LAST),
)
WARNED = deadline.WarningLevelRaised(
    **CLOCK, due=SET.due, level="blue", days_left=14, marks=SET.marks[1:]
)
REMINDED = deadline.ReminderSent(**CLOCK, due=SET.due, days_left=9, marks=SET.marks[2:])
PAUSED = deadline.DeadlinePaused(**CLOCK, **GRANTED, since=date(2026, 4, 29))
# 29 and 30 April and 6 May were worked, 1 to 5 May were off: three working days of pause.
RESUMED = deadline.DeadlineResumed(
    **CLOCK,
    **GRANTED,
    due=date(2026, 6, 3),
    count=Count(since=SET.due, days=3, of="working", days_off=0, provisional=False),
    marks=(
        mark("blue", 5, 13),
        mark("reminder", 5, 20),
        mark("yellow", 5, 25),
        mark("red", 5, 29),
        mark("reminder", 6, 2),
    ),
)
EXTENDED = deadline.DeadlineExtended(
    **CLOCK,
    due=date(2026, 6, 12),
    count=Count(since=SET.due, days=10, of="working", days_off=2, provisional=False),
    reason="情况属实。",
    marks=(
        mark("blue", 5, 22),
        mark("reminder", 5, 29),
        mark("yellow", 6, 3),
        mark("red", 6, 9),
        mark("reminder", 6, 11),
    ),
)
MET = deadline.DeadlineMet(deadline_id=DEADLINE_ID, late_days=0)
LIFTED = deadline.DeadlineLifted(deadline_id=DEADLINE_ID)
BREACHED = deadline.DeadlineBreached(
    deadline_id=DEADLINE_ID,
    topic_id=TOPIC_ID,
    unit=HEALTH,
    due=date(2026, 5, 31),
    rungs=(
        rung("staff", 6, 2, 2, 0),
        rung("leaders", 6, 5, 5, 0),
        rung("party-office", 6, 12, 10, 2),
    ),
)
ESCALATED = deadline.DeadlineEscalated(
    **CLOCK,
    due=SET.due,
    to="staff",
    days_late=2,
    count=BREACHED.rungs[0].count,
    rungs=BREACHED.rungs[1:],
)

ADDRESS = f"sealed:1:{ACCOUNT_ID}:{'A' * 40}"
WISHES = Wishes(
    channels={"progress": ("email",), "task": ("email", "sms"), "clock": ("sms",)},
    when={"progress": "daily", "task": "at-once", "clock": "at-once"},
    digest_at=time(8, 30),
    quiet=Quiet(since=time(21), until=time(7, 30)),
)
MINE: dict[str, Any] = {"subscription_id": ACCOUNT_ID}
CHOSEN = subscription.ChannelsChosen(**MINE, wishes=WISHES)
GIVEN = subscription.AddressGiven(**MINE, channel="email", address=ADDRESS)
REMOVED = subscription.AddressRemoved(**MINE, channel="email")
TRIED = subscription.ChannelTried(
    **MINE, channel="email", tried_at=datetime(2026, 3, 2, 9, tzinfo=UTC)
)
FOLLOWED = subscription.MatterFollowed(**MINE, topic_id=TOPIC_ID)
UNFOLLOWED = subscription.MatterUnfollowed(**MINE, topic_id=TOPIC_ID)

DELIVERY_ID = uuid5(NOTICE_ID, f"{ACCOUNT_ID}/email")
WAY: dict[str, Any] = {"delivery_id": DELIVERY_ID}
PLANNED = delivery.DeliveryPlanned(
    **WAY,
    notice_id=NOTICE_ID,
    account=ACCOUNT_ID,
    channel="email",
    text="item-assigned",
    send_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
)
BEGUN = delivery.DeliveryBegun(**WAY, attempt=1, message_id=DELIVERY_ID, again=False)
DELIVERED = delivery.NoticeDelivered(**WAY, attempt=1, told="SMTP 250", perhaps_twice=False)
FAILED = delivery.DeliveryFailed(
    **WAY,
    attempt=1,
    told="SMTP 451",
    unsure=False,
    send_at=datetime(2026, 3, 2, 9, 1, tzinfo=UTC),
)
GIVEN_UP = delivery.DeliveryGivenUp(**WAY, told="SMTP 550")
