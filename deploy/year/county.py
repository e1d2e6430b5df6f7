"""One county of the told year: its rules, its files, its places and its people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from deploy.year.cast import Cast
from deploy.year.diary import Diary
from deploy.year.files import CountyFile, county_file
from deploy.year.places import Place, Places, places_of
from deploy.year.rooms import Venue, plans_of, venues_of
from services.meetings.rules import MeetingRules
from services.notify.rules import NotifyRules
from services.outcomes.rules import OutcomeRules
from services.topics.rules import TopicRules
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters


def government(bodies: Iterable[str]) -> str:
    """Of the bodies that receive outcomes the one that has them carried out."""
    return min(bodies, key=lambda body: ("government" not in body, body))


@dataclass(frozen=True)
class County:
    """Everything a script may look at. `seed` tells one telling from another."""

    code: str
    file: CountyFile
    topics: TopicRules
    meetings: MeetingRules
    outcomes: OutcomeRules
    places: Places
    cast: Cast
    diary: Diary
    seed: str
    venues: tuple[Venue, ...]

    @cached_property
    def root(self) -> UUID:
        """What all ids of the county's telling follow from."""
        return uuid5(NAMESPACE_URL, f"tongxin:year/{self.seed}/{self.code}")

    @property
    def area(self) -> str:
        """The county itself, as a 12-digit code."""
        return self.places.county.code

    @property
    def short(self) -> str:
        """What stands in document numbers: '泸'."""
        return self.file.short.format(c=self.places.county.name)[:2]

    def luck(self, about: str) -> Random:
        """Chance that follows from the seed, the county and what it is about."""
        return Random(f"{self.seed}/{self.code}/{about}")  # noqa: S311

    def venue_for(self, place: Place, luck: Random) -> UUID | None:
        """A venue of the village or its town, else any of the county; None without one."""
        near = [one for one in self.venues if one.place.code == place.code]
        near = near or [one for one in self.venues if one.place.code == place.town_code]
        found = near or list(self.venues)
        return luck.choice(found).id if found else None

    def unit(self, key: str, place: Place) -> str:
        """The unit of that key that acts for a place; 'town' is the town's own government."""
        if key != "town":
            return self.file.units[key]
        town = place.town or self.places.towns[0].name
        return f"{town}{'办事处' if town.endswith('街道') else '人民政府'}"

    def wording(self, place: Place, what: str) -> dict[str, Any]:
        """What the placeholders of a kind stand for."""
        town = place.town or self.places.county.name
        return {"p": place.name, "t": town, "c": self.places.county.name, "w": what}


def county_of(
    code: str, areas: Areas, charters: Charters, days: tuple[date, date], seed: str
) -> County:
    """The county with those six digits, under the charter in force on the first of `days`."""
    charter, file = charters.current(f"{code}000000", days[0]), county_file(code)
    places = places_of(f"{code}000000", areas)
    topics, outcomes = charter.rules("topics", TopicRules), charter.rules("outcomes", OutcomeRules)
    words = charter.table("portal").get("words", {})
    mains = frozenset({min(topics.approved_by), government(outcomes.submitted_to)})
    return County(
        code=code,
        file=file,
        topics=topics,
        meetings=charter.rules("meetings", MeetingRules),
        outcomes=outcomes,
        places=places,
        cast=Cast(
            login=file.login if file.code else f"{code}-",
            places=places,
            mains=mains,
            units={name: key for key, name in file.units.items()},
            home=places.at(file.home) if file.home else places.of("community")[0],
        ),
        diary=Diary(*days, charter.rules("notify", NotifyRules).workdays),
        seed=seed,
        venues=tuple(venues_of(f"{seed}/{code}", plans_of(file, topics, words), places)),
    )
