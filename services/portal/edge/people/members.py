"""The members (委员) of a county, for forms to pick from."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from services.portal.edge.site import clear_names
from services.portal.edge.visit import Visit
from services.portal.pages.offers import Step
from services.portal.projections.members import MEMBERS
from shared.kernel.areas import county

Members = Mapping[str, str]
"""Name and sector, by the id of the member."""


async def members_for(visit: Visit, area: str, steps: Iterable[Step]) -> Members:
    """Those of the county an area lies in; nobody is looked up where no step asks for them."""
    if not any(step.members for step in steps):
        return {}
    site = visit.site
    prefixes = site.prefixes(county(area).ljust(12, "0"))
    rows = await site.views[MEMBERS].ask("members to pick", prefixes=prefixes)
    names = await clear_names(site, {row["name"] for row in rows})
    told = {str(row["member_id"]): f"{names[row['name']]} · {row['sector']}" for row in rows}
    return dict(sorted(told.items(), key=lambda one: one[1]))


def naming(members: Members, word: Callable[[Any], str]) -> Callable[[Any], str]:
    """What small values are called, and members."""
    return lambda value: members.get(str(value)) or word(value)
