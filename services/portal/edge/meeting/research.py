"""Research before a consultation: plan, trips, report, and the gate that the report opens."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from services.portal.edge.files.keeping import Kept, files_of
from services.portal.edge.gate import say
from services.portal.edge.matters.doing import Doing, do, fixed_of
from services.portal.edge.matters.matter import Drawn, draw, find
from services.portal.edge.matters.matters import may_ask
from services.portal.edge.meeting.papers import keep_papers
from services.portal.edge.people.members import members_for, naming
from services.portal.edge.site import accounts_in
from services.portal.edge.visit import Visit, go_to
from services.portal.pages.facts import Fact, Story
from services.portal.pages.gate_of_research import Research, gates, researches
from services.portal.pages.offers import Scene, offers
from services.portal.pages.sheets import OFFICES
from services.portal.pages.steps import STEPS
from shared.kernel.errors import Forbidden, Missing, No

ASKED = ("PlanResearch", "ConductResearch", "FileResearchReport")
RESEARCHERS = frozenset({"clerk", "convenor", "cppcc", "member"})
"""Roles that bring papers from a trip."""

KINDS = ["topic", "research", "consultation"]
FACTS_MAX = 2000
OURS = [step for step in STEPS if step.command in ASKED]


async def show_research(visit: Visit) -> Response:
    """All research of a topic, with the form of the next step of each."""
    return await _research(visit, await _topic(visit))


async def bring_papers(visit: Visit) -> Response:
    """Keep papers and photos with a piece of research."""
    row, research_id = await _topic(visit), visit.id("research_id")
    role = visit.person.actor.role
    if role not in RESEARCHERS:
        raise Forbidden("wrong-role", role=role, needed=sorted(RESEARCHERS))
    if research_id not in {one.thread.stream for one in researches(await _story(visit, row))}:
        raise Missing("no-such-page")
    try:
        await keep_papers(visit, research_id, row["area"])
    except No as no:
        return await _research(visit, row, no)
    return go_to(f"/topics/{row['matter_id']}/research")


async def _research(visit: Visit, row: Mapping[str, Any], no: No | None = None) -> Response:
    site = visit.site
    behind = await visit.behind(site.story)
    live = await visit.watch("matter", row["matter_id"])
    charter = site.charters.at(row["charter"])
    story = await _story(visit, row)
    found = researches(story)
    members = await members_for(visit, row["area"], OURS)
    due = [] if visit.as_of else offers(OURS, Scene(story, charter.tables))
    mine = [one for one in due if may_ask(visit, one.step.service, one.step.command)]
    drawn = [draw(visit, one, charter, members) for one in mine]
    return visit.page(
        "meeting/research.html",
        no.status if no else 200,
        behind=behind,
        live=live,
        row=row,
        path=visit.person.within(site.areas.path(row["area"])),
        gates=gates(story, charter.table("meetings")["reports_per_topic"]),
        researches=found,
        papers=await _papers(visit, found),
        may_bring=not visit.as_of and visit.person.actor.role in RESEARCHERS,
        sentence=say(visit.site, no) if no else None,
        new=[one for one in drawn if one.offer.step.on == "topic"],
        steps=_by_stream(drawn),
        said_by=await _names(visit, story),
        members=members,
        provisional="meetings.reports_per_topic" in charter.provisional,
        charter=charter,
        word=naming(members, visit.word(charter)),
    )


async def do_research(visit: Visit) -> Response:
    """Plan, go, or report."""
    row, command = await _topic(visit), visit.path("command")
    if command not in ASKED:
        raise Missing("no-such-page")
    members = await members_for(visit, row["area"], OURS)
    doing = Doing(
        service="meetings",
        command=command,
        charter=visit.site.charters.at(row["charter"]),
        back=f"/topics/{row['matter_id']}/research",
        fixed=fixed_of(visit.typed("fixed")),
        subject=row["matter_id"],
        title=row["title"],
        area=row["area"],
    )
    return await do(visit, replace(doing, members=members))


async def _topic(visit: Visit) -> Mapping[str, Any]:
    """The topic of the address. Raises Missing, or Forbidden for whoever is not in office there."""
    row = await find(visit.site.matters, visit.id("topic_id"))
    visit.person.must_see(row["area"])
    role = visit.person.actor.role
    if role not in OFFICES:
        raise Forbidden("wrong-role", role=role, needed=sorted(OFFICES))
    if row["kind"] != "topic":
        raise Missing("no-such-page")
    return row


async def _story(visit: Visit, row: Mapping[str, Any]) -> Story:
    facts = await visit.site.story.ask(
        "of kinds", matter_id=row["matter_id"], categories=KINDS, most=FACTS_MAX
    )
    return Story.of(facts)


async def _papers(visit: Visit, found: list[Research]) -> dict[str, list[Kept]]:
    """What is kept with each piece of research."""
    papers: dict[str, list[Kept]] = {}
    for one in await files_of(visit.site, [research.thread.stream for research in found]):
        papers.setdefault(str(one.subject_id), []).append(one)
    return papers


def _by_stream(drawn: list[Drawn]) -> dict[str, list[Drawn]]:
    steps: dict[str, list[Drawn]] = {}
    for one in drawn:
        steps.setdefault(str(json.loads(one.fixed).get("research_id")), []).append(one)
    return steps


async def _names(visit: Visit, story: Story) -> dict[str, str]:
    facts: list[Fact] = [fact for one in story.of_kind("research") for fact in one.facts]
    return await visit.site.names(accounts_in(facts, ()))
