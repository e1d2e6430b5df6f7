"""How things are told: to a person as tables, lines and bars, to a program as JSON."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def aside(*, yes: bool) -> None:
    """Whether what is said on the way goes to the error output, and nothing but JSON to ours."""
    console.stderr = yes


def show(rows: Sequence["DataclassInstance"], *, as_json: bool) -> None:
    """Rows of one kind."""
    if as_json:
        tell_json([asdict(row) for row in rows])
    else:
        console.print(_table(rows))


def tell_json(what: object) -> None:
    """To a program; what JSON has no sign for is told as its text."""
    print(json.dumps(what, ensure_ascii=False, default=str))


def _table(rows: Sequence["DataclassInstance"]) -> Table:
    drawn = Table(box=None, pad_edge=False)
    dicts = [asdict(row) for row in rows]
    for column, value in (dicts[0] if dicts else {}).items():
        drawn.add_column(column, justify="right" if isinstance(value, int) else "left")
    for row in dicts:
        drawn.add_row(*map(str, row.values()))
    return drawn


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int | None], None]]:
    """A bar that is told how much is done, of how much if known; it leaves nothing behind."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    still = not console.is_terminal
    bars = Progress(*columns, TimeElapsedColumn(), console=console, transient=True, disable=still)
    with bars as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
