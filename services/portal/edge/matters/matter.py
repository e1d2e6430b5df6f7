"""The page of one matter: its story from the facts, and what can be done next."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from starlette.responses import Response

from services.portal.edge.files.keeping import files_seen
from services.portal.edge.handing.exchanged import exchanged
from services.portal.edge.matters.following import follows
from services.portal.edge.matters.matters import may_ask, to_deviate
from services.portal.edge.matters.units import unit_names
from services.portal.edge.people.members import Members, members_for, naming
from services.portal.edge.site import Site, accounts_in
from services.portal.edge.visit import Visit
from services.portal.pages.facts import Story
from services.portal.pages.forms import Blank, Field
from services.portal.pages.offers import Offer, Scene, Step, offers
from services.portal.pages.sheets import OFFICES
from services.portal.pages.stages import bar, read_marks
from services.portal.pages.steps import STEPS
from services.portal.pages.teller import PERSONS, Entry, chapters
from services.portal.projections.sittings import SITTINGS
from services.portal.words import CONFIDANTS
from shared.kernel.errors import Missing
from shared.runtime import clock
from shared.runtime.charter import Charter
from shared.runtime.view import View

FACTS_MAX = 2000
MERGED_MAX = 5
"""How often a lead that goes on as part of another is looked for in that one."""


@dataclass(frozen=True)
class Drawn:
    """An offer with its form, ready to be shown."""

    offer: Offer
    label: str
    told: Sequence[str]
    fixed: str
    fields: Sequence[Field]
    because: str = ""
    """In a sentence, what led to it."""


async def show_matter(visit: Visit) -> Response:
    """The story of one matter; a lead that became a topic says so."""
    site = visit.site
    behind = await visit.behind(site.matters, site.story)
    matters = await visit.view(site.matters)
    row = await find(matters, visit.id("matter_id"))
    visit.person.must_see(row["area"])
    live = await visit.watch("matter", row["matter_id"])
    charter = site.charters.at(row["charter"])
    facts = await site.story.ask("of matter", matter_id=row["matter_id"], most=FACTS_MAX + 1)
    story = Story.of(fact for fact in facts if _had_happened(visit, fact))
    marks = await matters.ask("marks of matters", matter_ids=[row["matter_id"]])
    due = offers(STEPS, Scene(story, charter.tables))
    own = [one for one in due if not visit.as_of and _is_mine(visit, one)]
    members = await members_for(visit, row["area"], [one.step for one in own])
    return visit.page(
        "matter.html",
        behind=behind,
        live=live,
        follows=await follows(visit, row["matter_id"]),
        as_of=visit.as_of,
        row=row,
        path=visit.person.within(site.areas.path(row["area"])),
        place=site.full_name(row["area"]),
        brand=site.rules(charter).brand,
        bar=bar(site.rules(charter).stages, read_marks(marks)),
        chapters=chapters(await entries_of(visit, row, charter, story)),
        count=len(story.facts),
        proposer=(await site.names([row["opened_by"]])).get(row["opened_by"], ""),
        most=FACTS_MAX,
        rules=_rules_of(visit, story, charter),
        topic_id=await topic_of(matters, row),
        main=[draw(visit, one, charter, members) for one in own if not one.step.side],
        side=[draw(visit, one, charter, members) for one in own if one.step.side],
        waits_for=_waits_for(visit, due, charter),
        word=naming(members, visit.word(charter)),
        units=[] if visit.as_of else await unit_names(site, row["area"]),
        deviate=to_deviate(visit, row),
        files=await files_seen(visit, row),
        meetings=await _meetings(visit, row),
        exchanged=await exchanged(visit, row),
        turn=visit.query("step"),
    )


async def _meetings(visit: Visit, row: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The meetings of a topic, for whoever may open their pages."""
    if row["kind"] != "topic" or visit.person.actor.role not in OFFICES:
        return ()
    view = await visit.view(visit.site.views[SITTINGS])
    return await view.ask("of topic", topic_id=row["matter_id"])


async def find(matters: View, matter_id: UUID) -> Mapping[str, Any]:
    """The row of a matter. Raises Missing('unknown-matter')."""
    for row in await matters.ask("one", matter_id=matter_id):
        return dict(row)
    raise Missing("unknown-matter", matter_id=matter_id)


