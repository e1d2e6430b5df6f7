"""The register of units at the edge: names to pick from, and whether only those may be named."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.portal.edge.site import Site
from shared.kernel.areas import county
from shared.kernel.errors import Refused
from shared.runtime.charter import Charter

ASSIGNING = frozenset({"AssignItem", "ArbitrateAssignment"})
UNITS_MAX = 500


async def unit_names(site: Site, area: str) -> list[str]:
    """What the units of a county are called now, in order."""
    return list(dict.fromkeys((await _names(site, area)).values()))


async def units_by_id(site: Site, area: str) -> dict[str, str]:
    """The name of now of each unit of a county, by its id."""
    return {str(row["unit_id"]): row["name"] for row in await _rows(site, area)}


async def unit_names_known(site: Site, area: str) -> list[str]:
    """Every name and short name by which a unit of a county is known."""
    return list(await _names(site, area))


async def units_of_kinds(site: Site, area: str) -> dict[str, list[str]]:
    """What the units of a county are called now, kind by kind."""
    prefixes, found = site.prefixes(county_of(area)), dict[str, list[str]]()
    asked = {"kind": "", "name": "", "most": UNITS_MAX, "skipped": 0}
    rows = await site.views.named("registers").ask("units of areas", prefixes=prefixes, **asked)
    for row in rows:
        if row["standing"] == "registered":
            found.setdefault(row["kind"], []).append(row["name"])
    return found


def county_of(code: str) -> str:
    """The county a place lies in, as an area."""
    return county(code).ljust(12, "0")


async def must_be_registered(
    site: Site, command: str, data: Mapping[str, Any], area: str, charter: Charter
) -> None:
    """Raises Refused('unknown-unit') where the county has items assigned to its register alone."""
    only: bool = charter.table("outcomes").get("registered_units_only", False)
    if command not in ASSIGNING or not only:
        return
    known = await _names(site, area)
    helping = data.get("assist_units")
    named = [data.get("lead_unit"), *(helping if isinstance(helping, list) else ())]
    # What is no text is for the service to refuse.
    if unknown := sorted({one for one in named if isinstance(one, str) and one not in known}):
        raise Refused("unknown-unit", units=unknown)


async def _names(site: Site, area: str) -> dict[str, str]:
    return {row["alias"]: row["name"] for row in await _rows(site, area)}


async def _rows(site: Site, area: str) -> Sequence[Mapping[str, Any]]:
    prefixes = site.prefixes(county_of(area))
    return await site.views.named("registers").ask("names of units", prefixes=prefixes)
