"""The duty file of a member (委员), and the proof of a draw: pages of one person, or of luck."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from starlette.responses import Response

from services.portal.edge.boards.board import year_in
from services.portal.edge.site import clear_names
from services.portal.edge.visit import Visit, go_to
from services.portal.pages.luck import is_proven
from services.portal.pages.sheets_of_people import STAFF
from services.portal.projections.members import MEMBERS
from shared.kernel.errors import Forbidden, Missing
from shared.runtime.view import View

BY_YEAR = ("consultations of member", "research of member", "duties of member")
EVER = ("pairs of member", "years of member", "observing of member")


async def show_own_file(visit: Visit) -> Response:
    """The own duty file, of the present membership."""
    view = await _view(visit)
    rows = await view.ask("memberships of account", account=str(visit.person.account_id))
    if rows:
        return go_to(visit.carry(f"/members/{rows[0]['member_id']}"))
    return visit.page("no_member.html")


@dataclass(frozen=True)
class File:
    """A duty file: the member, rows by the questions they answer, and the names in it."""

    row: dict[str, Any]
    told: Mapping[str, Sequence[Mapping[str, Any]]]
    names: Mapping[str, str]
    year: int


async def member_of(visit: Visit) -> dict[str, Any]:
    """The member of the address, for whoever may see the file. Raises Missing or Forbidden."""
    row = await _one(visit, "one member", member_id=visit.id("member_id"))
    _must_see(visit, row)
    return row


async def file_of(visit: Visit) -> File:
    """One duty file: for the member, and for the staff of the area; for nobody else."""
    view = await _view(visit)
    member_id, year = visit.id("member_id"), year_in(visit)
    row = await member_of(visit)
    told = {
        **{one: await view.ask(one, member_id=member_id, year=year) for one in BY_YEAR},
        **{one: await view.ask(one, member_id=member_id) for one in EVER},
    }
    people = [row["name"], *(one["name"] for one in told["pairs of member"])]
    return File(row, told, await clear_names(visit.site, people), year)


async def show_draw(visit: Visit) -> Response:
    """What anybody needs to draw again, and whether it comes out the same."""
    draw_id = visit.id("draw_id")
    row = await _one(visit, "one draw", draw_id=draw_id)
    visit.person.must_see(row["area"])
    view = await _view(visit)
    lots = await view.ask("lots of draw", draw_id=draw_id)
    trusted = visit.person.actor.role in STAFF
    names = [one["name"] for one in lots if one["name"]] if trusted else []
    excluded = {one["talent_id"] for one in lots if one["lot"] == "excluded"}
    return visit.page(
        "draw.html",
        as_of=visit.as_of,
        row=row,
        lots=lots,
        place=visit.site.full_name(row["area"]),
        names=await clear_names(visit.site, names),
        word=visit.word(visit.site.charter(row["area"])),
        proven=row["seed"] and is_proven(row, [one["talent_id"] for one in lots], excluded),
    )


async def _view(visit: Visit) -> View:
    return await visit.view(visit.site.views[MEMBERS])


async def _one(visit: Visit, question: str, **key: UUID) -> dict[str, Any]:
    view = await _view(visit)
    for row in await view.ask(question, **key):
        return dict(row)
    raise Missing("no-such-page")


def is_own(visit: Visit, row: dict[str, Any]) -> bool:
    """Whether it is the file of whoever is logged in."""
    return bool(row["account"]) and row["account"] == str(visit.person.account_id)


def _must_see(visit: Visit, row: dict[str, Any]) -> None:
    """Raises Forbidden for whoever is neither this member nor staff of the area."""
    actor = visit.person.actor
    if is_own(visit, row):
        return
    if actor.role not in STAFF:
        raise Forbidden("wrong-role", role=actor.role, needed=sorted(STAFF))
    visit.person.must_hold(row["area"])


def years_of(row: dict[str, Any], chosen: int, today: int) -> list[int]:
    """The years of the membership, the latest first."""
    last = row["ended_at"].year if row["ended_at"] else today
    return sorted({chosen, *range(row["admitted_at"].year, last + 1)}, reverse=True)
