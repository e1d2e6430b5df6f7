"""Raising a matter: from a phone, without an account, in one's own words; or for somebody else."""

from collections import defaultdict
from dataclasses import replace
from typing import Any
from uuid import UUID

from starlette.responses import Response

from services.portal.edge.commons.alike import alike
from services.portal.edge.files.keeping import Purpose, keep_staged, stage_files, staged_of
from services.portal.edge.gate import as_no, say
from services.portal.edge.matters.doing import command_id
from services.portal.edge.patience import Patience
from services.portal.edge.residents.keys import key_of
from services.portal.edge.residents.rooms import room_of
from services.portal.edge.visit import Visit, go_to
from services.portal.edge.who import Person
from services.portal.words import RESIDENT
from shared.kernel.areas import EVERYWHERE, level
from shared.kernel.errors import Missing, No
from shared.kernel.message import Actor
from shared.runtime import clock, log
from shared.runtime.postgres import AWAY

WORDS_MAX = 1500
PLACE_MAX = 200
NAME_MAX = 40
RAISED_MAX = 20
ENTERED_MAX = 300
"""Staff enter for whole villages, ten matters in a row."""

DEEPEST = ("county", "town", "village")
ORIGINS = {"resident": "resident", "member": "member", "party": "party", "unit": "agency"}
PHOTO = Purpose("photo")
ELSEWHERE, CHECK = "to", "check"
"""Buttons of the form that ask nothing yet: for another place, and for what is alike."""

_raised = Patience(RAISED_MAX)
_entered = Patience(ENTERED_MAX)


async def show_raise(visit: Visit) -> Response:
    """Where, by tapping down to the village; then what, and who to reach, on one page."""
    return await _form(visit, visit.query("area"))


async def raise_matter(visit: Visit) -> Response:
    """Submit the lead, and show its receipt."""
    visit = _with_an_id(visit)
    try:
        if visit.typed(ELSEWHERE) or visit.typed(CHECK):
            await _photos(visit, command_id(visit))
            return await _again(visit, command_id(visit))
        _, link, position = await submit(visit)
    except Exception as error:
        no = as_no(error)
        sentence = say(visit.site, no, _titles(visit))
        staged = await _laid_by(visit, command_id(visit))
        area = visit.typed("area")
        return await _form(visit, area, status=no.status, sentence=sentence, staged=staged)
    return go_to(f"{link}?fresh=1&after=topics:{position}")


async def submit(visit: Visit) -> tuple[UUID, str, int]:
    """Seal what is private, submit the lead and keep its photos.

    The lead, the secret link of its receipt, and its position. Raises a No.
    """
    area, lead_id = visit.typed("area"), command_id(visit)
    _count(visit)
    photos = await _photos(visit, lead_id)
    data = await _lead(visit, lead_id, area) | {"photos": photos}
    key = await key_of(visit.site, lead_id)
    answer = await visit.site.asker.ask(
        "topics", "SubmitLead", data, _actor(visit, area), lead_id, log.correlation()
    )
    await keep_staged(visit, lead_id, area, PHOTO, _actor(visit, area))
    return lead_id, f"/r/{lead_id}/{key}", answer["position"]


def _with_an_id(visit: Visit) -> Visit:
    """A form that came without an id of its own gets one, once."""
    return replace(visit, filled={**visit.filled, "command_id": str(command_id(visit))})


async def _again(visit: Visit, lead_id: UUID) -> Response:
    """The form once more with all that was typed, at another place or with what is alike."""
    area = visit.typed(ELSEWHERE) or visit.typed("area")
    return await _form(
        visit,
        area,
        staged=await _laid_by(visit, lead_id),
        found=await alike(visit.site, area, visit.typed("title"), _person(visit))
        if visit.typed(CHECK)
        else (),
        checked=bool(visit.typed(CHECK)),
    )


async def _form(visit: Visit, code: str, status: int = 200, **values: Any) -> Response:
    areas, person = visit.site.areas, _person(visit)
    area = code or (person.actor.area if person and person.current else "")
    if area and area != EVERYWHERE and area not in areas:
        raise Missing("no-such-page")
    area = areas.now(area or EVERYWHERE)
    here = visit.query("here") == "1" or visit.typed("here") == "1"
    chosen = level(area) == "village" or (here and level(area) in DEEPEST)
    room = await room_of(visit.site, visit.query("room") or visit.typed("room"))
    shown = {
        "area": area,
        "path": areas.path(area),
        "place": " ".join(map(areas.name, areas.path(area))),
        "below": areas.below(area),
        "settled": chosen or bool(room) or (status != 200 and level(area) in DEEPEST),
        "may_settle": level(area) in DEEPEST,
        "room": room,
        "proxy": bool(person and person.current and person.actor.role != RESIDENT),
        "typed": defaultdict(str, visit.filled),
        "words_max": WORDS_MAX,
        "lead_id": visit.typed("command_id") or str(clock.new_id()),
        "sentence": None,
        "staged": (),
        "found": (),
        "checked": False,
    }
    return visit.page("residents/raise.html", status, **{**shown, **values})


async def _photos(visit: Visit, lead_id: UUID) -> list[str]:
    """What the form brought. Nobody adds to a matter that is there already by raising it again."""
    if not await visit.site.matters.ask("one", matter_id=lead_id):
        await stage_files(visit, lead_id)
    return [str(row["file_id"]) for row in await visit.site.chest.staged(lead_id)]


async def _laid_by(visit: Visit, lead_id: UUID) -> list[tuple[UUID, str]]:
    """The photos that need not be chosen again; none where they cannot be looked up now."""
    try:
        return await staged_of(visit.site, lead_id)
    except (*AWAY, No):
        return []


async def _lead(visit: Visit, lead_id: UUID, area: str) -> dict[str, Any]:
    """The command's data. Each matter has a key of its own, so each can be forgotten by itself."""
    name, phone = visit.typed("name")[:NAME_MAX], visit.typed("phone")[:NAME_MAX]
    words = visit.typed("words")[:WORDS_MAX]
    contact = " ".join(part for part in (name, phone) if part)
    seal, person = visit.site.vault.seal, _person(visit)
    role = person.actor.role if person else RESIDENT
    return {
        "lead_id": str(lead_id),
        "area": area,
        "title": visit.typed("title"),
        "origin": ORIGINS.get(role, "clerk"),
        "personal": visit.typed("personal") == "yes",
        "proxy": visit.typed("proxy") == "yes",
        "place": visit.typed("where")[:PLACE_MAX],
        "words": await seal(lead_id, words) if words else "",
        "contact": await seal(lead_id, contact) if contact else "",
    }


def _actor(visit: Visit, area: str) -> Actor:
    """Staff act where they are appointed; anybody may bring a matter from anywhere."""
    if not isinstance(visit.who, Person) or visit.who.current is None:
        return Actor("public", RESIDENT, area)
    actor = visit.who.actor
    return replace(actor, area=area) if actor.role == RESIDENT else actor


def _person(visit: Visit) -> Person | None:
    return visit.who if isinstance(visit.who, Person) else None


def _count(visit: Visit) -> None:
    """Raises Refused('too-often')."""
    person = _person(visit)
    if person and person.current and person.actor.role != RESIDENT:
        _entered.count(str(person.account_id), clock.now())
    else:
        _raised.count(visit.request.client.host if visit.request.client else "", clock.now())


def _titles(visit: Visit) -> dict[str, str]:
    texts = visit.site.pages.texts["raise"]
    return {"title": texts.what, "area": texts.where, "SubmitLead": texts.title}
