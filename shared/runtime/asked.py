"""What a service answers: its commands and questions, as literals in its `api.py`."""

from dataclasses import dataclass

from pydantic import BaseModel

from shared.kernel.message import Command, Question
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
    """Answer this question by a named statement; its fields are the statement's parameters."""
    return QuestionRoute(asked, view, statement, row)
