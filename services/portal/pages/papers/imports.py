"""Registers and ledgers from a spreadsheet: its columns, and each row as the data of a command.

The columns are the fields of the command's form, so a row is read and refused as a form would be.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from services.portal.pages.forms import Blank, Field
from services.portal.pages.schemas import fields

ROWS_MOST = 5_000
ITEMS = re.compile(r"[,;、\n\uff0c\uff1b]")
DAY = re.compile(r"^\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*$")


@dataclass(frozen=True)
class Import:
    """What may be imported: the command of a row, the field that names its stream, what is alike.

    `alike` are the fields by which two rows are taken for the same thing.
    """

    kind: str
    service: str
    command: str
    stream: str
    alike: Sequence[str]
    left_out: Sequence[str] = ()


IMPORTS = (
    Import("leads", "topics", "SubmitLead", "lead_id", ("title", "area"), ("photos",)),
    Import("members", "meetings", "AdmitMember", "member_id", ("name", "term"), ("account",)),
    Import("talents", "meetings", "AdmitTalent", "talent_id", ("name", "area")),
    Import("units", "outcomes", "RegisterUnit", "unit_id", ("name",)),
    Import("venues", "topics", "EstablishVenue", "venue_id", ("name", "area"), ("parent_id",)),
)


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell: 'B7', the heading of its column, and why."""

    cell: str
    column: str
    code: str
    value: str = ""


@dataclass(frozen=True)
class Read:
    """One row of a file: its number there, the data of its command, and what is wrong with it."""

    row: int
    cells: Sequence[str]
    data: Mapping[str, Any]
    faults: Sequence[Fault]
    same_as: int = 0
    """The number of an earlier row that is the same thing."""

    is_known: bool = False
    """Whether what it names is on the platform already."""

    @property
    def is_good(self) -> bool:
        """Whether it can be imported."""
        return not (self.faults or self.same_as or self.is_known)


@dataclass(frozen=True)
class Reader:
    """Reads rows as one command's form would.

    `words` are small values by what people call them, `areas` codes by name; where a row names no
    area it is `home`.
    """

    what: Import
    blank: Blank
    words: Mapping[str, str]
    areas: Mapping[str, str]
    home: str

    @property
    def columns(self) -> list[Field]:
        """The columns of the template; an area may be left out, see `home`."""
        return [
            replace(one, required=one.required and one.name != "area")
            for one in self.blank.draw()
            if one.kind not in ("hidden", "rows", "keyed") and one.name not in self.what.left_out
        ]

    def read(self, rows: Sequence[tuple[int, Sequence[str]]]) -> list[Read]:
        """All rows, with what is wrong in each, and those that stand there twice."""
        seen: dict[tuple[str, ...], int] = {}
        found = []
        for number, cells in rows:
            data, faults = self._row(number, cells)
            key = tuple(str(data.get(name, "")) for name in self.what.alike)
            same_as = seen.setdefault(key, number) if any(key) else number
            again = same_as if same_as != number else 0
            found.append(Read(number, cells, data, faults, again))
        return found

    def _row(self, number: int, cells: Sequence[str]) -> tuple[dict[str, Any], list[Fault]]:
        filled: dict[str, str | list[str]] = {}
        for field, cell in zip(self.columns, cells, strict=False):
            if text := cell.strip():
                filled[field.name] = self._typed(field, text)
        data = self.blank.read(filled)
        if "area" in fields(self.blank.schema):
            data["area"] = data.get("area") or self.home
        return data, self._faults(number, cells, data)

    def _typed(self, field: Field, text: str) -> str | list[str]:
        """A cell as its form would send it."""
        if field.name == "area":
            return self.areas.get(text, text)
        match field.kind:
            case "ticks" | "lines":
                parts = [one.strip() for one in ITEMS.split(text) if one.strip()]
                return [self.words.get(one, one) for one in parts]
            case "choice" | "tick":
                return self.words.get(text, text)
            case "date":
                return day_of(text)
            case "number":
                return text.removesuffix(".0")
        return text

    def _faults(self, number: int, cells: Sequence[str], data: Mapping[str, Any]) -> list[Fault]:
        stream = {self.what.stream: str(UUID(int=0))}
        errors = Draft202012Validator(_without_seals(self.blank.schema)).iter_errors(
            {**data, **stream}
        )
        told: dict[str, str] = {}
        for error in errors:
            name = _field_of(error)
            told.setdefault(name, str(error.validator))
        if "area" in data and data["area"] not in self.areas.values():
            told["area"] = "unknown-area"
        for field, cell in zip(self.columns, cells, strict=False):
            if cell.strip() and field.name not in told and _is_lost(field, data):
                told[field.name] = "type"
        return [self._fault(number, cells, name, str(code)) for name, code in told.items()]

    def _fault(self, number: int, cells: Sequence[str], name: str, code: str) -> Fault:
        for place, field in enumerate(self.columns):
            if field.name == name:
                value = cells[place] if place < len(cells) else ""
                return Fault(f"{letter(place)}{number}", field.title, code, value[:60])
        return Fault(f"A{number}", name, code)


def day_of(text: str) -> str:
    """A day as people write it, '2026.3.1' or '2026年3月1日', as forms send it."""
    if found := DAY.match(text.split(" ", maxsplit=1)[0] if ":" in text else text):
        try:
            return date(*map(int, found.groups())).isoformat()
        except ValueError:
            return text
    return text


def cell_text(value: object) -> str:
    """What a cell of a spreadsheet holds, as it would be typed."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case datetime():
            return value.date().isoformat() if not (value.hour or value.minute) else str(value)
        case float() if value.is_integer():
            return str(int(value))
    return str(value)


def letter(place: int) -> str:
    """What a column is called: A, B, … Z, AA."""
    return (chr(64 + place // 26) if place >= 26 else "") + chr(65 + place % 26)


def row_id(digest: str, row: int, of: str) -> UUID:
    """The id of a row's command or stream: the same row of the same file has it again."""
    return uuid5(UUID(digest[:32]), f"{of}:{row}")


def _field_of(error: ValidationError) -> str:
    if error.validator == "required":
        return str(error.message).split("'")[1]
    return str(error.absolute_path[0]) if error.absolute_path else ""


def _is_lost(field: Field, data: Mapping[str, Any]) -> bool:
    """Whether what was written is no value of its kind, and was left out."""
    return field.kind in ("choice", "tick") and data.get(field.name) is None


def _without_seals(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema before private words are sealed: their ciphertext has a pattern of its own."""
    kept = {
        name: ({"type": "string", "minLength": 1} if one.get("sealed") else one)
        for name, one in schema.get("properties", {}).items()
    }
    return {**schema, "properties": kept}
