"""The register of charters: each county's brand, its rules in force, and what nobody confirmed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from starlette.responses import Response

from services.portal.edge.boards.indicators import must_read
from services.portal.edge.matters.matters import may_ask
from services.portal.edge.site import Site
from services.portal.edge.visit import Visit
from services.portal.pages.ranking import Row
from services.portal.rules import Stage
from shared.kernel.areas import prefix
from shared.runtime.charter import DEFAULT, Charter

RESTRICTED = "outcomes.referral."
Text = Literal["same", "changed", "unread"]
"""Whether the text is the one that came into force; unread: nobody has said yet which that was."""


@dataclass(frozen=True)
class Known:
    """What the registers say: the digest that counts of each version, deviations by county."""

    digests: Mapping[str, str]
    left: Mapping[str, int]

    def text(self, charter: Charter) -> Text:
        """How the text of a charter stands to what came into force."""
        if charter.id not in self.digests:
            return "unread"
        return "same" if self.digests[charter.id] == charter.digest else "changed"


@dataclass(frozen=True)
class Entry:
    """One county: the charter in force that day, and how many topics live under which version."""

    area: str
    brand: str
    charter: Charter
    own: bool
    stages: tuple[Stage, ...]
    versions: tuple[Row, ...]
    text: Text
    deviations: int

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
    behind = await visit.behind(site.views.named("pace"))
    live = await visit.watch("area", code)
    view = await visit.view(site.views.named("pace"))
    topics = await view.ask("charters of areas", prefixes=site.prefixes(code, visit.as_of))
    return visit.page(
        "registry.html",
        behind=behind,
        live=live,
        as_of=visit.as_of,
        code=code,
        path=visit.person.within(site.areas.path(code)),
        entries=entries(site, code, topics, visit.today, await _known(visit, code)),
        key_name=lambda key: visit.site.pages.texts.words.charter_keys.get(key, key),
        may_accept=may_ask(visit, "topics", "AcceptCharterText") and not visit.as_of,
        drafts=_drafts(visit, code),
    )


async def _known(visit: Visit, code: str) -> Known:
    view = await visit.view(visit.site.views.named("registers"))
    texts = await view.ask("texts of charters")
    prefixes = visit.site.prefixes(code, visit.as_of)
    left: Counter[str] = Counter()
    for row in await view.ask("deviations by charter", prefixes=prefixes):
        left[row["area"]] += row["n"]
    digests = {row["charter"]: row["digest"] for row in texts if row["type"] != "CharterDrafted"}
    return Known(digests, left)


def _drafts(visit: Visit, code: str) -> list[Charter]:
    """The versions of a county that are not in force yet."""
    charters = map(visit.site.charters.at, visit.site.charters.ids())
    here = prefix(code)
    return [one for one in charters if one.in_force > visit.today and one.place.startswith(here)]


def entries(site: Site, code: str, topics: Iterable[Row], day: date, known: Known) -> list[Entry]:
    """In the order of codes; counties that neither wrote rules nor used any are left out."""
    used: dict[str, list[Row]] = {}
    for row in topics:
        used.setdefault(row["area"], []).append(row)
    places = {one.partition("@")[0] for one in site.charters.ids()} - {DEFAULT}
    with_rules = {one.ljust(12, "0") for one in places if one.startswith(prefix(code)[:6])}
    return [
        _entry(site, area, used.get(area, []), day, known)
        for area in sorted(with_rules | used.keys())
    ]


def _entry(site: Site, area: str, versions: list[Row], day: date, known: Known) -> Entry:
    charter = site.charters.current(area, day)
    rules = site.rules(charter)
    return Entry(
        area=area,
        brand=rules.brand,
        charter=charter,
        own=charter.place != DEFAULT,
        stages=tuple(rules.stages),
        versions=tuple(versions),
        text=known.text(charter) if charter.place != DEFAULT else "same",
        deviations=known.left.get(area, 0),
    )
