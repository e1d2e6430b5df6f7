"""Draws a form from the JSON schema of a command."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from services.portal.pages.filled import Filled, read, row_numbers
from services.portal.pages.schemas import Schema, fields, is_id, values
from services.portal.pages.signs import chinese_signs

ROWS_BLANK = 4
YES_NO = ("yes", "no")
LINE_MAX = 200

LISTED = dict.fromkeys(
    ("unit", "lead_unit", "assist_units", "to_unit", "counter_proposal", "units", "parties.name"),
    "units",
)
"""Fields, also those of a table, in which a unit is named."""

Kind = Literal[
    "hidden", "line", "text", "lines", "number", "date", "moment", "tick", "choice", "ticks",
    "rows", "keyed",
]  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One field of a form. `name` is that of its input: 'parties.0.kind' within a table."""

    name: str
    kind: Kind
    title: str
    hint: str = ""
    required: bool = True
    options: Sequence[str] = ()
    value: str | list[str] = ""
    limit: int | None = None
    sealed: bool = False
    parts: Sequence["Field"] = ()
    rows: Sequence[Sequence["Field"]] = ()
    listed: str = ""
    """The list of the page whose entries are offered, and may be passed over: 'units'."""


@dataclass(frozen=True)
class Blank:
    """What a form starts from: its schema, and what is known before anybody types.

    `choices` are values for fields that are free by their schema, `keys` the keys of tables.
    """

    schema: Schema
    fixed: Mapping[str, Any] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    keys: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def draw(self, filled: Filled | None = None) -> list[Field]:
        """The fields to show, with what was typed before, or else what is known."""
        typed = filled if filled is not None else {}
        return [
            self._field(name, one, typed)
            for name, one in fields(self.schema).items()
            if name not in self.fixed and (name in self.choices or not _kept_elsewhere(one))
        ]

    def read(self, filled: Filled) -> dict[str, Any]:
        """The command's data: what is fixed, and what was filled in. Left empty is left out."""
        data = dict(self.fixed)
        for name, one in fields(self.schema).items():
            if name not in self.fixed:
                value = read(name, one, filled, self.keys.get(name, ()))
                if value not in (None, "", [], {}):
                    data[name] = value
        return data

    def sealed(self) -> list[str]:
        """The names of the fields that hold a private person's words."""
        return [name for name, one in fields(self.schema).items() if one.get("sealed")]

    def _field(self, name: str, schema: Schema, typed: Filled) -> Field:
        options = self.choices.get(name, ()) or _options(schema.get("items") or schema)
        kind = _kind(schema, options)
        drawn = Field(
            name=name,
            kind=kind,
            title=chinese_signs(schema.get("title", name)),
            hint=chinese_signs(schema.get("description", "")),
            required=name in self.schema.get("required", ()),
            options=options,
            value=typed.get(name, _text(self.given.get(name, schema.get("default")))),
            limit=schema.get("maxLength"),
            sealed=bool(schema.get("sealed")),
            listed=LISTED.get(name, ""),
        )
        if kind == "keyed":
            return replace(drawn, parts=self._parts(name, schema, typed))
        if kind == "rows":
            return replace(drawn, rows=_rows(name, schema, typed))
        return drawn

    def _parts(self, name: str, schema: Schema, typed: Filled) -> list[Field]:
        if "properties" in schema:
            return _named_parts(name, schema["properties"], typed)
        below = schema["additionalProperties"]
        return [_part(f"{name}.{key}", key, below, typed) for key in self.keys[name]]


def _kept_elsewhere(schema: Schema) -> bool:
    """Ids in a list, and ids that may be left out, are of things elsewhere: nobody types them."""
    return is_id(schema) and (schema.get("type") == "array" or bool(schema.get("nullable")))


def _options(schema: Schema) -> Sequence[str]:
    return YES_NO if schema.get("type") == "boolean" else values(schema)


def _kind(schema: Schema, options: Sequence[str]) -> Kind:
    match schema.get("type"):
        case "array" if "properties" in schema["items"]:
            return "rows"
        case "array":
            return "ticks" if options else "lines"
        case "object":
            return "keyed"
        case "boolean":
            return "choice" if "default" not in schema else "tick"
        case "integer":
            return "number"
    return "choice" if options else _line(schema)


def _line(schema: Schema) -> Kind:
    if is_id(schema):
        return "hidden"
    match schema.get("format"):
        case "date":
            return "date"
        case "date-time":
            return "moment"
    return "line" if schema.get("maxLength", LINE_MAX + 1) <= LINE_MAX else "text"


def _part(name: str, title: str, schema: Schema, typed: Filled) -> Field:
    options = _options(schema)
    return Field(
        name=name,
        kind=_kind(schema, options),
        title=title,
        options=options,
        value=typed.get(name, ""),
        limit=schema.get("maxLength"),
    )


def _rows(name: str, schema: Schema, typed: Filled) -> list[list[Field]]:
    below = schema["items"]["properties"]
    count = max(row_numbers(name, typed), default=-1) + 1
    return [_named_parts(f"{name}.{row}", below, typed) for row in range(max(count, ROWS_BLANK))]


def _named_parts(name: str, below: Mapping[str, Schema], typed: Filled) -> list[Field]:
    table = name.partition(".")[0]
    return [
        replace(
            _part(f"{name}.{key}", one.get("title", key), one, typed),
            required=False,
            listed=LISTED.get(f"{table}.{key}", ""),
        )
        for key, one in below.items()
    ]


def _text(value: Any) -> str | list[str]:
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    if value is None or isinstance(value, bool):
        return "yes" if value else ""
    return str(value)
