"""What is entered in the duty file of a member (登记履职, 述职, 综合评价): a form for each."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from services.portal.edge.matters.doing import Doing, do, show_form
from services.portal.edge.matters.matters import may_ask
from services.portal.edge.people.persons import file_of, is_own, member_of, years_of
from services.portal.edge.visit import Visit
from services.portal.projections.members import MEMBERS
from shared.kernel.errors import Forbidden, Missing

DOES = ("RecordDuty", "FileDutyReport", "EvaluateMember")


async def show_act(visit: Visit) -> Response:
    """The empty form."""
    return show_form(visit, await _doing(visit))


async def act(visit: Visit) -> Response:
    """Ask, and go back to the file."""
    return await do(visit, await _doing(visit))


def entries(visit: Visit, row: Mapping[str, Any]) -> dict[str, str]:
    """What whoever is logged in may enter in a file, by address; nothing once it is closed."""
    if visit.as_of or row["ended"]:
        return {}
    charter = visit.site.charter(row["area"])
    return {
        f"/members/{row['member_id']}/do/{one}": visit.site.step_name(charter, "meetings", one)
        for one in DOES
        if may_ask(visit, "meetings", one) and (one != "FileDutyReport" or row["standing"])
    }


async def _doing(visit: Visit) -> Doing:
    """Raises Missing or Forbidden."""
    row, command = await member_of(visit), visit.path("command")
    if command not in DOES:
        raise Missing("no-such-page")
    roles, role = visit.site.catalogue.roles("meetings", command), visit.person.actor.role
    if role not in roles:
        raise Forbidden("wrong-role", role=role, needed=sorted(roles))
    charter = visit.site.charter(row["area"])
    duties = charter.table("meetings")["members"]["duties"]
    return Doing(
        service="meetings",
        command=command,
        charter=charter,
        back=f"/members/{row['member_id']}",
        fixed={"member_id": str(row["member_id"])},
        choices={"kind": [one["kind"] for one in duties]} if command == "RecordDuty" else {},
        area=row["area"],
    )


async def show_member(visit: Visit) -> Response:
    """The page of a duty file."""
    behind = await visit.behind(visit.site.views[MEMBERS])
    found = await file_of(visit)
    row, year = found.row, found.year
    return visit.page(
        "member.html",
        as_of=visit.as_of,
        behind=behind,
        row=row,
        year=year,
        years=years_of(row, year, visit.today.year),
        names=found.names,
        is_own=is_own(visit, row),
        word=visit.word(visit.site.charter(row["area"])),
        told=found.told,
        entries=entries(visit, row),
    )
