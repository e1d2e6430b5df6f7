"""Which venues a county has, and where they stand."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Literal
from uuid import NAMESPACE_URL, UUID, uuid5

from deploy.year.files import CountyFile, VenuePlan
from deploy.year.places import Place, Places, Site
from services.topics.rules import TopicRules, VenueRule

TOP_DOWN: tuple[Literal["town", "village"], ...] = ("town", "village")
FEW, EVERYWHERE = 20, 999


@dataclass(frozen=True)
class Venue:
    """One venue as planned: its place, its name, whose it is, and the venue it belongs to."""

    id: UUID
    plan: VenuePlan
    place: Place
    name: str
    host: str
    parent: UUID | None


def plans_of(file: CountyFile, rules: TopicRules, words: Mapping[str, str]) -> list[VenuePlan]:
    """As the file says; where the charter has other types of venue, a plan for each of those."""
    if all(rules.venue(plan.type) for plan in file.venues):
        return list(file.venues)
    above = {rule.children.type: rule.type for rule in rules.venues if rule.children}
    return [
        _plan(rule, words.get(rule.type, "协商议事室"), above.get(rule.type, ""))
        for rule in sorted(rules.venues, key=lambda rule: rule.type in above)
    ]


def _plan(rule: VenueRule, name: str, above: str) -> VenuePlan:
    """Everywhere at the highest of its levels below the county; a few, where it is villages."""
    at: Site = next((one for one in TOP_DOWN if one in rule.levels), "county")
    return VenuePlan(
        type=rule.type,
        at=at,
        count=FEW if at == "village" else EVERYWHERE,
        host=at if at in rule.hosts else min(rule.hosts),
        name=f"{{p}}{name}",
        qualities=tuple(tuple(sorted(convenor.needs)) for convenor in rule.convenors),
        below=above,
    )


def venues_of(root: str, plans: Iterable[VenuePlan], places: Places) -> Iterator[Venue]:
    """The venues of the plans, those above before those below."""
    luck = Random(f"{root}/venues")  # noqa: S311
    stood: dict[str, list[Venue]] = {}
    for plan in plans:
        stood[plan.type] = [
            Venue(
                id=uuid5(NAMESPACE_URL, f"{root}/{plan.type}/{number}"),
                plan=plan,
                place=place,
                name=plan.name.format(p=place.name, t=place.town, n=host),
                host=host,
                parent=parent,
            )
            for number, (place, host, parent) in enumerate(_sites(plan, places, stood, luck))
        ]
        yield from stood[plan.type]


def _sites(
    plan: VenuePlan, places: Places, stood: dict[str, list[Venue]], luck: Random
) -> list[tuple[Place, str, UUID | None]]:
    """Below a town's venue: villages of that town in turn, until there are as many as planned."""
    if plan.hosts:
        centre = places.county if plan.at == "county" else places.towns[0]
        return [(centre, host, None) for host in plan.hosts]
    if plan.at in ("town", "county"):
        found = places.towns if plan.at == "town" else (places.county,)
        return [(place, place.name, None) for place in found[: plan.count]]
    towns: list[tuple[Place, UUID | None]] = [(town, None) for town in places.towns]
    if plan.below:
        towns = [(above.place, above.id) for above in stood[plan.below]]
    rounds = -(-plan.count // len(towns))
    chosen = []
    drawn = {
        town.code: luck.sample(below, min(rounds, len(below)))
        for town, _ in towns
        if (below := places.below[town.code])
    }
    for turn in range(rounds):
        for town, parent in towns:
            if turn < len(drawn.get(town.code, ())):
                place = drawn[town.code][turn]
                chosen.append((place, place.name, parent))
    return chosen[: plan.count]
