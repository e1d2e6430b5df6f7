"""Imports the rows of an upload: each is one command whose id follows from the file and the row.

Whoever runs the same file again, after an interruption or by mistake, does nothing twice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from services.portal.edge.paper import books
from services.portal.edge.paper.jobs import Work
from services.portal.edge.paper.looks import Frame
from services.portal.edge.site import Site
from services.portal.pages.papers.grid import Cells, Grid, Written
from services.portal.pages.papers.imports import Read, Reader, row_id
from shared.kernel.errors import No, Unavailable
from shared.kernel.message import Actor
from shared.runtime import log

BATCH = 50


@dataclass(frozen=True)
class Run:
    """An upload on its way in: who imports it, its rows, and how results are told."""

    site: Site
    actor: Actor
    reader: Reader
    digest: str
    rows: Sequence[Read]
    grid: Grid
    frame: Frame
    told: Callable[[Read], str]
    refused: Callable[[No], str]


async def run(one: Run, work: Work) -> None:
    """Ask for every good row, and write down what became of each."""
    good = [row for row in one.rows if row.is_good]
    answers: dict[int, str] = {}
    for first in range(0, len(good), BATCH):
        some = good[first : first + BATCH]
        for row, answer in zip(some, await _asked(one, some), strict=True):
            answers[row.row] = _result(one, answer)
        await work.tell(len(answers))
    rows: list[Cells] = [
        [row.row, answers.get(row.row) or one.told(row), *row.cells] for row in one.rows
    ]
    book = await work.press.do(books.book_of, [Written(one.grid, rows)], one.frame)
    work.path.write_bytes(book)


async def _asked(one: Run, rows: Sequence[Read]) -> Sequence[Any]:
    """The answers to a batch. Raises Unavailable: what was not answered may be asked again."""
    what, commands = one.reader.what, []
    for row in rows:
        stream = row_id(one.digest, row.row, what.stream)
        data = {**row.data, what.stream: str(stream)}
        for name in one.reader.blank.sealed():
            if data.get(name):
                data[name] = await one.site.vault.seal(stream, data[name])
        told = {"command": what.command, "id": str(row_id(one.digest, row.row, "command"))}
        commands.append({**told, "data": data})
    asker = one.site.asker
    answers = await asker.ask_batch(what.service, commands, one.actor, log.correlation())
    if away := next((answer for answer in answers if isinstance(answer, Unavailable)), None):
        raise away
    return answers


def _result(one: Run, answer: Any) -> str:
    done = str(one.site.pages.texts.imports.done)
    return one.refused(answer) if isinstance(answer, No) else done
