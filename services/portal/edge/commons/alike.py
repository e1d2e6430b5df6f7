"""Matters like the one that is being typed, so that nobody brings the same twice."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from services.portal.edge.patience import Patience
from services.portal.edge.site import Site
from services.portal.edge.visit import Visit
from services.portal.edge.who import Person
from services.portal.pages.alike import LEAST, Alike, common, pairs_of
from services.portal.pages.sheets import OFFICES
from services.portal.projections.commons import COMMONS
from shared.kernel.areas import EVERYWHERE, county
from shared.runtime import clock

LOOKED_AT = 60
SHOWN = 5
TITLE_MAX = 80
ASKED_MAX = 300

_asked = Patience(ASKED_MAX)


async def alike(
    site: Site, area: str, title: str, person: Person | None = None, most: int = SHOWN
) -> list[Alike]:
    """Public matters of the county that are titled alike, the most alike first.

    Who is in office is also told of open leads that are theirs to see.
    """
    pairs = pairs_of(title[:TITLE_MAX])
    if not pairs:
        return []
    here = county(area).ljust(12, "0") if area[2:6].strip("0") else area
    asked = {"prefixes": site.prefixes(here), "pairs": pairs, "most": LOOKED_AT}
    rows = await site.views[COMMONS].ask("alike", **asked)
    found = [_alike("topic", row["topic_id"], row, pairs) for row in rows]
    if person and person.current and person.actor.role in OFFICES:
        leads = await site.matters.ask("leads alike", **asked)
        found += [
            _alike("lead", row["matter_id"], row, pairs)
            for row in leads
            if person.may_see(row["area"])
        ]
    near = (one for one in found if one.score >= LEAST)
    return sorted(near, key=lambda one: (-one.score, one.since))[:most]


async def show_alike(visit: Visit) -> Response:
    """A fragment: what is alike to the title so far; nothing for a short one."""
    site, area = visit.site, visit.query("area")
    client = visit.request.client
    _asked.count(client.host if client else "", clock.now())
    person = visit.who if isinstance(visit.who, Person) else None
    here = area if area in site.areas else EVERYWHERE
    found = await alike(site, here, visit.query("title"), person)
    return visit.page("commons/alike.html", found=found)


def _alike(kind: str, matter_id: Any, row: Mapping[str, Any], pairs: list[str]) -> Alike:
    theirs = pairs_of(row["title"])
    shared = [one for one in theirs if one in set(pairs)]
    return Alike(
        matter_id=matter_id,
        kind=kind,
        title=row["title"],
        area=row["area"],
        state=row["state"],
        since=row["since"],
        words=common(row["title"], shared),
        shared=len(shared),
        pairs=max(1, len(theirs) + len(pairs)),
    )
