"""A service small enough to see at a glance: notebooks that fill up, one title each."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.kernel.areas import LocalArea
from shared.kernel.decider import Claim, Context, Decider
from shared.kernel.errors import Refused
from shared.kernel.message import SYSTEM, Command, Event, Question
from shared.kernel.registry import registry
from shared.runtime.asked import command, question
from shared.runtime.projection import Projection
from shared.runtime.service import run, service


class NotebookRules(BaseModel):
    """How much a county lets people write."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    lines_max: int = Field(ge=1)
    banned: frozenset[str] = frozenset()


class OpenNotebook(Command):
    """Begin a notebook under a title nobody else has."""

    label = "开本"
    may = frozenset({"clerk", SYSTEM})

    notebook_id: UUID
    area: LocalArea
    title: str = Field(min_length=1)


class WriteLine(Command):
    """Add a line; the same line twice is one."""

    label = "写一行"
    may = frozenset({"clerk", "resident", SYSTEM})

    notebook_id: UUID
    text: str = Field(min_length=1, max_length=300_000)


class NotebookOpened(Event):
    """A notebook lies open."""

    label = "已开本"

    title: str


class LineWritten(Event):
    """A line was written."""

    label = "已写一行"

    text: str


@dataclass(frozen=True)
class Nothing:
    """There is no notebook."""


@dataclass(frozen=True)
class Open:
    """Its lines."""

    lines: frozenset[str] = frozenset()


Notebook = Nothing | Open
NotebookCommand = OpenNotebook | WriteLine
NotebookEvent = NotebookOpened | LineWritten


def evolve(notebook: Notebook, event: NotebookEvent) -> Notebook:
    match notebook, event:
        case Nothing(), NotebookOpened():
            return Open()
        case Open() as o, LineWritten() as e:
            return replace(o, lines=o.lines | {e.text})
        case _:
            return notebook


def decide(
    command: NotebookCommand, notebook: Notebook, ctx: Context[NotebookRules]
) -> list[NotebookEvent]:
    match command, notebook:
        case OpenNotebook() as c, Nothing():
            return [NotebookOpened(title=c.title)]
        case WriteLine(text="boom"), _:
            raise ZeroDivisionError("a bug in a decision")
        case WriteLine() as c, Open() as o:
            return write(c, o, ctx)
        case _:
            raise Refused("not-now", command=type(command).__name__)


def write(c: WriteLine, notebook: Open, ctx: Context[NotebookRules]) -> list[NotebookEvent]:
    if c.text in notebook.lines:
        return []
    if c.text in ctx.rules.banned:
        raise Refused("banned", word=c.text)
    if len(notebook.lines) >= ctx.rules.lines_max:
        raise Refused("full", lines=len(notebook.lines))

    return [LineWritten(text=c.text)]


def claims(event: NotebookEvent) -> list[Claim]:
    return [("title", event.title)] if isinstance(event, NotebookOpened) else []


NOTEBOOK = Decider(
    category="notebook",
    commands=NotebookCommand,
    events=registry(NotebookEvent),
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
    claims=claims,
)


class NotebooksInArea(Question):
    """The notebooks of an area."""

    may: ClassVar[frozenset[str] | None] = frozenset({"clerk"})

    area: str


class NotebookRow(BaseModel):
    """One notebook."""

    notebook_id: UUID
    title: str


SHELF = Projection(
    "shelf",
    sql=Path(__file__).with_name("shelf.sql"),
    facts=[NotebookOpened],
    sources=("notebooks",),
)

app = service(
    "notebooks",
    deciders=[NOTEBOOK],
    rules=NotebookRules,
    routes=[
        command(OpenNotebook),
        command(WriteLine),
        question(NotebooksInArea, SHELF, "in area", NotebookRow),
    ],
    projections=[SHELF],
)

if __name__ == "__main__":
    run(app)
