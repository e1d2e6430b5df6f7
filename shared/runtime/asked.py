"""What a service answers: its commands and questions, as literals in its `api.py`."""

from collections.abc import Iterable
from dataclasses import dataclass
from inspect import getdoc
from typing import Any

from pydantic import BaseModel

from shared.kernel.decider import AnyDecider
from shared.kernel.message import Command, Message, Question
from shared.runtime.projection import Projection

PREFIXES = "prefixes"
"""The parameter of a statement for what is counted in an `area`, see `Areas.counted`."""


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

    Where the statement takes `prefixes`, the question has an `area`.
    Raises KeyError for a statement the view has not, TypeError for other parameters.
    """
    fields = set(asked.model_fields)
    params = {"area" if p == PREFIXES else p for p in view.questions[statement].params}
    if fields != params:
        raise TypeError(f"{asked.__name__} has {sorted(fields)}, '{statement}' {sorted(params)}")
    return QuestionRoute(asked, view, statement, row)


def catalogue(routes: Iterable[Route], deciders: Iterable[AnyDecider]) -> list[dict[str, Any]]:
    """Everything a service answers and says, for those who draw forms and tell stories."""
    entries: list[dict[str, Any]] = []
    deciders = tuple(deciders)
    categories = {asked: one.category for one in deciders for asked in one.asked()}
    for route in routes:
        if isinstance(route, CommandRoute):
            told = {"category": categories[route.asked], "label": route.asked.label}
            entries.append({"kind": "command", **told, **_asking(route.asked)})
        else:
            row = route.row.model_json_schema()
            entries.append({"kind": "question", "row": row, **_asking(route.asked)})
    facts = [fact for one in deciders for fact in one.events.classes.values()]
    return entries + [{"kind": "fact", "label": fact.label, **_message(fact)} for fact in facts]


def _asking(asked: type[Command] | type[Question]) -> dict[str, Any]:
    return {"may": None if asked.may is None else sorted(asked.may), **_message(asked)}


def _message(message: type[Message]) -> dict[str, Any]:
    schema = message.model_json_schema()
    return {"name": message.__name__, "doc": getdoc(message), "schema": schema}
