"""Sheets: the tables of an area that people read, filter, sort and print; each one a literal."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from shared.kernel.areas import Level
from shared.runtime.charter import Charter

Kind = Literal[
    "text", "lines", "area", "day", "count", "money", "percent", "matter", "unit", "word", "state",
    "colour", "marks", "people", "person", "persons", "words", "prose", "yes", "sayings",
    "provisional", "rate", "rule", "key",
]  # fmt: skip
"""How a value is drawn; a value of None is a dash whatever the kind.

lines      a list of texts                      percent  a share, 0 to 1
matter     a text that leads to the row's matter_id
word       a small value, in the county's words state    the last fact of a matter
colour     blue, yellow or red                  marks    a list of Mark: ●●●○
people     how many by kind                     person   the name of an account
words      a list of small values               prose    a long text, opened by a click
yes        yes or no                            rate     so many of so many: a Rate
rule       a charter, by its name            key     the place of a rule in a charter
persons    a list of accounts or sealed names, told in clear
sayings    a list of Saying                     provisional  省级默认,待确认 where it is true
"""

Row = Mapping[str, Any]
Rows = Sequence[Row]

COUNTED: frozenset[Kind] = frozenset({"count", "money", "percent", "rate"})
"""Kinds that stand to the right of their column."""

SORTABLE = COUNTED | {"text", "area", "day", "matter", "unit", "word", "state", "yes"}

OFFICES = frozenset({"clerk", "convenor", "member", "cppcc", "party", "unit", "leader", "operator"})
"""Who may read a sheet, unless it says otherwise: everybody in office, no residents."""

LOCAL: tuple[Level, ...] = ("county", "town", "village")
EVERY: tuple[Level, ...] = ("everywhere", "province", "city", *LOCAL)


@dataclass(frozen=True)
class Column:
    """One column: the key of its value in a row, and how that is drawn.

    `to` is an address with values of the row in braces, where what stands behind it is shown:
    '/areas/{area}/overdue?unit={unit}'.
    """

    key: str
    kind: Kind = "text"
    to: str = ""

    @property
    def leads(self) -> bool:
        """Whether a cell may lead somewhere."""
        return bool(self.to) or self.kind in {"matter", "area"}


@dataclass(frozen=True)
class Filter:
    """A parameter of the statement by which rows are picked; without options it is free text.

    What is not filled in is asked for as an empty text.
    """

    key: str
    options: tuple[str, ...] = ()

    def pick(self, text: str) -> str:
        """What was picked; nothing where that is no option."""
        return text if not self.options or text in self.options else ""


@dataclass(frozen=True)
class Mark:
    """One sign of a row of marks: what it stands for, whether it is there, and where it shows.

    `label` is told like a small value.
    """

    label: str
    done: bool
    to: str = ""


@dataclass(frozen=True)
class Saying:
    """A sentence of the sheet's texts, [<sheet>.sayings], with these values told in words."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Around:
    """What rows are judged by: the rules of an area today, those of old, and what lies below it."""

    code: str
    year: int
    charter: Charter
    charter_at: Callable[[str], Charter]
    below: Callable[[str], Sequence[str]]


def without_rules(rows: Rows, _around: Around) -> Rows:
    """Rows that no rule is laid beside."""
    return rows


def as_they_are(rows: Rows) -> Rows:
    """Rows that need no arithmetic beyond their statement."""
    return rows


@dataclass(frozen=True)
class Sheet:
    """One sheet. Its labels stand in texts/<language>/sheets.toml under its name.

    `view` and `statement` name the question. It is asked with those of these parameters that it
    names: prefixes (LIKE patterns of the areas counted here), year, today, by (one of `sorts`), the
    keys of `filters`, and most and skipped. A statement that pages by itself (most, skipped) gives
    with every row how many were `found`; any other is sorted and paged here, by any column.
    `judge` lays the rules of the county and the table of areas beside the rows, then `shape` makes
    them what is drawn. `group` is the column whose values part the rows, which must come in its
    order. Where rows name a charter, `shape` finds its tables under 'rules'.
    """

    name: str
    view: str
    statement: str
    columns: tuple[Column, ...]
    levels: tuple[Level, ...]
    filters: tuple[Filter, ...] = ()
    sorts: tuple[str, ...] = ()
    group: str = ""
    judge: Callable[[Rows, Around], Rows] = without_rules
    shape: Callable[[Rows], Rows] = as_they_are
    may: frozenset[str] = OFFICES
    begins: str = ""
    """The command that enters another row, where people may do so: see edge.acting."""

    @property
    def is_list(self) -> bool:
        """Whether its rows are told rather than compared: on phones each is a card of its own."""
        return 3 * sum(one.kind in COUNTED for one in self.columns) < len(self.columns)

    @property
    def heads(self) -> list[Column]:
        """The columns that are drawn; the one the rows are parted by stands above them."""
        return [column for column in self.columns if column.key != self.group]

    @cached_property
    def drawn(self) -> list[tuple[Column, str, Kind, bool]]:
        """The same with their key, their kind and whether they lead: each is looked at per cell."""
        return [(one, one.key, one.kind, one.leads) for one in self.heads]
