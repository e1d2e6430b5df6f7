"""Draws pages: Jinja2 templates, our texts, and how values are written in Chinese."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent
STATIC = HERE / "static"
SHANGHAI = ZoneInfo("Asia/Shanghai")

WORDS = {"mark": "标", "weekday": "一二三四五六日"}


def day(moment: date | datetime) -> str:
    """'2026年3月2日'; a datetime is told as the day it is in China."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(SHANGHAI).date()
    return f"{moment.year}年{moment.month}月{moment.day}日"


def minute(moment: datetime) -> str:
    """'2026年3月2日 17:00', as clocks in China show it."""
    return f"{day(moment)} {moment.astimezone(SHANGHAI):%H:%M}"
