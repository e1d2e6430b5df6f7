"""The wall: the public matters of an area as they are filtered and looked for."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from starlette.responses import Response

from services.portal.edge.commons.gazetteer import places_named
from services.portal.edge.commons.place import around, commons, place_in
from services.portal.edge.site import Site
from services.portal.edge.visit import Visit
from services.portal.pages.finding import Piece, excerpt, pieces
from services.portal.pages.stages import Stand, bar, latest, read_marks
from services.portal.pages.walls import ORIGINS, REACHED, SORTS, STATES, Asked
from shared.runtime.view import View

PAGE = 20
RANK = re.compile(r"-?\d{1,12}(\.\d{1,6})?")


@dataclass(frozen=True)
class Listed:
    """One matter as lists show it."""

    row: Mapping[str, Any]
    title: Sequence[Piece]
    excerpt: Sequence[Piece]
    stand: Stand
    units: Sequence[str]
    due: Any
    late: bool


async def show_wall(visit: Visit) -> Response:
    """The public matters of an area."""
    place = place_in(visit, visit.path("code"))
    asked = asked_in(visit, place.code)
    view = commons(visit)
    rows = await ask(visit, asked, PAGE + 1, *_cursor(visit.query("after")))
    shown = rows[:PAGE]
    patterns = [pattern for pattern, _ in visit.site.areas.summed(place.code)]
    years = await view.ask("years of area", patterns=patterns)
    last = shown[-1] if len(rows) > PAGE else None
    return visit.page(
        "commons/wall.html",
        **around(visit, place),
        asked=asked,
        matters=await listed(visit, view, shown, asked.words),
        found=rows[0]["found"] if rows else 0,
        next=asked.link(after=f"{last['rank']}_{last['topic_id']}") if last else "",
        is_first=not visit.query("after"),
        years=[row["year"] for row in years],
        below=visit.site.areas.below(place.code),
        choices={"state": STATES, "origin": ORIGINS, "stage": tuple(REACHED)[1:], "by": SORTS},
        word=visit.word(visit.site.charter(place.code)),
    )


def asked_in(visit: Visit, area: str) -> Asked:
    """What the address asks for; what is none of the choices is not asked for."""

    def one_of(name: str, choices: Sequence[str]) -> str:
        return visit.query(name) if visit.query(name) in choices else ""

    return Asked(
        area=area,
        q=visit.query("q")[:80],
        year=visit.number("year") if visit.number("year") < 10_000 else 0,
        state=one_of("state", STATES),
        origin=one_of("origin", ORIGINS),
        stage=one_of("stage", tuple(REACHED)),
        by=one_of("by", SORTS) or SORTS[0],
    )


async def ask(
    visit: Visit, asked: Asked, most: int, rank: Decimal | None = None, last: UUID | None = None
) -> list[Any]:
    """The rows of the wall, after the last of the page before."""
    reached, beyond = REACHED[asked.stage]
    named = [
        (no, place)
        for no, word in enumerate(asked.words, 1)
        for place in places_named(visit.site.areas, asked.area, word)
    ]
    return await commons(visit).ask(
        "wall",
        prefixes=visit.site.prefixes(asked.area),
        year=asked.year,
        state=asked.state,
        origin=asked.origin,
        reached=reached,
        beyond=list(beyond),
        words=asked.words,
        nos=[no for no, _ in named],
        places=[place for _, place in named],
        by=asked.by,
        rank=rank,
        last=last,
        most=most,
        today=visit.today,
    )


async def listed(
    visit: Visit, view: View, rows: Sequence[Mapping[str, Any]], words: Sequence[str] = ()
) -> list[Listed]:
    """The matters of these rows with the stage each has come to, and who has to act on it."""
    ids = [row["topic_id"] for row in rows]
    marks, duties, docs = defaultdict(list), defaultdict(list), defaultdict(list)
    for mark in await view.ask("marks of", topic_ids=ids):
        marks[mark["topic_id"]].append(mark)
    for duty in await view.ask("duties of", topic_ids=ids):
        duties[duty["topic_id"]].append(duty)
    if words:
        for doc in await view.ask("docs of", topic_ids=ids):
            docs[doc["topic_id"]].append(doc["words"])
    return [
        _listed(visit, row, marks[row["topic_id"]], duties[row["topic_id"]], docs, words)
        for row in rows
    ]


def stands_at(site: Site, row: Mapping[str, Any], marks: Sequence[Mapping[str, Any]]) -> Stand:
    """The stage a matter has come to, in its county's words."""
    stages = site.rules(site.charters.at(row["charter"])).stages
    return latest(bar(stages, read_marks(marks)))


def is_waited_for(duty: Mapping[str, Any]) -> bool:
    """Whether a unit still has to reply."""
    return duty["state"] not in ("HandlingReplied", "AssignmentReturned")


def _listed(
    visit: Visit,
    row: Mapping[str, Any],
    marks: Sequence[Any],
    duties: Sequence[Any],
    docs: Mapping[UUID, Sequence[str]],
    words: Sequence[str],
) -> Listed:
    waiting = [one for one in duties if is_waited_for(one) and row["state"] == "open"]
    title = pieces(row["title"], words)
    around_hit: Sequence[Piece] = ()
    if words and not any(hit for _, hit in title):
        told = (excerpt(one, words) for one in docs[row["topic_id"]])
        around_hit = next(filter(None, told), ())
    return Listed(
        row=row,
        title=title,
        excerpt=around_hit,
        stand=stands_at(visit.site, row, marks),
        units=list(dict.fromkeys(one["unit"] for one in duties)),
        due=min((one["due"] for one in waiting), default=None),
        late=any(one["due"] < visit.today and not one["paused"] for one in waiting),
    )


def _cursor(text: str) -> tuple[Decimal | None, UUID | None]:
    """Behind which matter the page begins; what is no such mark means the first page."""
    rank, _, last = text.partition("_")
    try:
        return (Decimal(rank), UUID(last)) if RANK.fullmatch(rank) else (None, None)
    except ValueError:
        return None, None
