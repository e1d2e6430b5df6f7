"""The accounts of an area as a workbook, as they are looked for on their page."""

from starlette.responses import Response

from services.portal.edge.paper.handing import dated, hand_out_all
from services.portal.edge.people.accounts import roles_of
from services.portal.edge.people.finding import NAMED_MAX, Found, find
from services.portal.edge.visit import Visit
from services.portal.pages.papers.cells import stated
from services.portal.pages.papers.grid import Cells, Grid, Head, Written
from services.portal.pages.render import SHANGHAI


async def show_workbook(visit: Visit) -> Response:
    """One row for each appointment; an account without one has a row, too."""
    roles = roles_of(visit)
    found = await find(visit, roles, most=NAMED_MAX)
    say, site = visit.site.pages.texts.accounts, visit.site.pages.texts.site
    asked = found.asked
    filters = [
        (say.who, asked["who"]),
        (say.role, visit.role_name(asked["role"]) if asked["role"] else ""),
        (say.of_area, visit.area_name(asked["area"]) if asked["area"] else ""),
        (say.state, say.states[asked["state"]] if asked["state"] else ""),
    ]
    note = visit.site.pages.texts.paper.filtered.format(
        filters=stated(filters) or visit.site.pages.texts.paper.all
    )
    heads = [
        Head(say.login, width=20), Head(say.name, width=12), Head(say.of_area, width=14),
        Head(say.state, width=12), Head(say.role, width=14), Head(say.within_area, width=14),
        Head(say.unit, width=24), Head(site.deputy, width=8), Head(say.since, "day"),
        Head(say.until, "day"), Head(say.granter, width=12),
    ]  # fmt: skip
    grid = dated(visit, Grid(str(say.title), str(say.title), heads, [note]))
    return await hand_out_all(visit, str(say.title), [Written(grid, list(_rows(visit, found)))])


def _rows(visit: Visit, found: Found) -> list[Cells]:
    say, texts = visit.site.pages.texts.accounts, visit.site.pages.texts
    rows: list[Cells] = []
    for one in found.accounts:
        gone = texts.matter.locked if one["name_sealed"] else texts.matter.erased
        name = str(gone) if one["closed"] else one["name"] or str(texts.matter.erased)
        about = (one["login"], name, visit.area_name(one["area"]), str(say.states[one["state"]]))
        held = [] if one["closed"] else one["held"]
        rows += [
            (
                *about,
                visit.role_name(office["role"]),
                visit.area_name(office["within"]),
                visit.body_name(office["unit"]) if office["unit"] else None,
                str(texts.site.yes) if office["deputy_for"] else None,
                office["since"] or office["granted_at"].astimezone(SHANGHAI).date(),
                office["until"],
                found.granters.get(office["granted_by"], str(say.platform)),
            )
            for office in held
        ] or [(*about, *(None,) * 7)]
    return rows
