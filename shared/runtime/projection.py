"""A projection: what a view is made of, read from one .sql file and checked against the facts.

    -- name: tables                 the view's tables, with unqualified names
    -- name: on TopicProposed       one set-based statement over the facts of a batch
    -- name: on TopicApproved, TopicReturned
    -- name: on *                   whatever the fact
    -- name: overdue in area        anything else is a question, with :params

A handler selects from `batch`, which holds the facts of one source in the order of `position`:

    batch(source text, position bigint, stream uuid, category text, revision int, id uuid,
          type text, version int, area text, charter text, actor text, at timestamptz,
          correlation uuid, data json)

The law of views: what a view holds must depend neither on how facts are cut into batches nor on
how the facts of different sources interleave; only the order within one source is given. So a
column belongs to one source, rows are upserted, sums commute, and the last fact wins by position.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from shared.kernel.message import Event, Heard
from shared.runtime import sql

TABLES = "tables"
ON = "on "
EVERY = "*"

FIELD = re.compile(r"\bdata\s*->>?\s*'(\w+)'")
# A column `type` of the view's own tables is written with another name before the dot.
OURS = r"(?<![\w.])(?:(?:b|batch)\.)?type"
TYPE = re.compile(OURS + r"\s*(?:=|<>|!=)\s*'(\w+)'")
TYPES = re.compile(OURS + r"\s+(?:NOT\s+)?IN\s*\(([^)]*)\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class On:
    """One handler: a statement, and the types of fact it is for (`*` stands for all)."""

    name: str
    types: frozenset[str]
    text: str

    def concerns(self, types: Collection[str]) -> bool:
        """Whether any of these types of fact is its business."""
        return EVERY in self.types or not self.types.isdisjoint(types)


class Projection:
    """A view as written down: its tables, handlers and questions.

    `facts` are the classes of fact its handlers use; `sources` the services whose logs it reads.
    Raises ValueError when the file speaks of facts or fields there are none of.
    """

    def __init__(
        self,
        name: str,
        sql: Path,
        facts: Sequence[type[Event] | type[Heard]],
        sources: Sequence[str],
    ) -> None:
        self.name = name
        self.sources = tuple(sources)
        self.facts = _by_name(facts)
        made_of = sql.read_bytes() + " ".join(sorted(sources)).encode()
        self.fingerprint = sha256(made_of).hexdigest()
        self.tables, self.handlers, self.questions = _read(sql)
        for handler in self.handlers:
            self._check(handler)

    @property
    def types(self) -> frozenset[str] | None:
        """The types of fact it has handlers for; None: all of them."""
        types = frozenset[str]().union(*(handler.types for handler in self.handlers))
        return None if EVERY in types else types

    def _check(self, handler: On) -> None:
        """Whether it speaks of facts and fields that exist."""
        known = self.facts.keys() if EVERY in handler.types else handler.types
        fields = {
            field
            for name in known & self.facts.keys()
            for cls in self.facts[name]
            for field in cls.model_fields
        }
        self._none(handler, "is on unknown", handler.types - self.facts.keys() - {EVERY})
        picked = _types_in(handler.text)
        self._none(handler, "is not on", picked - known)
        # The batch holds whatever else was said at the time: a handler has to pick its own.
        self._none(handler, "does not pick", handler.types - picked - {EVERY})
        self._none(handler, "has no", set(FIELD.findall(handler.text)) - fields)

    def _none(self, handler: On, fault: str, names: Collection[str]) -> None:
        if names:
            listed = ", ".join(f"'{name}'" for name in sorted(names))
            raise ValueError(f"{self.name}: '{handler.name}' {fault} {listed}")


def _by_name(facts: Sequence[type[Any]]) -> dict[str, list[type[Any]]]:
    """Two services may each say a fact of the same name."""
    named: dict[str, list[type[Any]]] = {}
    for cls in facts:
        named.setdefault(cls.__name__, []).append(cls)
    return named


def _read(path: Path) -> tuple[str, tuple[On, ...], dict[str, sql.Statement]]:
    statements = sql.load(path)
    if TABLES not in statements:
        raise ValueError(f"{path}: no '-- name: {TABLES}'")

    tables = statements.pop(TABLES).text
    handlers = []
    for name in [name for name in statements if name.startswith(ON)]:
        handler = statements.pop(name)
        if handler.params:
            raise ValueError(f"{path}: '{name}' takes no parameters, but has {handler.params}")
        types = re.split(r",\s*", name.removeprefix(ON))
        handlers.append(On(name, frozenset(types), handler.text))
    return tables, tuple(handlers), statements


def _types_in(text: str) -> set[str]:
    listed = (name for names in TYPES.findall(text) for name in re.findall(r"'(\w+)'", names))
    return {*TYPE.findall(text), *listed}
