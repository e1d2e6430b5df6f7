"""Where matters lie: the towns and villages of a county, by the names people say."""

import re
from dataclasses import dataclass
from typing import Literal

from shared.runtime.areas import Areas

Site = Literal["village", "community", "town", "county"]
"""What kind of place a matter needs: 村, 社区, 镇街, or the county itself."""

COMMITTEE = re.compile(r"(居民委员会|村民委员会|居委会|村委会|委员会|委会)$")


@dataclass(frozen=True)
class Place:
    """One area, and the town it lies in ('' for the county itself)."""

    code: str
    name: str
    site: Site
    town: str
    town_code: str


@dataclass(frozen=True)
class Places:
    """The places of one county."""

    county: Place
    towns: tuple[Place, ...]
    below: dict[str, tuple[Place, ...]]

    def of(self, site: Site) -> list[Place]:
        """All places of one kind; towns, where a county has none of it in the table."""
        if site == "county":
            return [self.county]
        found = [one for town in self.towns for one in self.below[town.code] if one.site == site]
        return found or list(self.towns)

    def at(self, code: str) -> Place:
        """One place by its code. Raises KeyError."""
        every = [self.county, *self.towns, *(one for some in self.below.values() for one in some)]
        return {one.code: one for one in every}[code]


def places_of(code: str, areas: Areas) -> Places:
    """The places of the county with that 12-digit code."""
    county = Place(code, areas.name(code), "county", "", code)
    towns = tuple(
        Place(one, areas.name(one), "town", areas.name(one), one) for one in areas.below(code)
    )
    below = {
        town.code: tuple(_local(one, areas.name(one), town) for one in areas.below(town.code))
        for town in towns
    }
    return Places(county, towns, below)


def _local(code: str, name: str, town: Place) -> Place:
    """'桅子村委会' is said 桅子村, '西苑社区居民委员会' 西苑社区, '北大街居委会' 北大街社区."""
    said = COMMITTEE.sub("", name)
    urban = "社区" in said or "居" in name[len(said) :][:1]
    if urban and not said.endswith("社区"):
        said += "社区"
    elif not urban and not said.endswith(("村", "区", "场")):
        said += "村"
    return Place(code, said, "community" if urban else "village", town.name, town.code)
