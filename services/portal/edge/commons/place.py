"""The area a public page is about."""

from dataclasses import dataclass
from typing import Any

from services.portal.edge.visit import Visit
from services.portal.edge.who import Person
from services.portal.pages.sheets import OFFICES
from services.portal.projections.commons import COMMONS
from shared.kernel.areas import EVERYWHERE, level
from shared.kernel.errors import Missing
from shared.runtime.view import View

LOCAL = ("county", "town", "village")


@dataclass(frozen=True)
class Place:
    """Where the page is: its code, those above it, and what the county calls its work."""

    code: str
    path: list[str]
    brand: str
    level: str


def place_in(visit: Visit, code: str) -> Place:
    """The area of that code. Raises Missing('no-such-page')."""
    site = visit.site
    if code != EVERYWHERE and code not in site.areas:
        raise Missing("no-such-page")
    own = level(code) in LOCAL
    brand = site.rules(site.charter(code)).brand if own else ""
    return Place(code, site.areas.path(code), brand, level(code))


def commons(visit: Visit) -> View:
    """The view of what is public."""
    return visit.site.views[COMMONS]


def around(visit: Visit, place: Place) -> dict[str, Any]:
    """What every public page about an area shows around its own."""
    held = visit.who.current if isinstance(visit.who, Person) else None
    own = held is not None and held.role in OFFICES
    desk = f"/areas/{place.code}" if own and _holds(visit, place.code) else ""
    return {"place": place, "desk": desk}


def _holds(visit: Visit, code: str) -> bool:
    return visit.site.areas.contains(visit.person.actor.area, code)
