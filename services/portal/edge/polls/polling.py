"""Holding a poll: opening it with its printed ballots, taking a ballot, counting."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

import segno
from starlette.responses import Response

from services.portal.edge.gate import as_no, say
from services.portal.edge.matters.doing import Doing, do
from services.portal.edge.matters.matter import find
from services.portal.edge.matters.rounds import Round, round_of
from services.portal.edge.visit import Visit, go_to
from services.portal.pages import ballots
from services.portal.pages.facts import Story
from services.portal.pages.filled import read
from services.portal.pages.offers import Scene
from services.portal.pages.tallies import tally_of
from services.portal.projections.polls import POLLS
from services.portal.words import CPPCC
from shared.kernel.errors import Forbidden, Invalid, Missing, No, Refused
from shared.runtime import clock, log
from shared.runtime.charter import Charter

STEPS = frozenset({"OpenPoll", "TallyEvaluation", "RecountEvaluation"})
DAYS = timedelta(days=7)


async def show_polls(visit: Visit) -> Response:
    """The polls of a matter, and for the staff the form of a new one."""
    return await _polls(visit, await find(visit.site.matters, visit.id("matter_id")))


async def open_poll(visit: Visit) -> Response:
    """Open it, and show the ballots: this once, for no copy of the codes is kept anywhere."""
    row = await find(visit.site.matters, visit.id("matter_id"))
    _staff(visit)
    visit.person.must_see(row["area"])
    here = await round_of(visit.site, row)
    try:
        evaluation_id = _evaluation_id(visit)
        codes, data = _opening(visit, here, evaluation_id)
        # An id of its own each time: repeated, it is refused, and no sheet is printed in vain.
        asker, actor = visit.site.asker, visit.person.actor
        answer = await asker.ask(
            "outcomes", "OpenEvaluation", data, actor, clock.new_id(), log.correlation()
        )
    except Exception as error:
        return await _polls(visit, row, await _named(visit, as_no(error)))
    poll = await _after(visit, evaluation_id, answer["position"])
    return visit.page(
        "ballots.html",
        row=row,
        poll=poll,
        codes=[ballots.grouped(code) for code in codes],
        voters=len(data["voters"]),
        ends=data["poll_ends"],
        evaluation_id=evaluation_id,
        word=visit.word(visit.site.charters.at(row["charter"])),
        base=visit.base,
        door=segno.make(f"{visit.base}/ballot?n={poll}", error="m").svg_inline(scale=3, border=1),
    )


async def show_poll(visit: Visit) -> Response:
    """One poll: what each may do now; figures only once it is counted."""
    behind = await visit.behind(visit.site.views[POLLS])
    poll = await _one(visit)
    matter = await find(visit.site.matters, poll["topic_id"])
    charter = visit.site.charters.at(poll["charter"])
    return visit.page(
        "poll.html",
        behind=behind,
        poll=poll,
        row=matter,
        tally=tally_of(poll, charter.table("outcomes")["evaluation"]),
        provisional={one for one in ("quorum", "threshold") if _is_provisional(charter, one)},
        votes=visit.person.actor.id in poll["voters"],
        staff=visit.person.actor.role == CPPCC,
        told=visit.query("told") == "taken",
        word=visit.word(charter),
    )


async def take_ballot(visit: Visit) -> Response:
    """Note that this voter takes a ballot; which, the envelope alone decides."""
    poll = await _one(visit)
    doing = _doing(visit, poll, "TakeBallot")
    answer = await do(visit, doing)
    # Without the position: it says when, and nobody has to know.
    return go_to(f"{doing.back}?told=taken") if answer.status_code == 303 else answer


async def go_on(visit: Visit) -> Response:
    """Open the casting, count, or count again."""
    if visit.path("command") not in STEPS:
        raise Missing("no-such-page")
    return await do(visit, _doing(visit, await _one(visit), visit.path("command")))


def _doing(visit: Visit, poll: Mapping[str, Any], command: str) -> Doing:
    evaluation_id = str(poll["evaluation_id"])
    charter = visit.site.charters.at(poll["charter"])
    fixed = {"evaluation_id": evaluation_id}
    return Doing("outcomes", command, charter, f"/polls/{evaluation_id}", fixed)


async def _one(visit: Visit) -> Mapping[str, Any]:
    """The poll of the address. Raises Missing, or Forbidden outside the own area."""
    evaluation_id = visit.id("evaluation_id")
    for row in await visit.site.views[POLLS].ask("one", evaluation_id=evaluation_id):
        visit.person.must_see(row["area"])
        return dict(row)
    raise Missing("no-such-page")


def _evaluation_id(visit: Visit) -> UUID:
    try:
        return UUID(visit.typed("evaluation_id"))
    except ValueError as error:
        raise Invalid("malformed", reason=str(error)) from error


async def _after(visit: Visit, evaluation_id: UUID, position: int) -> str:
    """The number of a poll just opened; it has to be printed on each ballot."""
    await visit.site.views[POLLS].wait("outcomes", position)
    rows = await visit.site.views[POLLS].ask("one", evaluation_id=evaluation_id)
    return str(rows[0]["number"]) if rows else ""


async def _polls(visit: Visit, row: Mapping[str, Any], no: No | None = None) -> Response:
    visit.person.must_see(row["area"])
    charter = visit.site.charters.at(row["charter"])
    scene = Scene(Story((), ()), charter.tables)
    mine = visit.person.actor.role == CPPCC and row["kind"] == "topic"
    return visit.page(
        "polls.html",
        no.status if no else 200,
        row=row,
        polls=await visit.site.views[POLLS].ask("of topic", topic_id=row["matter_id"]),
        round=await round_of(visit.site, row) if mine else None,
        forums=scene.rule("outcomes.evaluation.forums"),
        chosen=visit.filled,
        evaluation_id=clock.new_id(),
        ends=(clock.now() + DAYS).astimezone(clock.SHANGHAI).strftime("%Y-%m-%dT%H:%M"),
        word=visit.word(charter),
        sentence=say(visit.site, no, {"OpenEvaluation": visit.site.pages.texts.polls.open})
        if no
        else None,
    )


def _opening(visit: Visit, here: Round, evaluation_id: UUID) -> tuple[list[str], dict[str, Any]]:
    """The codes, and the command's data, which hold their digests only. Raises Invalid."""
    of, _, subject_id = visit.typed("subject").partition(":")
    if visit.typed("subject") not in dict(here.subjects):
        raise Invalid("malformed", reason="subject")
    chosen = visit.filled.get("voters", [])
    voters = sorted({chosen} if isinstance(chosen, str) else set(chosen))
    if not voters:
        raise Refused("too-few-voters", voters=0, needed=1)
    more = read("units", {"type": "array", "items": {}}, visit.filled, ())
    codes = ballots.codes(len(voters))
    ends = {"type": "string", "format": "date-time"}
    return codes, {
        "evaluation_id": str(evaluation_id),
        "area": visit.site.areas.now(here.row["area"]),
        "topic_id": str(here.row["matter_id"]),
        "of": of,
        "subject_id": subject_id,
        "forum": visit.typed("forum"),
        "voters": voters,
        "handlers": sorted(here.handlers),
        "handling_units": sorted({*here.units, *more}),
        "ballots": sorted(map(ballots.digest, codes)),
        "poll_ends": read("poll_ends", ends, visit.filled, ()),
    }


async def _named(visit: Visit, no: No) -> No:
    """A no with people called by their names."""
    if not isinstance(no, Refused) or "handlers" not in no.facts:
        return no
    ids = cast("list[str]", no.facts["handlers"])
    names = await visit.site.names(ids)
    return Refused(no.code, handlers=[names.get(one, one) for one in ids])


def _is_provisional(charter: Charter, name: str) -> bool:
    return f"outcomes.evaluation.{name}" in charter.provisional


def _staff(visit: Visit) -> None:
    actor = visit.person.actor
    if actor.role != CPPCC:
        raise Forbidden("wrong-role", role=actor.role, needed=[CPPCC])
