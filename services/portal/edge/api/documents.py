"""The document of the API, and pages on which people read it and try it."""

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.responses import Response

from services.portal.edge.api import openapi
from services.portal.edge.api.answering import Call, tagged
from services.portal.edge.api.examples import example
from services.portal.edge.catalogue import SERVICES
from services.portal.edge.site import Site
from services.portal.edge.visit import Visit
from shared.kernel.errors import Missing

Json = dict[str, Any]


async def document(call: Call) -> Response:
    """GET /api/v1/openapi.json, open to everybody: it tells of forms, and of no matter."""
    return tagged(call.request, openapi.document(call.site.catalogue.everything()))


async def show_docs(visit: Visit) -> Response:
    """How to begin, and what there is."""
    told = _document(visit.site)
    return visit.page(
        "api/docs.html",
        tags=[{**tag, "n": len(_of_tag(told, tag["name"]))} for tag in told["tags"]],
        away=_is_away(visit.site),
    )


async def show_tag(visit: Visit) -> Response:
    """Every operation of one kind, each with a form to try it."""
    told, tag = _document(visit.site), visit.path("tag")
    operations = _of_tag(told, tag)
    if not operations:
        raise Missing("no-such-page")
    base = str(visit.request.base_url).rstrip("/")
    return visit.page(
        "api/tag.html",
        tag=tag,
        base=base,
        away=_is_away(visit.site),
        operations=[_told(told, *one) for one in operations],
    )


def _document(site: Site) -> Json:
    told: Json = orjson.loads(openapi.document(site.catalogue.everything()))
    return told


def _is_away(site: Site) -> bool:
    """Whether some service has not said yet what it does."""
    there = {entry["service"] for entry in site.catalogue.everything()}
    return there != set(SERVICES)


def _of_tag(told: Json, tag: str) -> list[tuple[str, str, Json]]:
    return [
        (method, path, operation)
        for path, methods in told["paths"].items()
        for method, operation in methods.items()
        if tag in operation["tags"]
    ]


def _told(document: Json, method: str, path: str, operation: Json) -> Json:
    """What the page says of an operation."""
    schemas = document["components"]["schemas"]
    body = _content(operation.get("requestBody", {}))
    params = operation.get("parameters", [])
    answer = _content(operation["responses"]["200"])
    return {
        "id": operation["operationId"].replace(".", "-"),
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "description": operation.get("description", ""),
        "roles": operation.get("x-roles", []),
        "parameters": [_param(one) for one in params],
        "body": fields_of(_found(body.get("schema", {}), schemas)),
        "answer": fields_of(_row(_found(answer.get("schema", {}), schemas), schemas)),
        "example": _pretty(body["example"]) if "example" in body else "",
        "sample": _pretty(example(answer["schema"], schemas)) if answer.get("schema") else "",
    }


def _param(told: Json) -> Json:
    return {
        **told,
        "title": told["description"],
        "kind": _kind(told["schema"]),
        "needed": told.get("required", False),
    }


def _content(said: Json) -> Json:
    content: Json = said.get("content", {}).get("application/json", {})
    return content


def _found(schema: Json, schemas: Mapping[str, Json]) -> Json:
    name = schema.get("$ref", "").rpartition("/")[2]
    return schemas[name] if name else schema


def _row(schema: Json, schemas: Mapping[str, Json]) -> Json:
    """The row of a list, or the one thing that is answered; else the answer as it is."""
    below = schema.get("properties", {})
    inner = below.get("data") or below.get("items", {}).get("items") or schema
    return _found(inner, schemas)


def fields_of(schema: Json) -> list[Json]:
    """The fields of a form: name, title, type, and whether each is needed."""
    needed = schema.get("required", [])
    return [
        {
            "name": name,
            "title": one.get("title") or one.get("description") or "",
            "kind": _kind(one),
            "needed": name in needed,
        }
        for name, one in schema.get("properties", {}).items()
    ]


def _kind(schema: Json) -> str:
    """A type in a few letters."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2].rpartition(".")[2]
    if some := [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]:
        return _kind(some[0])
    if "enum" in schema or "const" in schema:
        return " | ".join(map(str, schema.get("enum", [schema.get("const")])))
    if schema.get("type") == "array":
        return f"{_kind(schema.get('items', {}))}[]"
    return str(schema.get("format") or schema.get("type") or "")


def _pretty(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
