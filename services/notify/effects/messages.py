"""What is said outside: which step it was, of which matter, and where to read the rest.

Reasons, replies and private words stay inside: whoever carries a message can read it.
"""

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pydantic_core

from services.notify.effects.channels import Message

FILE = Path(__file__).with_name("zh-CN.toml")
LISTED_MAX = 20


@dataclass(frozen=True)
class Texts:
    """The words of messages, and the address of the site they link to."""

    words: Mapping[str, Any]
    site: str

    @classmethod
    def read(cls, site: str) -> "Texts":
        """From the catalogue."""
        return cls(tomllib.loads(FILE.read_text("utf-8")), site.rstrip("/"))

    def message(self, rows: Sequence[Mapping[str, Any]], to: str, id: UUID) -> Message:  # noqa: A002
        """One message for all of these notices."""
        told = [self._sentence(row) for row in rows]
        frame = self.words["frame"]
        if len(rows) == 1:
            (row,) = rows
            subject = frame["one"].format(told=told[0])
            path = f"/matters/{row['topic_id']}" if row["topic_id"] else "/inbox"
        else:
            subject, path = frame["many"].format(n=len(rows)), "/inbox"
        left = len(told) - LISTED_MAX
        more = [frame["more"].format(n=left)] if left > 0 else []
        again = any(row["unsure"] or row["state"] == "DeliveryBegun" for row in rows)
        lines = [frame["hello"], *told[:LISTED_MAX], *more, *([frame["again"]] if again else [])]
        return Message(
            id=id,
            to=to,
            subject=subject,
            lines=tuple(lines),
            link=self.site + path,
            settings_link=f"{self.site}/notice-settings",
            again=again,
        )

    def _sentence(self, row: Mapping[str, Any]) -> str:
        params = pydantic_core.from_json(row["params"])
        told = defaultdict(str, {name: _said(value) for name, value in params.items()})
        sentence: str = self.words["notices"][row["text"]].format_map(told)
        if not row["title"]:
            return sentence
        return str(self.words["frame"]["of"].format(sentence=sentence, title=row["title"]))


def _said(value: str) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    return f"{day.year}年{day.month}月{day.day}日"
