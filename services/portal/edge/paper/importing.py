"""Importing registers and leads: the template, the upload, what was found in it, and the run."""

import json
from collections import Counter
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from starlette.responses import Response

from services.portal.edge.files.kinds import XLSX
from services.portal.edge.gate import say
from services.portal.edge.paper import books, reading, template
from services.portal.edge.paper.handing import as_file, dated, frame
from services.portal.edge.paper.jobs import KEPT, Wanted
from services.portal.edge.paper.known import compared
from services.portal.edge.paper.rows import hint, options, reader_here, reader_of
from services.portal.edge.paper.running import Run, run
from services.portal.edge.visit import Visit, go_to
from services.portal.pages.papers.grid import Grid, Head, Written
from services.portal.pages.papers.imports import Fault, Read, Reader
from services.portal.pages.schemas import fields
from shared.kernel.errors import Invalid, Missing
from shared.runtime import clock, sql

SQL = sql.load(Path(__file__).with_name("imports.sql"))
SHOWN = 100
"""Rows with faults that a page shows; the workbook has all of them."""


async def show_import(visit: Visit) -> Response:
    """What to do, the template, and where to upload."""
    reader = reader_here(visit)
    columns = reader.columns
    return visit.page("paper/import.html", what=reader.what, code=reader.home, columns=columns)


async def give_template(visit: Visit) -> Response:
    """The empty workbook."""
    reader, say_ = reader_here(visit), visit.site.pages.texts.imports
    name = say_.kinds[reader.what.kind]
    columns = [
        template.Asked(one.title, hint(visit, one), one.required, options(reader, one))
        for one in reader.columns
    ]
    notes = [say_.notes.one, say_.notes.two, say_.notes.three]
    book = await visit.site.jobs.press.do(template.template, name, notes, columns, say_.lists)
    return as_file(book, XLSX, f"{name}.xlsx")


async def upload(visit: Visit) -> Response:
    """Read the file, keep its rows for a day, and show what was found. Nothing is imported."""
    reader, site = reader_here(visit), visit.site
    files = visit.form.files
    if visit.form.refused:
        raise visit.form.refused
    if not files:
        raise Invalid("import-no-file")
    body = await files[0].read()
    titles = [one.title for one in reader.columns]
    table = await site.jobs.press.do(reading.table, body, titles)
    if table.trouble:
        raise Invalid(table.trouble)
    import_id = clock.new_id()
    rows = await site.vault.seal(import_id, json.dumps(table.rows, ensure_ascii=False))
    await _ask(
        visit, "keep", import_id=import_id, account=visit.person.account_id,
        kind=reader.what.kind, area=reader.home, file=files[0].name[:120],
        digest=sha256(body).hexdigest(), rows=rows, now=clock.now(),
    )  # fmt: skip
    await _ask(visit, "let go", before=clock.now() - KEPT)
    return go_to(f"/paper/imports/{import_id}")


async def show_found(visit: Visit) -> Response:
    """What was found: how many rows are good, and what is wrong with the others."""
    found = await _found(visit)
    wrong = [one for one in found.rows if not one.is_good]
    return visit.page(
        "paper/found.html",
        kept=found.kept,
        what=found.reader.what,
        good=len(found.good),
        count=len(found.rows),
        wrong=[(one, _told(visit, found.reader.what.kind, one)) for one in wrong[:SHOWN]],
        more=max(0, len(wrong) - SHOWN),
        sums=Counter(fault.column for one in wrong for fault in one.faults).most_common(),
    )


async def give_checked(visit: Visit) -> Response:
    """The uploaded rows with what was found beside each."""
    found, say_ = await _found(visit), visit.site.pages.texts.imports
    name = say_.kinds[found.reader.what.kind]
    heads = [Head(say_.row, "count"), Head(say_.result, "lines", 50)]
    heads += [Head(one.title) for one in found.reader.columns]
    grid = dated(visit, Grid(name, f"{name} {say_.checked}", heads, [found.kept["file"]]))
    told = partial(_told, visit, found.reader.what.kind)
    rows = [[one.row, told(one) or say_.good, *one.cells] for one in found.rows]
    book = await visit.site.jobs.press.do(books.book_of, [Written(grid, rows)], frame(visit))
    return as_file(book, XLSX, f"{grid.title}.xlsx")


async def begin(visit: Visit) -> Response:
    """Import the rows that are good; the page of the job shows how far it is."""
    found, say_ = await _found(visit), visit.site.pages.texts.imports
    if not found.good:
        raise Invalid("import-nothing-good")
    what, site = found.reader.what, visit.site
    name = say_.kinds[what.kind]
    charter = site.charter(found.reader.home)
    schema = fields(found.reader.blank.schema)
    titles = {key: one.get("title", key) for key, one in schema.items()}
    heads = [Head(say_.row, "count"), Head(say_.result, "lines", 50)]
    heads += [Head(one.title) for one in found.reader.columns]
    doing = Run(
        site=site,
        actor=visit.person.actor,
        reader=found.reader,
        digest=found.kept["digest"],
        rows=found.rows,
        grid=dated(visit, Grid(name, f"{name} {say_.results}", heads, [found.kept["file"]])),
        frame=frame(visit),
        told=partial(_told, visit, what.kind),
        refused=lambda no: say(site, no, titles, charter).what,
    )
    wanted = Wanted(
        account=visit.person.account_id,
        label=f"{name} {say_.results}",
        address=f"/paper/imports/{found.kept['import_id']}",
        file=f"{name} {say_.results}.xlsx",
        total=len(found.good),
    )
    job_id = await site.jobs.begin(wanted, partial(run, doing))
    return go_to(f"/paper/jobs/{job_id}")


@dataclass(frozen=True)
class Found:
    """An upload, and its rows as they were read."""

    kept: dict[str, Any]
    reader: Reader
    rows: list[Read]

    @property
    def good(self) -> list[Read]:
        """Rows that can be imported."""
        return [one for one in self.rows if one.is_good]


async def _found(visit: Visit) -> Found:
    """The upload of the address. Raises Missing, also where it is somebody else's."""
    import_id = visit.id("import_id")
    rows = await _ask(visit, "one", import_id=import_id, account=visit.person.account_id)
    if not rows:
        raise Missing("no-such-page")
    kept = dict(rows[0])
    clear = await visit.site.vault.unseal([kept["rows"]])
    reader = reader_of(visit, kept["kind"], kept["area"])
    table = json.loads(clear.get(kept["rows"]) or "[]")
    read = await visit.site.jobs.press.do(reader.read, table)
    return Found(kept, reader, await compared(visit, reader, read))


def _told(visit: Visit, kind: str, row: Read) -> str:
    """What is wrong with a row, in words; empty where nothing is."""
    say_ = visit.site.pages.texts.imports
    told = [_sentence(say_, one) for one in row.faults]
    if row.same_as:
        told.append(str(say_.same.format(row=row.same_as)))
    if row.is_known:
        told.append(str(say_.known[kind]))
    return "\n".join(told)


def _sentence(say_: Any, fault: Fault) -> str:
    why = say_.faults.get(fault.code, say_.faults["other"])
    return str(say_.fault.format(cell=fault.cell, column=fault.column, why=why))


async def _ask(visit: Visit, name: str, **params: Any) -> list[Any]:
    rows: list[Any] = await visit.site.jobs.pool.fetch(SQL[name].text, *SQL[name].args(params))
    return rows
