"""Reads the JSON schemas in which services describe their commands and facts."""

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]


def fields(schema: Schema) -> dict[str, Schema]:
    """The fields of an object by name, with references looked up."""
    defs = schema.get("$defs", {})
    return {name: plain(one, defs) for name, one in schema.get("properties", {}).items()}


def plain(schema: Schema, defs: Schema) -> Schema:
    """A schema without references and without 'or null', down to the fields of its items."""
    if "$ref" in schema:
        named = defs[schema["$ref"].rpartition("/")[2]]
        return plain({**named, **{k: v for k, v in schema.items() if k != "$ref"}}, defs)
    if "anyOf" in schema:
        # Of a decimal, a number or a text, the number is what people fill in.
        some = next(one for one in schema["anyOf"] if one.get("type") != "null")
        rest = {k: v for k, v in schema.items() if k != "anyOf"}
        return plain({**some, **rest, "nullable": True}, defs)
    below = {}
    if isinstance(schema.get("items"), Mapping):
        below["items"] = plain(schema["items"], defs)
    if isinstance(schema.get("additionalProperties"), Mapping):
        below["additionalProperties"] = plain(schema["additionalProperties"], defs)
    if "propertyNames" in schema:
        below["propertyNames"] = plain(schema["propertyNames"], defs)
    if "properties" in schema:
        below["properties"] = fields({**schema, "$defs": defs})
    return {**schema, **below}


def is_id(schema: Schema) -> bool:
    """Whether it is the name of a stream, or several: of no use to people."""
    return "uuid" in (schema.get("format"), schema.get("items", {}).get("format"))


def values(schema: Schema) -> list[str]:
    """The values of an enumeration, or none."""
    if "const" in schema:
        return [schema["const"]]
    return list(schema.get("enum", ()))
