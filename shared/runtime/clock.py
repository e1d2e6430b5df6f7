"""The only place that reads the clock and draws ids; decisions are told both."""

import os
import time
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def today(moment: datetime | None = None) -> date:
    """The day it is in China, now or at a given moment: rules count days from its midnight."""
    return (moment or now()).astimezone(SHANGHAI).date()


def end_of(day: date) -> datetime:
    """The first moment that no longer belongs to a day in China."""
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), SHANGHAI)


def new_id() -> UUID:
    """A fresh uuid7: 48 bits of milliseconds, then chance, so that new ids sort behind old ones."""
    milliseconds = time.time_ns() // 1_000_000
    chance = int.from_bytes(os.urandom(10))
    number = milliseconds << 80 | chance
    number = number & ~(0xF << 76) | 0x7 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=number)