def draw(visit: Visit, offer: Offer, charter: Charter, members: Members) -> Drawn:
    """The form of an offer."""
    entry = visit.site.catalogue.command(offer.step.service, offer.step.command)
    blank = blank_of(offer.step, entry["schema"], charter, offer.fixed, offer.given, members)
    word = visit.word(charter)
    told = [
        visit.site.pages.texts.matter.item.format(n=value) if name == "item_no" else word(value)
        for name, value in offer.fixed.items()
        if name != "area" and not name.endswith("_id")
    ]
    told += map(word, offer.told)
    label = visit.site.step_name(charter, offer.step.service, offer.step.command)
    texts = visit.site.pages.texts.matter
    because = str(texts.given_back.format(**offer.because)) if offer.because else ""
    return Drawn(offer, label, told, json.dumps(offer.fixed), blank.draw(), because)


def blank_of(
    step: Step | None,
    schema: Mapping[str, Any],
    charter: Charter,
    fixed: Mapping[str, Any],
    given: Mapping[str, Any],
    members: Collection[str] = (),
) -> Blank:
    """A command's form under a charter, which fills its free fields and the keys of its tables."""
    scene = Scene(Story((), ()), charter.tables)
    choices = {name: scene.rule(path) for name, path in step.choices.items()} if step else {}
    keys = {name: scene.rule(path) for name, path in step.keys.items()} if step else {}
    picked = {name: list(members) for name in step.members} if step and members else {}
    return Blank(schema, fixed, given, choices | picked, keys)


def _is_mine(visit: Visit, offer: Offer) -> bool:
    step = offer.step
    return offer.is_for(visit.person.actor) and may_ask(visit, step.service, step.command)


async def entries_of(
    visit: Visit, row: Mapping[str, Any], charter: Charter, story: Story
) -> list[Entry]:
    site = visit.site
    names = await site.names(accounts_in(story.facts, PERSONS))
    trusted = visit.person.actor.role in CONFIDANTS
    private = await site.private(story.facts) if trusted else None
    teller = site.teller(charter, names, private)
    return [teller.entry(fact, known=[row["title"]]) for fact in story.facts[:FACTS_MAX]]


def _rules_of(visit: Visit, story: Story, charter: Charter) -> list[Mapping[str, Any]]:
    """The charters that the facts of the story were said under, with what is provisional."""
    keys = visit.site.pages.texts.words.charter_keys
    ids = dict.fromkeys([charter.id, *(fact.charter for fact in story.facts)])
    return [
        {
            "id": one,
            "provisional": [
                keys.get(key, key) for key in sorted(visit.site.charters.at(one).provisional)
            ],
        }
        for one in ids
    ]


def _had_happened(visit: Visit, fact: Mapping[str, Any]) -> bool:
    # A story is its facts: to know it as it was, the later ones are left out.
    return visit.as_of is None or fact["at"] < clock.end_of(visit.as_of)


async def topic_of(matters: View, row: Mapping[str, Any]) -> UUID | None:
    """The topic that came of a lead, if one did."""
    if row["kind"] != "lead":
        return None
    rows = await matters.ask("topic of lead", lead_id=row["matter_id"])
    return rows[0]["matter_id"] if rows else None


async def came_of(site: Site, row: Mapping[str, Any]) -> UUID | None:
    """The topic that came of a lead, or of the one that it goes on as part of."""
    for _ in range(MERGED_MAX):
        if found := await topic_of(site.matters, row):
            return found
        if row["state"] != "LeadMerged":
            return None
        asked = {"matter_id": row["matter_id"], "most": FACTS_MAX}
        facts = Story.of(await site.story.ask("of matter", **asked)).facts
        merged = [one for one in facts if one.type == "LeadMerged"]
        row = await find(site.matters, UUID(merged[-1].data["into"]))
    return None


def _waits_for(visit: Visit, due: Sequence[Offer], charter: Charter) -> str:
    """The roles whose turn it is, in words."""
    catalogue = visit.site.catalogue
    roles = [
        role
        for offer in due
        if not offer.step.side and catalogue.knows(offer.step.service, offer.step.command)
        for role in catalogue.command(offer.step.service, offer.step.command)["may"]
    ]
    return "、".join(map(visit.site.teller(charter).role, dict.fromkeys(roles)))
