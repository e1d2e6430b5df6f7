"""Open data: which lists there are, their columns, and how a row is written."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from services.portal.pages.render import SHANGHAI

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Tells spreadsheets that a CSV file is UTF-8."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would reckon with when a cell begins with it."""

Row = Mapping[str, Any]
Word = Callable[[Any], str]


@dataclass(frozen=True)
class OpenList:
    """A list: its columns, and the facts it is made of, if it is one of facts.

    Columns are told in texts, open.toml; those in `worded` hold small values.
    """

    name: str
    columns: tuple[str, ...]
    source: str = ""
    types: tuple[str, ...] = ()
    worded: frozenset[str] = frozenset()


ABOUT = ("topic_id", "title", "area", "area_name")

LISTS = (
    OpenList(
        "matters",
        (*ABOUT, "origin", "since", "state", "state_at", "changed_at", "url"),
        worded=frozenset({"origin"}),
    ),
    OpenList(
        "meetings",
        (*ABOUT, "type", "at", "starts", "place", "form", "mode"),
        "meetings",
        ("ConsultationScheduled", "ConsultationPostponed", "ConsultationCancelled", "MeetingHeld"),
        worded=frozenset({"form", "mode"}),
    ),
    OpenList(
        "outcomes",
        (*ABOUT, "type", "at", "unit", "due", "class", "passed", "content"),
        "outcomes",
        (
            "AssignmentOpened", "HandlingReplied", "HandlingRejected", "SolutionConfirmed",
            "SolutionDisputed", "FollowUpConducted", "FeedbackGiven",
        ),
        worded=frozenset({"class"}),
    ),
    OpenList(
        "tallies",
        (*ABOUT, "at", "of", "voters", "taken", "cast", "verdict", "counts"),
        "outcomes",
        ("EvaluationTallied",),
        worded=frozenset({"verdict"}),
    ),
    OpenList(
        "rankings",
        ("sheet_id", "area", "area_name", "period", "assessor", "issue", "subject", "place",
         "total", "at"),
        worded=frozenset({"assessor"}),
    ),
    OpenList("areas", ("code", "name", "level", "parent")),
)  # fmt: skip
"""In the order in which the page of open data names them."""


def csv_head(titles: Sequence[str]) -> str:
    """The first line of a CSV file, with what tells its encoding."""
    return BOM + _line(titles)


def csv_line(of: OpenList, row: Row, word: Word) -> str:
    """A row for a spreadsheet: small values in words, and nothing that it would reckon with."""
    return _line([_cell(_worded(of, name, row.get(name), word)) for name in of.columns])


def json_row(of: OpenList, row: Row) -> str:
    """A row for a program."""
    return json.dumps({name: _plain(row.get(name)) for name in of.columns}, ensure_ascii=False)


def _worded(of: OpenList, name: str, value: Any, word: Word) -> Any:
    if name == "counts":
        return "；".join(f"{word(one['choice'])} {one['ballots']}" for one in value or ())
    return word(value) if name in of.worded and value not in (None, "") else value


def _cell(value: Any) -> str:
    text = _plain(value)
    told = "" if text is None else str(text)
    return f"'{told}" if told.startswith(FORMULA) else told


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(SHANGHAI).isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case Decimal():
            return float(value)
        case None | bool() | int() | float() | list():
            return value
    return str(value)


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()
