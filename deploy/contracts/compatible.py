"""Which changes would break somebody who reads what we say: docs/agencies/contracts.md.

A reader relies on what is there, on its type, on its form and on its bounds; it leaves out what it
does not know. So more may be said, and more strictly; nothing less, nothing wider, nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]

FLOORS = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
CEILINGS = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
FORMS = ("format", "pattern", "const", "uniqueItems", "contentEncoding")


@dataclass(frozen=True)
class Broken:
    """One promise that would be broken: where, and how."""

    where: str
    rule: str

    def __str__(self) -> str:
        return f"{self.where}: {self.rule}"


def broken(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Broken]:
    """What a version promised that another does not keep.

    Both hold `channels`, the address of each, and `schemas`, by their names.
    """
    found = []
    for name, address in old["channels"].items():
        if name not in new["channels"]:
            found.append(Broken(name, "channel-removed"))
        elif new["channels"][name] != address:
            found.append(Broken(name, "channel-moved"))
    for name, schema in old["schemas"].items():
        if name not in new["schemas"]:
            found.append(Broken(name, "type-removed"))
        else:
            found += _compare(name, Place(schema, schema), Place(new["schemas"][name]))
    return found


class Place:
    """A part of a schema, with the whole that its references lead into."""

    def __init__(self, schema: Schema, whole: Schema | None = None) -> None:
        self._whole = whole or schema
        name = schema.get("$ref", "").rpartition("/")[2]
        self.schema: Schema = {**self._whole["$defs"][name], **schema} if name else schema

    def at(self, part: Schema) -> "Place":
        """A part of this one."""
        return Place(part, self._whole)

    @property
    def types(self) -> frozenset[str]:
        """What a value here may be, null included."""
        some: Sequence[Schema] = self.schema.get("anyOf", ())
        if some:
            return frozenset[str]().union(*(self.at(one).types for one in some))
        told = self.schema.get("type", "object" if "properties" in self.schema else "any")
        return frozenset([told] if isinstance(told, str) else told)

    @property
    def solid(self) -> "Place":
        """The same without null."""
        some = [one for one in self.schema.get("anyOf", ()) if one.get("type") != "null"]
        return self.at(some[0]) if len(some) == 1 else self


def _compare(where: str, old: Place, new: Place) -> Iterator[Broken]:
    if "null" in new.types - old.types:
        yield Broken(where, "null-allowed")
    if new.types - {"null"} != old.types - {"null"}:
        yield Broken(where, "type-changed")
        return
    then, now = old.solid, new.solid
    yield from (Broken(where, rule) for rule in _forms(then.schema, now.schema))
    yield from _fields(where, then, now)
    if "items" in then.schema:
        yield from _compare(
            f"{where}[]", then.at(then.schema["items"]), now.at(now.schema.get("items", {}))
        )


def _forms(old: Schema, new: Schema) -> Iterator[str]:
    for form in FORMS:
        if form in old and old[form] != new.get(form):
            yield f"{form}-changed"
    if "enum" in old and not set(new.get("enum", ["any"])) <= set(old["enum"]):
        yield "enum-widened"
    for bound in FLOORS:
        if bound in old and new.get(bound, float("-inf")) < old[bound]:
            yield f"{bound}-lowered"
    for bound in CEILINGS:
        if bound in old and new.get(bound, float("inf")) > old[bound]:
            yield f"{bound}-raised"


def _fields(where: str, old: Place, new: Place) -> Iterator[Broken]:
    needed = set(new.schema.get("required", ()))
    now: Schema = new.schema.get("properties", {})
    for name, field in old.schema.get("properties", {}).items():
        here = f"{where}.{name}"
        if name not in now:
            yield Broken(here, "field-removed")
            continue
        if name in old.schema.get("required", ()) and name not in needed:
            yield Broken(here, "no-longer-required")
        yield from _compare(here, old.at(field), new.at(now[name]))
