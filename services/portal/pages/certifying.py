"""A ledger as it is certified: rows in canonical form, their digests, and what changed since."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

Row = Mapping[str, Any]

WRITTEN = ("attendees", "items", "endorsed", "tasks", "proofs")
"""Columns that hold JSON as a text, whose keys come in any order."""

COUNTED = ("no", "found")
"""Columns that only say where a row stands among those that are shown."""


@dataclass(frozen=True)
class Changed:
    """A row that is not what was certified; without a row it is in another year."""

    entry: UUID
    how: str
    row: Row | None


@dataclass(frozen=True)
class Ledger:
    """The rows of a period with the digest of each, in the order of their days."""

    rows: Sequence[Row]
    digests: Mapping[UUID, str]
    others: Mapping[UUID, Row] = field(default_factory=dict)
    """The rows of the year that lie outside the period."""

    @classmethod
    def of(cls, rows: Iterable[Row], period: str) -> "Ledger":
        """Those rows of a year whose day lies in the period."""
        first, last = months(period)
        here, others = [], {}
        for row in rows:
            if row["day"] and first <= row["day"].month <= last:
                here.append(row)
            else:
                others[row["entry"]] = row
        return cls(here, {row["entry"]: digest_of_row(row) for row in here}, others)

    @property
    def entries(self) -> list[dict[str, str]]:
        """As the command takes them."""
        return [{"entry": str(entry), "digest": told} for entry, told in self.digests.items()]

    @property
    def digest(self) -> str:
        """SHA-256 over a line for each entry in order: its id, a space, its digest, a newline."""
        lines = "".join(f"{entry} {told}\n" for entry, told in self.digests.items())
        return sha256(lines.encode()).hexdigest()

    def since(self, certified: str) -> list[Changed]:
        """What differs from the entries, as JSON, that somebody stood for."""
        then = {UUID(one["entry"]): one["digest"] for one in json.loads(certified)}
        found = [
            Changed(row["entry"], "changed" if row["entry"] in then else "added", row)
            for row in self.rows
            if then.get(row["entry"]) != self.digests[row["entry"]]
        ]
        gone = [
            Changed(one, "gone", self.others.get(one)) for one in then if one not in self.digests
        ]
        return found + gone


def digest_of_row(row: Row) -> str:
    """SHA-256 of what a row says, as JSON with its keys in order."""
    told = {name: value for name, value in row.items() if name not in COUNTED}
    told |= {name: json.loads(told[name]) for name in WRITTEN if told.get(name)}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return sha256(text.encode()).hexdigest()


def months(period: str) -> tuple[int, int]:
    """The first and the last month of '2026', '2026-Q2' or '2026-06'."""
    _, _, part = period.partition("-")
    if part.startswith("Q"):
        return int(part[1]) * 3 - 2, int(part[1]) * 3
    return (int(part), int(part)) if part else (1, 12)


def periods(year: int, today: date) -> list[str]:
    """The periods of a year that are over, the latest first."""
    over = 12 if year < today.year else today.month - 1 if year == today.year else 0
    quarters = [f"{year}-Q{n}" for n in range(1, over // 3 + 1)]
    every = [f"{year}-{n:02}" for n in range(1, over + 1)]
    return [*([str(year)] if over == 12 else []), *reversed(quarters), *reversed(every)]


def stream_of(area: str, period: str) -> UUID:
    """An area has one ledger of a period."""
    return uuid5(NAMESPACE_OID, f"ledger:{area}/{period}")
