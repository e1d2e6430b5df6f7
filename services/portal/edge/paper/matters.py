"""The list of matters as a workbook, as it is filtered."""

from collections.abc import AsyncIterator, Sequence

from starlette.responses import Response

from services.portal.edge.matters.matters import area_asked, listed, picked_of
from services.portal.edge.paper.handing import LONG, Table, hand_out
from services.portal.edge.paper.sheets import EVERY_ROW
from services.portal.edge.visit import Visit
from services.portal.pages.papers.cells import stated
from services.portal.pages.papers.grid import Cells, Grid, Head
from shared.kernel.errors import Unavailable


async def show_workbook(visit: Visit) -> Response:
    """The workbook, or the page of the job that makes it."""
    texts, area = visit.site.pages.texts, area_asked(visit)
    say, view = texts.matters, await visit.view(visit.site.matters)
    picked = picked_of(visit, area)

    async def rows() -> AsyncIterator[Sequence[Cells]]:
        async for page in view.walk("in area", **picked, most=EVERY_ROW, skipped=0):
            yield [
                (
                    one.row["title"],
                    visit.area_name(one.row["area"]),
                    texts.words.states.get(one.row["state"], one.row["state"]),
                    one.stand.label,
                    texts.site.provisional if one.stand.provisional else None,
                    one.row["opened_at"],
                )
                for one in await listed(visit, view, list(page))
            ]

    try:
        first = await view.ask("in area", **picked, most=1, skipped=0)
        found = first[0]["found"] if first else 0
    except (TimeoutError, Unavailable):  # So many that they are not even counted in time.
        found = LONG + 1
    state = visit.query("state")
    filters = [
        (say.state, texts.words.states.get(state, state)),
        (say.title_has, visit.query("title")),
        (texts.site.year, visit.query("year")),
    ]
    heads = [
        Head(say.matter, "text", 40),
        Head(say.area, "text", 14),
        Head(say.state, "text", 14),
        Head(say.stage, "text", 18),
        Head(texts.paper.remark),
        Head(say.opened, "day"),
    ]
    note = texts.paper.filtered.format(filters=stated(filters) or texts.paper.all)
    grid = Grid(say.title, f"{visit.area_name(area)}{say.title}", heads, [note])
    return await hand_out(visit, Table(grid, found, rows))
