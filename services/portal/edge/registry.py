"""The register of charters: each county's brand, its rules in force, and what nobody confirmed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from services.portal.edge.indicators import must_read
from services.portal.edge.site import Site
from services.portal.edge.visit import Visit
from services.portal.pages.ranking import Row
from services.portal.rules import Stage
from shared.kernel.areas import prefix
from shared.runtime.charter import DEFAULT, Charter

RESTRICTED = "outcomes.referral."


@dataclass(frozen=True)
class Entry:
    """One county: the charter in force that day, and how many topics live under which version."""

    area: str
    brand: str
    charter: Charter
    own: bool
    stages: tuple[Stage, ...]
    versions: tuple[Row, ...]

    @property
    def keys(self) -> list[str]:
        """The rules nobody has confirmed, without those that only named roles may know of."""
        return sorted(key for key in self.charter.provisional if not key.startswith(RESTRICTED))

    @property
    def unconfirmed(self) -> list[Stage]:
        """The stages whose names nobody has published."""
        return [stage for stage in self.stages if stage.provisional]


async def show_registry(visit: Visit) -> Response:
    """Every county of an area that has rules of its own, or topics under those of the province."""
    site, code = visit.site, visit.path("code")
    must_read(visit, code)
    behind = await visit.behind(site.sheets["pace"])
    live = await visit.watch("area", code)
    view = await visit.view(site.sheets["pace"])
    topics = await view.ask("charters of areas", prefixes=site.prefixes(code, visit.as_of))
    return visit.page(
        "registry.html",
        behind=behind,
        live=live,
        as_of=visit.as_of,
        code=code,
        path=visit.person.within(site.areas.path(code)),
        entries=entries(site, code, topics, visit.today),
        key_name=lambda key: visit.site.pages.texts.words.charter_keys.get(key, key),
    )


def entries(site: Site, code: str, topics: Iterable[Row], day: date) -> list[Entry]:
    """In the order of codes; counties that neither wrote rules nor used any are left out."""
    used: dict[str, list[Row]] = {}
    for row in topics:
        used.setdefault(row["area"], []).append(row)
    places = {one.partition("@")[0] for one in site.charters.ids()} - {DEFAULT}
    with_rules = {one.ljust(12, "0") for one in places if one.startswith(prefix(code)[:6])}
    return [
        _entry(site, area, used.get(area, []), day) for area in sorted(with_rules | used.keys())
    ]


def _entry(site: Site, area: str, versions: list[Row], day: date) -> Entry:
    charter = site.charters.current(area, day)
    rules = site.rules(charter)
    return Entry(
        area=area,
        brand=rules.brand,
        charter=charter,
        own=charter.place != DEFAULT,
        stages=tuple(rules.stages),
        versions=tuple(versions),
    )
