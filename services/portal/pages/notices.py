"""Tells notices in sentences."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.portal.pages.render import day, minute
from services.portal.pages.teller import Teller
from services.portal.pages.texts import Texts


@dataclass(frozen=True)
class Notice:
    """One line of the inbox."""

    notice_id: str
    sentence: str
    title: str
    topic_id: str | None
    subscription_id: str | None
    dispatch_id: str | None
    sent_at: datetime
    is_read: bool


def notice(row: Mapping[str, Any], texts: Texts, teller: Teller) -> Notice:
    """The notice of an answer's row; a text that we do not know is shown by its name."""
    told = {name: _param(value, teller) for name, value in row["params"].items()}
    sentence = texts.notices.get(row["text"], row["text"])
    return Notice(
        notice_id=row["notice_id"],
        sentence=sentence.format_map(defaultdict(str, told)),
        title=row["title"] or "",
        topic_id=row["topic_id"],
        subscription_id=row["params"].get("subscription_id"),
        dispatch_id=row["params"].get("dispatch_id"),
        sent_at=datetime.fromisoformat(row["sent_at"]),
        is_read=row["read_at"] is not None,
    )


def _param(value: str, teller: Teller) -> str:
    try:
        if len(value) == 10:
            return day(date.fromisoformat(value))
        if len(value) > 15 and value[4] == value[7] == "-":
            return minute(datetime.fromisoformat(value))
    except ValueError:
        pass
    return teller.word(value)
