"""Who may vote on what: read from a matter's story, before its poll is opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.portal.edge.site import Site
from services.portal.pages.facts import Story
from shared.kernel.areas import county

VOTERS = ("member", "convenor", "cppcc", "resident")
"""Roles that may take a ballot."""

AT_WORK = frozenset({"AssignmentAccepted", "HandlingProgressReported", "HandlingReplied"})
"""Who said this for a unit handled the matter."""

FACTS_MAX = 2000
PEOPLE_MAX = 1000


@dataclass(frozen=True)
class Round:
    """A matter that may be voted on: its subjects, who handled it, and who may vote."""

    row: Mapping[str, Any]
    subjects: Sequence[tuple[str, str]]
    units: Sequence[str]
    handlers: frozenset[str]
    people: Sequence[Mapping[str, Any]]


async def round_of(site: Site, row: Mapping[str, Any]) -> Round:
    """What is known of a matter that may be voted on."""
    facts = await site.story.ask("of matter", matter_id=row["matter_id"], most=FACTS_MAX)
    story = Story.of(facts)
    items = [(one.stream, one.said("AssignmentOpened")) for one in story.of_kind("assignment")]
    subjects = [(f"topic:{row['matter_id']}", row["title"])]
    subjects += [(f"outcome:{one.stream}", row["title"]) for one in story.of_kind("outcome")]
    subjects += [(f"assignment:{stream}", said[-1].data["text"]) for stream, said in items if said]
    units = {
        unit
        for _, said in items
        for fact in said
        for unit in (fact.data["lead_unit"], *fact.data.get("assist_units", ()))
    }
    within = site.prefixes(county(row["area"]).ljust(12, "0"))
    rows = await site.people.ask("in area", prefixes=within, most=PEOPLE_MAX)
    handled = {fact.who for fact in story.facts if fact.type in AT_WORK}
    ids = {str(one["account_id"]): one for one in rows if one["role"] in VOTERS}
    names = await site.names(ids)
    return Round(
        row=row,
        subjects=subjects,
        units=sorted(units),
        handlers=frozenset(handled),
        people=[
            {"id": one, "name": names.get(one, ""), "role": held["role"], "area": held["within"]}
            for one, held in ids.items()
            if not held["closed"] and held["unit"] not in units
        ],
    )
