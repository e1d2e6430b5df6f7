"""One matter under the charters of all counties: the same facts, told in each county's stages."""

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.responses import Response

from services.portal.edge.matters.matter import find
from services.portal.edge.visit import Visit
from services.portal.pages.stages import Marks, Stand, bar, read_marks
from services.portal.rules import Stage
from shared.runtime.charter import DEFAULT, Charter


@dataclass(frozen=True)
class Reading:
    """How far the matter is by one charter, and which of the common steps each stage is made of."""

    charter: Charter
    brand: str
    own: bool
    """Whether this is the charter that the matter lives under."""

    bar: list[Stand]
    stages: list[Stage]

    @property
    def unconfirmed(self) -> int:
        """How many of its stages have a name that nobody has published."""
        return sum(stage.provisional for stage in self.stages)


async def compare_charters(visit: Visit) -> Response:
    """Every county's stages over the facts of this one matter."""
    site = visit.site
    behind = await visit.behind(site.matters)
    matters = await visit.view(site.matters)
    row = await find(matters, visit.id("matter_id"))
    visit.person.must_see(row["area"])
    live = await visit.watch("matter", row["matter_id"])
    rows = await matters.ask("marks of matters", matter_ids=[row["matter_id"]])
    marks = read_marks(rows)
    return visit.page(
        "comparing.html",
        behind=behind,
        live=live,
        as_of=visit.as_of,
        row=row,
        path=visit.person.within(site.areas.path(row["area"])),
        count=sum(one["n"] for one in rows),
        readings=[
            _read(visit, charter, row["charter"], marks) for charter in _all(visit, row["charter"])
        ],
    )


def _all(visit: Visit, own: str) -> Iterator[Charter]:
    """Each county's charter in force that day, in the order of codes; of its own the matter's."""
    charters = visit.site.charters
    mine = charters.at(own)
    places = {one.partition("@")[0] for one in charters.ids()} - {DEFAULT}
    for place in sorted(places | {mine.place}):
        yield mine if place == mine.place else charters.current(place.ljust(12, "0"), visit.today)


def _read(visit: Visit, charter: Charter, own: str, marks: Marks) -> Reading:
    rules = visit.site.rules(charter)
    return Reading(charter, rules.brand, charter.id == own, bar(rules.stages, marks), rules.stages)
