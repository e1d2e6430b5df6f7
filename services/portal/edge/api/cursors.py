"""Where to go on in a list that others add to meanwhile.

A cursor names the row it stopped at, and how far down that was. Rows that came in front push it
down: it is looked for around its old place, and the list goes on behind it. Where it is not found
any more, the answer is a clear no; nothing is passed over, and nothing given twice.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson

from shared.kernel.errors import Invalid, Refused

AROUND = 200
"""How many rows before and behind its old place a row is looked for."""

LIMIT, LIMIT_MAX = 50, 500
DIGEST = 16
LENGTH_MAX = 200
WHOLE_MAX = 100_000

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Cursor:
    """After `passed` rows, the last of which has this digest, of the list that was asked for."""

    passed: int
    last: str
    asked: str

    def __str__(self) -> str:
        told = orjson.dumps([self.passed, self.last, self.asked])
        return urlsafe_b64encode(told).decode().rstrip("=")

    @classmethod
    def read(cls, text: str, asked: str) -> "Cursor":
        """What was told before, if it is of this list. Raises Invalid('wrong-cursor')."""
        try:
            padded = text[:LENGTH_MAX] + "=" * (-len(text) % 4)
            passed, last, of = orjson.loads(urlsafe_b64decode(padded))
            cursor = cls(int(passed), str(last), str(of))
        except (ValueError, TypeError) as error:
            raise Invalid("wrong-cursor") from error
        if cursor.asked != asked or cursor.passed < 1:
            raise Invalid("wrong-cursor")
        return cursor


@dataclass(frozen=True)
class Part:
    """Which part of a list is asked for: the first rows, or those after a cursor."""

    limit: int
    asked: str
    cursor: Cursor | None = None
    known_by: tuple[str, ...] = ()
    whole: bool = False
    """Whether the page shows the whole list at once."""

    @property
    def window(self) -> dict[str, int]:
        """The rows to look at, one more than are given: so it is known whether there are more."""
        if self.whole:
            return {"most": WHOLE_MAX, "skipped": 0}
        if self.cursor is None:
            return {"most": self.limit + 1, "skipped": 0}
        skipped = max(0, self.cursor.passed - AROUND)
        return {
            "most": self.cursor.passed + AROUND + self.limit + 1 - skipped,
            "skipped": skipped,
        }

    def of(self, rows: Rows) -> tuple[Rows, Cursor | None]:
        """The rows that are asked for, and where to go on, out of those of the window."""
        first = 0
        if self.cursor:
            first = self._place(rows, self.cursor)
        part = rows[first : first + self.limit]
        if len(rows) <= first + self.limit:
            return part, None
        passed = self.window["skipped"] + first + len(part)
        return part, Cursor(passed, self._digest(part[-1]), self.asked)

    def _place(self, rows: Rows, cursor: Cursor) -> int:
        """Behind the row it stopped at. Raises Refused('cursor-lost')."""
        found = [at for at, row in enumerate(rows, 1) if self._digest(row) == cursor.last]
        if not found:
            raise Refused("cursor-lost")
        expected = cursor.passed - self.window["skipped"]
        return min(found, key=lambda at: abs(at - expected))

    def _digest(self, row: Mapping[str, Any]) -> str:
        known = {name: row[name] for name in self.known_by} if self.known_by else row
        told = orjson.dumps(known, option=orjson.OPT_SORT_KEYS, default=str)
        return sha256(told).hexdigest()[:DIGEST]
