"""Schemas that many operations share, and those of commands with their parts set apart."""

from collections.abc import Mapping
from typing import Any

from services.portal.edge.api.reading import Question
from services.portal.pages.languages import ENGLISH
from services.portal.pages.texts import Texts, read

DEFS, SCHEMAS = "#/$defs/", "#/components/schemas/"

OF_SEALED = ("pattern", "maxLength", "sealed")
"""What a schema says of ciphertext."""

Json = dict[str, Any]


def shared(texts: Texts) -> Json:
    """The answer to a command, and a no with every code there is."""
    told = texts.api.answers
    english = read(ENGLISH).refusals
    codes = {
        code: {"zh": texts.refusals[code].what, "en": english[code].what}
        for code in texts.refusals.names()
        if _is_code(texts.refusals, code)
    }
    text = {"type": "string"}
    return {
        "Done": {
            "type": "object",
            "required": ["stream", "position", "revision"],
            "properties": {
                "stream": {"type": "string", "format": "uuid", "title": told.stream},
                "position": {"type": "integer", "title": told.position},
                "revision": {"type": "integer", "title": told.revision},
            },
        },
        "Problem": {
            "type": "object",
            "required": ["type", "title", "status", "code", "detail", "next"],
            "properties": {
                "type": {"type": "string", "format": "uri"},
                "title": text,
                "status": {"type": "integer"},
                "code": text | {"examples": sorted(codes)},
                "detail": text,
                "next": text,
            },
            "x-codes": codes,
        },
    }


def enveloped(question: Question, texts: Texts) -> Json:
    """The whole answer to a question: the rows of a part, or the one thing that is asked for."""
    told = texts.api.answers
    row = {"$ref": SCHEMAS + question.row.__name__}
    day = {"type": ["string", "null"], "format": "date", "title": told.as_of}
    fields: Json = {"as_of": day, "behind": {"type": "integer", "title": told.behind}}
    if question.many:
        fields["items"] = {"type": "array", "items": row, "title": told["items"]}
        fields["next"] = {"type": ["string", "null"], "title": told.next}
    else:
        fields["data"] = row
    return {"type": "object", "required": list(fields), "properties": fields}


def said(description: str, content: Json) -> Json:
    """An answer in JSON."""
    return {"description": description, "content": {"application/json": content}}


def of_command(entry: Mapping[str, Any]) -> Json:
    """The schema of a command under its name, and each of its parts under a name of its own."""
    name = f"{entry['service']}.{entry['name']}"
    schema = dict(entry["schema"])
    parts = schema.pop("$defs", {})
    told = {f"{name}.{part}": one for part, one in parts.items()} | {name: schema}
    return {of: _moved(one, name) for of, one in told.items()}


def _moved(schema: Any, name: str) -> Any:
    """The same, with references to where the parts are now."""
    match schema:
        case {"$ref": str(to)} if to.startswith(DEFS):
            rest = {key: one for key, one in schema.items() if key != "$ref"}
            return {**_moved(rest, name), "$ref": f"{SCHEMAS}{name}.{to.removeprefix(DEFS)}"}
        case {"sealed": True}:
            # It comes in clear, and is sealed on its way to the service.
            return {key: one for key, one in schema.items() if key not in OF_SEALED}
        case dict():
            return {key: _moved(one, name) for key, one in schema.items()}
        case list():
            return [_moved(one, name) for one in schema]
    return schema


def _is_code(refusals: Texts, name: str) -> bool:
    found = refusals[name]
    return isinstance(found, Texts) and "what" in found
