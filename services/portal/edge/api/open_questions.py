"""How the document of the API describes what is asked without a token."""

from typing import Any

from services.portal.edge.api import copies
from services.portal.edge.api.events import LIMIT, LIMIT_MAX, PATH
from services.portal.edge.api.shapes import said
from services.portal.pages.texts import Texts

Json = dict[str, Any]


def asked_by_all(texts: Texts) -> dict[str, Json]:
    """The operations by their paths."""
    return {
        PATH: _events(texts),
        copies.PATH: without_token("system", texts) | {"tags": ["open"]},
        f"{copies.PATH}/{{list}}": _list(texts),
    }


def without_token(name: str, texts: Texts) -> Json:
    """An operation that everybody may ask."""
    return {
        "operationId": name,
        "summary": texts.api.questions[name],
        "tags": ["session"],
        "security": [],
        "responses": {"200": said(texts.api.answers.ok, {"schema": {"type": "object"}})},
    }


def _events(texts: Texts) -> Json:
    told, text = texts.api.events, {"type": "string"}
    number = {"type": "integer", "minimum": 0}
    items = {"type": "array", "items": {"$ref": "#/components/schemas/PublicEvent"}}
    answer = {"items": items, "after": number, "next": {"type": ["string", "null"]}}
    forms: Json = {
        "after": number,
        "area": text | {"pattern": r"^\d{12}$"},
        "type": text,
        "since": text | {"format": "date-time"},
        "limit": {"type": "integer", "minimum": 1, "maximum": LIMIT_MAX, "default": LIMIT},
    }
    params = [
        {"name": name, "in": "query", "description": told[name], "schema": form}
        for name, form in forms.items()
    ]
    return _for_all("events", texts, params, answer)


def _list(texts: Texts) -> Json:
    """The lists for those who keep a copy; what each thing has beside these, its list knows."""
    told, text = texts.api.copies, {"type": "string"}
    known = {"id": text, "modified": {"type": ["string", "null"]}, "deleted": {"type": "boolean"}}
    thing = {"type": "object", "required": list(known), "properties": known}
    forms: Json = {
        "area": text | {"pattern": r"^\d{12}$"},
        "modified_since": text | {"format": "date-time"},
        "after": text,
        "limit": {"type": "integer", "minimum": 1, "maximum": LIMIT_MAX, "default": LIMIT},
    }
    params: list[Json] = [
        {
            "name": "list",
            "in": "path",
            "required": True,
            "description": told.list,
            "schema": text | {"enum": list(copies.LISTS)},
        }
    ]
    params += [
        {"name": name, "in": "query", "description": told[name], "schema": form}
        for name, form in forms.items()
    ]
    answer = {"items": {"type": "array", "items": thing}, "next": {"type": ["string", "null"]}}
    return _for_all("lists", texts, params, answer)


def _for_all(name: str, texts: Texts, params: list[Json], answer: Json) -> Json:
    schema = {"type": "object", "required": list(answer), "properties": answer}
    return without_token(name, texts) | {
        "tags": ["open"],
        "parameters": params,
        "responses": {
            "200": said(texts.api.answers.ok, {"schema": schema}),
            "default": {"$ref": "#/components/responses/Problem"},
        },
    }
