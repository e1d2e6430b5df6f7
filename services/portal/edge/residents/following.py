"""Following a matter by the link of its receipt, or as whoever brought it under an account."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from starlette.responses import Response

from services.portal.edge.files.keeping import files_of
from services.portal.edge.marks import watch
from services.portal.edge.matters.matter import FACTS_MAX, came_of, find
from services.portal.edge.residents.keys import key_of, must_hold_key
from services.portal.edge.residents.rooms import qr
from services.portal.edge.visit import Visit
from services.portal.edge.who import Person
from services.portal.pages.facts import Story
from services.portal.pages.following import Answer, answers, own, public
from services.portal.pages.render import day
from services.portal.pages.sheets import Saying
from services.portal.pages.sheets_of_handling import why_that_day
from services.portal.pages.stages import bar, read_marks
from services.portal.projections.commons import COMMONS
from services.portal.projections.handling import HANDLING
from services.portal.words import RESIDENT
from shared.kernel.errors import Missing


@dataclass(frozen=True)
class Mine:
    """A lead of one's own: its row, the link one came by, and with whose voice one speaks."""

    lead_id: UUID
    row: Mapping[str, Any]
    base: str
    key: str
    voice: UUID


async def mine(visit: Visit) -> Mine:
    """Whose it is, by the key in the address or by the account. Raises Missing."""
    lead_id = visit.id("lead_id")
    if key := visit.request.path_params.get("key", ""):
        await must_hold_key(visit, lead_id, key)
        row = await find(visit.site.matters, lead_id)
        return Mine(lead_id, row, f"/r/{lead_id}/{key}", key, lead_id)
    row = await find(visit.site.matters, lead_id)
    if row["opened_by"] != str(visit.person.account_id):
        raise Missing("no-such-receipt")
    key = await key_of(visit.site, lead_id)
    return Mine(lead_id, row, f"/mine/{lead_id}", key, visit.person.account_id)


async def show_own(visit: Visit) -> Response:
    """Where it stands, what is asked of me, and what was said."""
    behind = await visit.behind(visit.site.matters, visit.site.story)
    if not await visit.site.matters.ask("one", matter_id=visit.id("lead_id")):
        return await _not_shown_yet(visit)
    return await show(visit, await mine(visit), behind=behind, fresh=visit.query("fresh") == "1")


async def show_all_own(visit: Visit) -> Response:
    """Every matter I brought under this account."""
    account = str(visit.person.account_id)
    rows = await visit.site.matters.ask("leads of account", account=account)
    return visit.page("residents/mine.html", rows=rows)


async def show(visit: Visit, me: Mine, status: int = 200, **values: Any) -> Response:
    """The page of a matter for whoever brought it."""
    site, row = visit.site, me.row
    lead = Story.of(
        await site.story.ask("of matter", matter_id=me.lead_id, most=FACTS_MAX)
    ).of_kind("lead")
    topic_id = await came_of(site, row)
    topic = await find(site.matters, topic_id) if topic_id else row
    charter = site.charters.at(topic["charter"])
    teller, told = site.teller(charter), [one for thread in lead for one in thread.facts]
    said = own(told, teller)
    shown = await _of_topic(visit, topic_id, me) if topic_id else {}
    link = f"{visit.base}/r/{me.lead_id}/{me.key}"
    kept = {
        "me": me,
        "row": row,
        "topic": topic,
        "live": await watch(site, "matter", topic["matter_id"], me.lead_id),
        "bar": bar(site.rules(charter).stages, await _marks(visit, topic)) if topic_id else (),
        "word": visit.word(charter),
        "reason": next((one.data["reason"] for one in reversed(told)
                        if one.type == "LeadReturnedForFix"), ""),
        "place": next((one.data["place"] for one in reversed(told) if "place" in one.data), ""),
        "files": await files_of(site, [me.lead_id, *([topic_id] if topic_id else [])]),
        "link": link,
        "qr": qr(link),
        "staff": _is_staff(visit),
        "typed": defaultdict(str, visit.filled),
        "answers": [],
        "duties": [],
        "is_public": False,
        "fresh": False,
        "behind": 0,
        "sentence": None,
    }  # fmt: skip
    told_of = public(shown.pop("told", []), teller)
    course = sorted([*said, *told_of], key=lambda one: one.at, reverse=True)
    return visit.page("residents/own.html", status, **{**kept, **shown, **values, "course": course})


async def answer_of(visit: Visit, me: Mine, assignment_id: str) -> tuple[Answer, dict[str, Any]]:
    """A reply of the topic that came of a lead, and the topic. Raises Missing."""
    topic_id = await came_of(visit.site, me.row)
    topic = await find(visit.site.matters, topic_id) if topic_id else {}
    for one in await _answers(visit, topic_id, me) if topic_id else []:
        if str(one.assignment_id) == assignment_id:
            return one, dict(topic)
    raise Missing("no-such-page")


async def _of_topic(visit: Visit, topic_id: UUID, me: Mine) -> dict[str, Any]:
    commons = visit.site.views[COMMONS]
    asked = {"topic_ids": [topic_id]}
    is_public = bool(await commons.ask("one", topic_id=topic_id))
    clocks = [dict(row) for row in await commons.ask("duties of", **asked)]
    why = await _why(visit, [row["assignment_id"] for row in clocks])
    return {
        "is_public": is_public,
        "told": await commons.ask("told of", **asked),
        "duties": [
            {**row, "because": _told(visit, why.get(row["assignment_id"], ()))} for row in clocks
        ],
        "answers": await _answers(visit, topic_id, me),
    }


async def _why(visit: Visit, assignments: list[UUID]) -> dict[UUID, Any]:
    """Why each is due that day, as the clocks say it."""
    rows = await visit.site.views[HANDLING].ask("clocks of", ids=assignments)
    return {row["deadline_id"]: row["because"] for row in why_that_day([dict(r) for r in rows])}


def _told(visit: Visit, sayings: Iterable[Saying]) -> list[str]:
    texts = visit.site.pages.texts.sheets.overdue.sayings
    return [
        str(texts[one.key]).format(
            **{
                name: day(value) if isinstance(value, date) else value
                for name, value in one.values.items()
            }
        )
        for one in sayings
    ]


async def _answers(visit: Visit, topic_id: UUID, me: Mine) -> list[Answer]:
    rows = await visit.site.story.ask("of matter", matter_id=topic_id, most=FACTS_MAX)
    return answers(Story.of(rows), me.voice)


async def _marks(visit: Visit, topic: Mapping[str, Any]) -> Any:
    return read_marks(
        await visit.site.matters.ask("marks of matters", matter_ids=[topic["matter_id"]])
    )


async def _not_shown_yet(visit: Visit) -> Response:
    """It is in the log and not in the view: say so, and look again."""
    lead_id, key = visit.id("lead_id"), visit.request.path_params.get("key", "")
    if not key:
        raise Missing("no-such-receipt")
    await must_hold_key(visit, lead_id, key)
    return visit.page("residents/soon.html", 202, again=f"/r/{lead_id}/{key}?fresh=1")


def _is_staff(visit: Visit) -> bool:
    who = visit.who
    return isinstance(who, Person) and who.current is not None and who.current.role != RESIDENT
