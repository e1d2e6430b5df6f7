"""How the document of the API describes a question: its parameters, and what it answers."""

from collections.abc import Iterable
from typing import Any

from services.portal.edge.api.cursors import LIMIT, LIMIT_MAX
from services.portal.edge.api.examples import example
from services.portal.edge.api.reading import Param, Question
from services.portal.edge.api.shapes import enveloped, said
from services.portal.pages.texts import Texts

PARTS = {"code": r"^\d{12}$"}
"""Parts of addresses with a pattern; all others are ids."""

OF_ALL = ("year", "by", "cursor", "limit", "fields", "as_of", "after")
"""Parameters that mean the same everywhere; of sheets, all others are filters."""

Json = dict[str, Any]


def operation(question: Question, texts: Texts, schemas: Json) -> Json:
    """The operation of a question; examples are made of these schemas."""
    told = texts.api
    summary = question.title or told.questions[question.name]
    answer = enveloped(question, texts)
    content = {"schema": answer, "example": example(answer, schemas)}
    return {
        "operationId": question.name,
        "summary": summary.partition("。")[0],
        "description": summary,
        "tags": [question.tag],
        "x-roles": sorted(question.roles),
        "parameters": [*_parts(question, texts), *_params(question, texts)],
        "responses": {
            "200": said(told.answers.ok, content),
            "304": {"description": told.answers.unchanged},
            "default": {"$ref": "#/components/responses/Problem"},
        },
    }


def _parts(question: Question, texts: Texts) -> Iterable[Json]:
    options = {one.name: one.options for one in question.params}
    for name in (part[1:-1] for part in question.path.split("/") if part.startswith("{")):
        schema: Json = {"type": "string", "format": "uuid"}
        if pattern := PARTS.get(name):
            schema = {"type": "string", "pattern": pattern}
        if name in options:
            schema = {"type": "string", "enum": list(options[name])}
        yield {
            "name": name,
            "in": "path",
            "required": True,
            "description": texts.api.params[name],
            "schema": schema,
        }


def _params(question: Question, texts: Texts) -> Iterable[Json]:
    known = [Param("after"), Param("fields")]
    if question.past:
        known.append(Param("as_of", kind="date"))
    if question.many:
        known += [Param("limit", kind="integer"), Param("cursor")]
    for one in (*question.params, *known):
        if "{" + one.name + "}" in question.path:
            continue
        yield {
            "name": one.name,
            "in": "query",
            "description": _told(question, one, texts),
            "schema": _schema(one, question),
        }


def _told(question: Question, one: Param, texts: Texts) -> str:
    field = question.row.model_fields.get(one.name)
    if one.name in OF_ALL or not question.fixed:
        return str(texts.api.params[one.name])
    title = field.title if field else one.name
    return str(texts.api.params.other.format(title=title))


def _schema(one: Param, question: Question) -> Json:
    if one.options:
        return {"type": "string", "enum": list(one.options)}
    match one.kind:
        case "column":
            named = list(question.row.model_fields)
            return {"type": "string", "enum": [*named, *(f"-{name}" for name in named)]}
        case "date":
            return {"type": "string", "format": "date"}
        case "integer" if one.name == "limit":
            return {"type": "integer", "minimum": 1, "maximum": LIMIT_MAX, "default": LIMIT}
        case "integer":
            return {"type": "integer"}
    return {"type": "string"}
