"""Hands tables out as a workbook: at once where they are short, else as a job with its own page."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import quote

from starlette.responses import Response

from services.portal.edge.files.kinds import XLSX
from services.portal.edge.paper import books
from services.portal.edge.paper.jobs import Wanted, Work
from services.portal.edge.paper.looks import Frame
from services.portal.edge.visit import HEADERS, Visit, go_to
from services.portal.pages.papers.grid import Cells, Grid, Written
from services.portal.pages.render import day, minute
from shared.runtime import clock, log

LONG = 5_000
"""Rows of which a person waits for a workbook; more are a job."""

_log = log.logger()


@dataclass(frozen=True)
class Table:
    """A grid, how many rows it has as far as that is known, and the rows in portions."""

    grid: Grid
    found: int
    rows: Callable[[], AsyncIterator[Sequence[Cells]]]


async def hand_out(visit: Visit, table: Table) -> Response:
    """The workbook, or the page of the job that makes it."""
    table = replace(table, grid=dated(visit, table.grid))
    if table.found > LONG:
        return await _as_job(visit, table)
    rows = [row async for some in table.rows() for row in some]
    return await hand_out_all(visit, table.grid.title, [Written(table.grid, rows)])


async def hand_out_all(visit: Visit, title: str, parts: Sequence[Written]) -> Response:
    """A workbook of short tables, one a sheet."""
    _log.info("workbook", account=visit.person.actor.id, address=visit.request.url.path)
    book = await visit.site.jobs.press.do(books.book_of, parts, frame(visit))
    return as_file(book, XLSX, f"{title}.xlsx")


def dated(visit: Visit, grid: Grid) -> Grid:
    """The same, and of which moment it is, and who asked for it."""
    say = visit.site.pages.texts.paper
    now = minute(clock.now())
    moment = (
        say.as_of.format(day=day(visit.as_of), now=now) if visit.as_of else say.now.format(now=now)
    )
    by = say.by.format(name=visit.person.name, role=visit.role_name(visit.person.actor.role))
    return replace(grid, notes=[*grid.notes, f"{moment}  {by}"])


def frame(visit: Visit) -> Frame:
    """What stands around each grid."""
    texts = visit.site.pages.texts
    return Frame(author=texts.site.full_name, pages=texts.paper.pages, cut=texts.paper.cut)


def as_file(body: bytes, media: str, name: str, how: str = "attachment") -> Response:
    """A file to be kept, or `inline` to be looked at, under a name that may be Chinese."""
    return Response(body, headers=HEADERS | disposition(name, how), media_type=media)


def disposition(name: str, how: str = "attachment") -> dict[str, str]:
    """The header that names a file, for browsers that know UTF-8 and for those that do not."""
    clean = "".join("_" if one in '/\\:*?"<>|\r\n' else one for one in name)
    plain = "file" + ("." + clean.rpartition(".")[2] if clean.rpartition(".")[2].isascii() else "")
    encoded = quote(clean, safe="")
    return {"Content-Disposition": f"{how}; filename=\"{plain}\"; filename*=UTF-8''{encoded}"}


async def _as_job(visit: Visit, table: Table) -> Response:
    url = visit.request.url
    wanted = Wanted(
        account=visit.person.account_id,
        label=table.grid.title,
        address=f"{url.path}?{url.query}" if url.query else url.path,
        file=f"{table.grid.title}.xlsx",
        total=table.found,
    )
    job_id = await visit.site.jobs.begin(wanted, partial(write, table, frame(visit)))
    _log.info("workbook", account=visit.person.actor.id, address=wanted.address, job=str(job_id))
    return go_to(f"/paper/jobs/{job_id}")


async def write(table: Table, around: Frame, work: Work) -> None:
    """The workbook, portion by portion: the next is fetched while the last is written."""
    async with work.press.alone() as process:
        path, done = str(work.path), 0
        await _in(process, books.begin, path, table.grid, around)
        writing = None
        async for some in table.rows():
            if writing:
                await writing
                await work.tell(done)
            writing = _in(process, books.add, path, some)
            done += len(some)
        if writing:
            await writing
        await _in(process, books.finish, path)
        await work.tell(done)


def _in[**P](
    process: ProcessPoolExecutor, step: Callable[P, object], *args: P.args, **kwargs: P.kwargs
) -> asyncio.Future[object]:
    return asyncio.get_running_loop().run_in_executor(process, partial(step, *args, **kwargs))
