"""What a service answers: its commands and questions, as literals in its `api.py`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from inspect import getdoc
from typing import Any

from pydantic import BaseModel

from shared.kernel.message import Command, Event, Question
from shared.runtime.projection import Projection


@dataclass(frozen=True)
class CommandRoute:
    """A command that may be asked from outside."""

    asked: type[Command]


@dataclass(frozen=True)
class QuestionRoute:
    """A question, the statement of the view that answers it, and the shape of one row."""

    asked: type[Question]
    view: Projection
    statement: str
    row: type[BaseModel]


Route = CommandRoute | QuestionRoute


def command(asked: type[Command]) -> CommandRoute:
    """Answer this command."""
    return CommandRoute(asked)


def question(
    asked: type[Question], view: Projection, statement: str, row: type[BaseModel]
) -> QuestionRoute:
    """Answer this question by a named statement; its fields are the statement's parameters.

    Raises KeyError for a statement the view has not, TypeError for other parameters.
    """
    fields, params = set(asked.model_fields), set(view.questions[statement].params)
    if fields != params:
        raise TypeError(f"{asked.__name__} has {sorted(fields)}, '{statement}' {sorted(params)}")
    return QuestionRoute(asked, view, statement, row)


def catalogue(
    routes: Iterable[Route], categories: Mapping[type[Command], str], said: Iterable[type[Event]]
) -> list[dict[str, Any]]:
    """Everything a service answers and says, for those who draw forms and tell stories."""
    facts = [
        {
            "kind": "fact",
            "label": fact.label,
            "name": fact.__name__,
            "doc": getdoc(fact),
            "schema": fact.model_json_schema(),
        }
        for fact in said
    ]
    return [_entry(route, categories) for route in routes] + facts


def _entry(route: Route, categories: Mapping[type[Command], str]) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": route.asked.__name__,
        "doc": getdoc(route.asked),
        "schema": route.asked.model_json_schema(),
        "may": None if route.asked.may is None else sorted(route.asked.may),
    }
    if isinstance(route, CommandRoute):
        category = categories[route.asked]
        return {"kind": "command", "category": category, "label": route.asked.label, **entry}
    return {"kind": "question", "row": route.row.model_json_schema(), **entry}
