"""The documents of a matter: a page that lists them, and each as PDF or Word."""

from typing import Any

from starlette.responses import Response

from services.portal.edge.files.kinds import DOCX, PDF
from services.portal.edge.matters.matter import FACTS_MAX, find
from services.portal.edge.meeting.door import PICKED, naming_of
from services.portal.edge.paper import setting, wording
from services.portal.edge.paper.handing import as_file
from services.portal.edge.people.members import members_for
from services.portal.edge.site import accounts_in
from services.portal.edge.visit import Visit
from services.portal.pages.facts import Story, Thread
from services.portal.pages.papers.documents import DOCUMENTS, documents_of
from services.portal.pages.papers.paper import Paper
from services.portal.pages.papers.scene import Scene
from services.portal.pages.teller import PERSONS
from services.portal.words import CONFIDANTS
from shared.kernel.areas import county
from shared.kernel.errors import Missing, Unavailable
from shared.runtime import clock
from shared.runtime.charter import Charter

KIND = {one.kind: one for one in DOCUMENTS}


async def show_documents(visit: Visit) -> Response:
    """Which documents there are of a matter, and in which fonts they are set."""
    row, story = await _story(visit)
    charter = visit.site.charters.at(row["charter"])
    listed = [
        (document, thread, thread.said(*document.needs)[-1].at)
        for document, thread in documents_of(story)
    ]
    return visit.page(
        "paper/documents.html",
        row=row,
        as_of=visit.as_of,
        listed=listed,
        told=lambda thread: _about(visit, charter, thread),
        rules=visit.site.rules(charter).documents,
        faces=await visit.site.jobs.press.do(setting.faces),
    )


async def show_document(visit: Visit) -> Response:
    """One document, as the address ends: .pdf or .docx."""
    row, story = await _story(visit)
    document = KIND.get(visit.path("kind"))
    stream = visit.id("stream")
    threads = story.of_kind(document.category) if document else []
    thread = next((one for one in threads if one.stream == stream), None)
    if document is None or thread is None or not thread.said(*document.needs):
        raise Missing("no-such-page")
    paper = document.draw(await _scene(visit, row, story, thread))
    return await give(visit, paper, visit.path("form"))


async def give(visit: Visit, paper: Paper, form: str) -> Response:
    """The document as a file. Raises Missing for any other form, Unavailable without fonts."""
    press = visit.site.jobs.press
    name = f"{paper.title}.{form}"
    match form:
        case "pdf":
            try:
                return as_file(await press.do(setting.pdf, paper), PDF, name, how="inline")
            except setting.NoFonts as error:
                raise Unavailable("no-fonts") from error
        case "docx":
            return as_file(await press.do(wording.docx, paper), DOCX, name)
    raise Missing("no-such-page")


async def _story(visit: Visit) -> tuple[Any, Story]:
    """The matter of the address and its facts, by the day asked about."""
    site = visit.site
    row = await find(await visit.view(site.matters), visit.id("matter_id"))
    visit.person.must_see(row["area"])
    facts = await site.story.ask("of matter", matter_id=row["matter_id"], most=FACTS_MAX + 1)
    until = clock.end_of(visit.as_of) if visit.as_of else None
    return row, Story.of(fact for fact in facts if until is None or fact["at"] < until)


async def _scene(visit: Visit, row: Any, story: Story, thread: Thread) -> Scene:
    site = visit.site
    charter = site.charters.at(row["charter"])
    own = site.rules(charter).documents
    names = await site.names(accounts_in(story.facts, PERSONS))
    members = naming_of(await members_for(visit, row["area"], [PICKED]))
    trusted = visit.person.actor.role in CONFIDANTS
    place = county(row["area"]).ljust(12, "0")
    texts = site.pages.texts.papers
    usual = texts.issuer.format(county=visit.area_name(place))
    return Scene(
        story=story,
        thread=thread,
        title=row["title"],
        place=site.full_name(row["area"]),
        issuer=own.issuer,
        signed=own.issuer or str(usual),
        rules=charter.tables,
        own_names=own.names,
        texts=texts,
        drafting=site.pages.texts.minutes,
        word=visit.word(charter),
        named=lambda one: names.get(one) or (members[one][0] if one in members else ""),
        private=await site.private(story.facts) if trusted else None,
    )


def _about(visit: Visit, charter: Charter, thread: Any) -> str:
    """What of several streams of a kind this one is: an item, a unit, a headline."""
    data = thread.first.data
    word = visit.word(charter)
    item = visit.site.pages.texts.matter.item
    told = [
        *([item.format(n=data["item_no"])] if "item_no" in data else []),
        *(word(data[name]) for name in ("lead_unit", "headline", "forum") if data.get(name)),
    ]
    return " · ".join(told)
