"""What awaits me (待我办理): every entry with what to do, since when, by when and why then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from services.portal.edge.desk.turns import calendar, entries, how_much
from services.portal.edge.marks import watch
from services.portal.edge.visit import PAGE, Visit
from services.portal.pages.clocks import Clock
from services.portal.pages.render import SHANGHAI, day
from services.portal.pages.sheets_of_handling import why_that_day
from services.portal.pages.turns import MAIN, TASKS
from services.portal.projections.handling import HANDLING
from services.portal.projections.waiting import WAITING
from shared.runtime import clock
from shared.runtime.charter import Charter


@dataclass(frozen=True)
class Turn:
    """One step of an entry: what it is called, and where it is taken."""

    label: str
    about: str
    to: str


@dataclass(frozen=True)
class Waiting:
    """One entry: a stream of a matter, with everything I may do on it now."""

    row: Mapping[str, Any]
    turns: Sequence[Turn]
    clock: Clock
    waited: int
    item: str
    why: Sequence[str]


async def show_awaiting(visit: Visit) -> Response:
    """What I may do next, grouped by what there is to do; late things first."""
    site, actor = visit.site, visit.person.actor
    behind = await visit.behind(site.views[WAITING])
    live = await watch(site, "area", actor.area)
    asked = {name: visit.query(name) for name in ("task", "title", "late")}
    asked["task"] = asked["task"] if asked["task"] in TASKS else ""
    counts = await how_much(site, actor, clock.today())
    number = visit.page_number
    rows = await entries(
        visit,
        task=asked["task"],
        title=asked["title"],
        late=asked["late"] == "yes",
        **visit.window,
    )
    found = rows[0]["found"] if rows else 0
    return visit.page(
        "desk/awaiting.html",
        behind=behind,
        live=live,
        actor=actor,
        asked=asked,
        tasks=[task for task in TASKS if task in counts],
        counts=counts,
        total=sum(row["n"] for row in counts.values()),
        late=sum(row["late"] for row in counts.values()),
        groups=_grouped(await _told(visit, rows)),
        found=found,
        number=number,
        pages=-(-found // PAGE),
        link=lambda **other: "/awaiting?" + urlencode(_filled(asked | other)),
    )


def _filled(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if value}


def _grouped(told: Sequence[Waiting]) -> list[tuple[str, list[Waiting]]]:
    """By task, in the order in which each first comes up: what is most urgent stands first."""
    groups: dict[str, list[Waiting]] = {}
    for one in told:
        groups.setdefault(one.row["task"], []).append(one)
    return list(groups.items())


async def _told(visit: Visit, rows: Sequence[Mapping[str, Any]]) -> list[Waiting]:
    site, today = visit.site, clock.today()
    ids = [row["stream"] for row in rows if row["due"]]
    clocks = await site.views[HANDLING].ask("clocks of", ids=ids)
    by_stream = {row["deadline_id"]: row for row in clocks}
    told = []
    for row in rows:
        charter = site.charters.at(row["charter"])
        known = by_stream.get(row["stream"])
        days = calendar(charter)
        since = _day(row["since"])
        told.append(
            Waiting(
                row=row,
                turns=[_turn(visit, row, one, charter) for one in row["steps"]],
                clock=days.clock(row["due"], today, site.pages.texts.clocks, row["paused_on"]),
                waited=days.waited(since, today),
                item=known["item"] or "" if known else "",
                why=_why(visit, row, known),
            )
        )
    return told


def _turn(visit: Visit, row: Mapping[str, Any], step: str, charter: Charter) -> Turn:
    """Where the form of a step stands open."""
    command, _, key = step.partition(" ")
    texts = visit.site.pages.texts
    told = texts.matter.item.format(n=key) if key.isdecimal() else visit.word(charter)(key)
    to = f"/matters/{row['matter_id']}?{urlencode({'step': f'{command}:{row["stream"]}:{key}'})}"
    label = visit.site.step_name(charter, MAIN[command], command)
    return Turn(label, told if key else "", f"{to}#next")


def _why(visit: Visit, row: Mapping[str, Any], known: Mapping[str, Any] | None) -> list[str]:
    """Why it is due that day: the rule, how it was counted, what moved it."""
    texts = visit.site.pages.texts
    if known is None:
        return [str(texts.clocks.why.get(row["task"], ""))] if row["due"] else []
    word = visit.word(visit.site.charters.at(row["charter"]))
    sayings = texts.sheets.overdue.sayings
    return [
        str(sayings[one.key]).format(
            **{name: _spoken(value, word) for name, value in one.values.items()}
        )
        for one in why_that_day([known])[0]["because"]
    ]


def _spoken(value: Any, word: Any) -> str:
    return day(value) if hasattr(value, "year") else str(word(value))


def _day(moment: datetime) -> Any:
    return moment.astimezone(SHANGHAI).date()
