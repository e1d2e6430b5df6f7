"""Reads what was filled into a form as the data of a command."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.portal.pages.schemas import Schema

SHANGHAI = ZoneInfo("Asia/Shanghai")

ROWS_MAX = 100
"""More than any table of a form has; a number beyond is no row of ours."""

WHOLE = re.compile(r"-?[0-9]{1,18}")

Filled = Mapping[str, str | list[str]]
"""What was typed, by the name of the input; a list where it may be ticked several times."""


def read(name: str, schema: Schema, filled: Filled, keys: Sequence[str]) -> Any:
    """The value of one field; None or empty where nothing was filled in.

    What does not look like its type is left as it was typed, for the service to refuse.
    """
    match schema.get("type"):
        case "array" if "properties" in schema["items"]:
            return _read_rows(name, schema["items"]["properties"], filled)
        case "array":
            return _read_list(filled.get(name, ""))
        case "object" if "properties" in schema:
            named = schema["properties"].items()
            return {key: read(f"{name}.{key}", one, filled, ()) for key, one in named}
        case "object":
            below = schema["additionalProperties"]
            pairs = {key: read(f"{name}.{key}", below, filled, ()) for key in keys}
            return {key: value for key, value in pairs.items() if value not in (None, "")}
    return _read_one(_only(filled.get(name, "")).strip(), schema)


def row_numbers(name: str, filled: Filled) -> list[int]:
    """The rows of a table that came, whatever else is called like one."""
    row = re.compile(rf"{re.escape(name)}\.([0-9]{{1,3}})\..*", re.DOTALL)
    numbers = {int(fits[1]) for fits in map(row.fullmatch, filled) if fits}
    return sorted(one for one in numbers if one < ROWS_MAX)


def _read_rows(name: str, below: Schema, filled: Filled) -> list[dict[str, Any]]:
    numbers = row_numbers(name, filled)
    rows = [
        {key: read(f"{name}.{row}.{key}", one, filled, ()) for key, one in below.items()}
        for row in numbers
    ]
    return [row for row in rows if any(value not in (None, "") for value in row.values())]


def _read_list(value: str | list[str]) -> list[str]:
    lines = value if isinstance(value, list) else value.splitlines()
    return [line.strip() for line in lines if line.strip()]


def _read_one(text: str, schema: Schema) -> Any:
    match schema.get("type"), schema.get("format"):
        case "boolean", _:
            return {"yes": True, "no": False}.get(text)
        case "integer", _:
            return int(text) if WHOLE.fullmatch(text) else text
        case _, "date-time":
            return _moment(text)
    return text


def _moment(text: str) -> str:
    """What a browser sends knows no time zone; it is that of China."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).isoformat()
    except ValueError:
        return text


def _only(value: str | list[str]) -> str:
    return value[0] if isinstance(value, list) and value else str(value or "")
