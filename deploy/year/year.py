"""A year of every county, in the order of its moments."""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import uuid5

from deploy.tongxin.world.told import Told
from deploy.year.closing import tell_matter
from deploy.year.county import County, county_of
from deploy.year.matter import Matter, subjects
from deploy.year.others import tell_others
from deploy.year.people import tell_members
from deploy.year.plans import tell_plans
from deploy.year.script import Script
from deploy.year.sheets import tell_sheets
from deploy.year.talents import tell_talents
from deploy.year.venues import tell_venues
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters

SETTLE_IN_DAYS = 12
"""Venues, members and plans are entered before the first matter begins."""


def tell_year(
    counties: Iterable[str],
    areas: Areas,
    charters: Charters,
    days: tuple[date, date],
    seed: str,
    density: float = 1.0,
) -> list[Told]:
    """What the people of these counties asked from the first of `days` to the last, earliest first.

    `counties` are six-digit codes; `density` scales how many matters each has. The same again
    tells the same.
    """
    told = []
    for code in counties:
        county = county_of(code, areas, charters, days, seed)
        for script in scripts(county, density):
            told += script.steps
    return sorted(told, key=lambda one: (one.at, one.id))


def scripts(county: County, density: float) -> Iterator[Script]:
    """Every script of a county's year, each with a clock of its own."""
    told = [*tell_venues(county), *tell_plans(county)]
    told += [*tell_members(county), *tell_talents(county)]
    for matter, rounds in matters(county, density):
        tell_matter(matter, rounds)
        told.append(matter.script)
    told += _other_leads(county, density)
    yield from told
    yield from tell_sheets(county, (step for script in told for step in script.steps))


def matters(county: County, density: float) -> Iterator[tuple[Matter, int]]:
    """The county's matters with the day each begins, and how many rounds it may see."""
    count = _count(county, density)
    luck = county.luck("matters")
    starts = _starts(county, count)
    forms = _forms(county, count)
    again = set(range(0, count, max(1, count // max(1, county.file.second_rounds))))
    for number, (kind, place, what, title, summary) in enumerate(subjects(county, count)):
        origin = luck.choices(list(county.file.origins), list(county.file.origins.values()))[0]
        by_lead = origin in ("resident", "clerk", "agency") or (
            origin == "member" and luck.random() < 0.4
        )
        cause = uuid5(county.root, f"matter-{number}")
        chance = county.luck(f"matter-{number}")
        script = Script(county.diary, chance, cause, county.diary.office(starts[number], chance))
        if by_lead and origin == "resident":
            script.at = county.diary.any_hour(starts[number], chance)
        yield (
            Matter(
                county=county,
                script=script,
                kind=kind,
                place=place,
                what=what,
                title=title[:80],
                summary=summary,
                by_lead=by_lead,
                origin=origin,
                form=forms[number],
                item_no=_planned(county, number, kind.theme),
                research_only=number >= count - county.file.research_only,
                disputed=bool(kind.split) and chance.random() < 0.34,
                drawn=number in _some(county, "draws", county.file.draws, count),
                evaluated=number
                in _some(county, "ballots", county.file.evaluations * 2, count // 2),
            ),
            2 if county.file.second_rounds and number in again else 1,
        )


def _starts(county: County, count: int) -> list[date]:
    """When each matter begins; the county's own ones early enough to be seen through."""
    luck, own = county.luck("starts"), len(county.file.own)
    days = county.diary.starts(count, luck, SETTLE_IN_DAYS)
    early, late = days[: count * 3 // 4], days[count * 3 // 4 :]
    luck.shuffle(early)
    rest = [*early[own:], *late]
    luck.shuffle(rest)
    return [*early[:own], *rest]


def _some(county: County, about: str, how_many: int, of: int) -> set[int]:
    """So many numbers of so many."""
    return set(county.luck(about).sample(range(of), min(how_many, of)))


def _count(county: County, density: float) -> int:
    """As many as the file says, or so many for each town."""
    wanted = county.file.topics or county.file.topics_per_town * len(county.places.towns)
    return max(1, round(wanted * density))


def _forms(county: County, count: int) -> list[str]:
    """Each form with a quota as often as that; of the others mostly the last, the smallest."""
    rules, luck = county.meetings.forms, county.luck("forms")
    forms: list[str] = [rule.form for rule in rules for _ in range(rule.per_year or 0)]
    free = [rule.form for rule in rules if rule.per_year is None]
    small = free[-1] if free else rules[-1].form
    others = [form for form in free if form == "special-committee"]
    while len(forms) < count:
        forms.append(others[0] if others and luck.random() < 0.16 else small)
    luck.shuffle(forms)
    return forms[:count] if len(forms) > count else forms


def _planned(county: County, number: int, theme: str) -> int | None:
    """The item a matter serves: its own, where the plan names matters; else that of its theme."""
    items = county.file.plan_items
    if number < len(county.file.own) and county.file.own[number].title in items:
        return items.index(county.file.own[number].title) + 1
    if county.luck(f"planned-{number}").random() * 100 >= county.file.plan_share:
        return None
    of_theme = [at for at, item in enumerate(items, start=1) if theme in item]
    return of_theme[0] if of_theme else None


def _other_leads(county: County, density: float) -> Iterator[Script]:
    """About a third as many leads again, that become no topic."""
    luck = county.luck("others")
    days = county.diary.starts(_count(county, density) // 3, luck, SETTLE_IN_DAYS)
    for number, day in enumerate(days):
        cause = uuid5(county.root, f"other-{number}")
        chance = county.luck(f"other-{number}")
        script = Script(county.diary, chance, cause, county.diary.any_hour(day, chance))
        tell_others(county, script)
        yield script
