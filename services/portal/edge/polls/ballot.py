"""The ballot box: a page that knows nobody.

It reads no cookie and sets none, so no session is touched while somebody votes. It leaves no span
and no metric; what is asked of outcomes comes from an actor made up for this once. Right or wrong,
the answer takes the same time.
"""

import asyncio
from collections.abc import Mapping
from secrets import token_bytes, token_hex
from time import monotonic
from typing import Any
from uuid import UUID

from starlette.responses import Response

from services.portal.edge.gate import as_no, say
from services.portal.edge.patience import Patience
from services.portal.edge.visit import Visit
from services.portal.pages import ballots
from services.portal.pages.facts import Story
from services.portal.pages.offers import Scene
from services.portal.projections.polls import POLLS
from services.portal.words import BALLOT
from shared.kernel.errors import No, Refused
from shared.kernel.message import Actor
from shared.runtime import clock

WRONG_MAX = 20
"""Wrong codes from one address in ten minutes; a hall may share an address."""

ANSWER_S = 1.0
WRONG = "no-such-ballot"

_wrong = Patience(WRONG_MAX)


async def show_ballot(visit: Visit) -> Response:
    """First which poll, by the number on the ballot; then the choice."""
    number = _digits(visit.query("n"))
    return await _box(visit, number, await _numbered(visit, number))


async def cast(visit: Visit) -> Response:
    """Put a ballot into the box."""
    began, number = monotonic(), _digits(visit.typed("n"))
    polls = await _numbered(visit, number)
    no = await _cast(visit, polls)
    await asyncio.sleep(max(0.0, ANSWER_S - (monotonic() - began)))
    if no is None:
        return visit.page("ballot_cast.html")
    return await _box(visit, number, polls, no)


async def _cast(visit: Visit, polls: list[Mapping[str, Any]]) -> No | None:
    """Try the polls of this number; None where the ballot is in the box of one."""
    client, now = visit.request.client, clock.now()
    address = client.host if client else ""
    code, choice = ballots.typed(visit.typed("code")), visit.typed("choice")
    try:
        _wrong.must_wait(address, now)
        for poll in polls if len(code) == ballots.LENGTH else ():
            no = await _ask(visit, poll, code, choice)
            if no is None or no.code != WRONG:
                return no
        _wrong.count(address, now)
    except Refused as too_often:
        return too_often
    return Refused("no-such-ballot")


async def _ask(visit: Visit, poll: Mapping[str, Any], code: str, choice: str) -> No | None:
    nobody = Actor(token_hex(16), BALLOT, poll["area"])
    data = {"evaluation_id": str(poll["evaluation_id"]), "code": code, "choice": choice}
    # Ids that follow from nothing, neither from the request nor from its moment.
    ids = UUID(bytes=token_bytes(16)), UUID(bytes=token_bytes(16))
    try:
        await visit.site.asker.ask("outcomes", "CastBallot", data, nobody, *ids)
    except Exception as error:
        return as_no(error)
    return None


async def _numbered(visit: Visit, number: str) -> list[Mapping[str, Any]]:
    if not number:
        return []
    return [dict(row) for row in await visit.site.views[POLLS].ask("numbered", number=number)]


async def _box(
    visit: Visit, number: str, polls: list[Mapping[str, Any]], no: No | None = None
) -> Response:
    poll = polls[0] if polls else None
    shown: dict[str, Any] = {"number": number, "poll": poll, "title": "", "scale": ()}
    if poll:
        charter = visit.site.charters.at(poll["charter"])
        rows = await visit.site.matters.ask("one", matter_id=poll["topic_id"])
        scale = Scene(Story((), ()), charter.tables).rule("outcomes.evaluation.scale")
        title = rows[0]["title"] if rows else ""
        shown |= {"title": title, "scale": scale, "word": visit.word(charter)}
    sentence = say(visit.site, no) if no else None
    return visit.page("ballot.html", no.status if no else 200, sentence=sentence, **shown)


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isascii() and sign.isdecimal())
