"""An example of a schema, made from the schema itself."""

import re
from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]

DEPTH_MAX = 6
ID = "0190aaaa-0000-7000-8000-000000000001"
FORMATS = {
    "uuid": ID,
    "date": "2026-06-30",
    "date-time": "2026-06-30T09:00:00+08:00",
    "time": "08:00:00",
    "binary": "",
}
TEXTS = (
    "511623100013", "county-cppcc", "lin.min", "511623@1", "topics.reply_days", "2026-H1",
    "2026-06", "2026", "0" * 64, "a" * 24, "topics:12", "0", "例",
)  # fmt: skip
"""Of these the first that a pattern fits is the example."""


def example(schema: Schema, defs: Mapping[str, Schema], depth: int = 0) -> Any:
    """A value that the schema allows; references are looked up in `defs` by their last part."""
    if "$ref" in schema:
        return example(defs[schema["$ref"].rpartition("/")[2]], defs, depth)
    for name in ("anyOf", "oneOf", "allOf"):
        if some := [one for one in schema.get(name, ()) if one.get("type") != "null"]:
            return example(some[0], defs, depth)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    return _of_type(schema, defs, depth)


def _of_type(schema: Schema, defs: Mapping[str, Schema], depth: int) -> Any:
    match schema.get("type"):
        case "object":
            return _object(schema, defs, depth)
        case "array":
            return _array(schema, defs, depth)
        case "integer" | "number":
            return max(schema.get("minimum", 1), schema.get("exclusiveMinimum", 0) + 1)
        case "boolean":
            return True
        case "string":
            return _string(schema)
    return None


def _object(schema: Schema, defs: Mapping[str, Schema], depth: int) -> dict[str, Any]:
    below = schema.get("properties", {})
    if below:
        needed = schema.get("required", ())
        named = [name for name in below if depth < DEPTH_MAX or name in needed]
        return {name: example(below[name], defs, depth + 1) for name in named}
    values = schema.get("additionalProperties")
    if isinstance(values, Mapping) and depth < DEPTH_MAX:
        key = example(schema.get("propertyNames", {"type": "string"}), defs, depth + 1)
        return {str(key): example(values, defs, depth + 1)}
    return {}


def _array(schema: Schema, defs: Mapping[str, Schema], depth: int) -> list[Any]:
    if "prefixItems" in schema:
        return [example(one, defs, depth + 1) for one in schema["prefixItems"]]
    items = schema.get("items")
    if not isinstance(items, Mapping) or (depth >= DEPTH_MAX and not schema.get("minItems")):
        return []
    return [example(items, defs, depth + 1)] * max(1, schema.get("minItems", 1))


def _string(schema: Schema) -> str:
    if schema.get("format") in FORMATS:
        return FORMATS[schema["format"]]
    if pattern := schema.get("pattern"):
        return next((text for text in TEXTS if re.search(pattern, text)), "")
    return "例".ljust(schema.get("minLength", 1), "例")
