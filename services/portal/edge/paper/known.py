"""What an upload would bring in twice: leads, people, units and rooms that are here already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from unicodedata import normalize

from services.portal.edge.matters.units import county_of, unit_names_known
from services.portal.edge.visit import Visit
from services.portal.pages.papers.imports import Read, Reader
from services.portal.projections.members import MEMBERS
from services.portal.projections.plans import PLANS

Key = tuple[str, ...]


async def compared(visit: Visit, reader: Reader, rows: Sequence[Read]) -> list[Read]:
    """The rows, and of each whether what it names is here already."""
    keys = [_key(reader, row.data) for row in rows]
    there = await _there(visit, reader, rows)
    known = {tuple(map(_plain, one)) for one in there}
    return [
        replace(row, is_known=not row.faults and key in known)
        for row, key in zip(rows, keys, strict=True)
    ]


def _key(reader: Reader, data: Mapping[str, Any]) -> Key:
    return tuple(_plain(data.get(name, "")) for name in reader.what.alike)


def _plain(value: Any) -> str:
    """However its signs are written."""
    return "".join(normalize("NFKC", str(value)).split()).lower()


async def _there(visit: Visit, reader: Reader, rows: Sequence[Read]) -> Iterable[Sequence[Any]]:
    """What there is of the kind, by the fields that make two the same."""
    site = visit.site
    here = site.prefixes(county_of(reader.home))
    match reader.what.kind:
        case "leads":
            areas = list({str(row.data.get("area", "")) for row in rows})
            leads = await site.matters.ask("titles in areas", areas=areas)
            return [(one["title"], one["area"]) for one in leads]
        case "units":
            return [(name,) for name in await unit_names_known(site, reader.home)]
        case "venues":
            venues = await site.views[PLANS].ask(
                "venues of areas", prefixes=here, year=visit.today.year
            )
            return [(one["name"], one["area"]) for one in venues]
    asked = "named members" if reader.what.kind == "members" else "named talents"
    people = await site.views[MEMBERS].ask(asked, prefixes=here)
    names = await site.vault.unseal(one["name"] for one in people)
    return [(names.get(one["name"]) or "", one["of"]) for one in people]
