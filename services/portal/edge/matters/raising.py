"""Raising a matter: from a phone, without an account, and in one's own words."""

from collections import defaultdict
from dataclasses import replace
from typing import Any
from uuid import UUID

from starlette.responses import Response

from services.portal.edge.files.keeping import Purpose, keep_staged, stage_files, staged_of
from services.portal.edge.gate import as_no, say
from services.portal.edge.matters.doing import command_id
from services.portal.edge.patience import Patience
from services.portal.edge.visit import Visit, go_to
from services.portal.edge.who import Person
from services.portal.words import RESIDENT
from shared.kernel.areas import EVERYWHERE, level
from shared.kernel.errors import Missing, No, Refused
from shared.kernel.message import Actor
from shared.runtime import clock, log
from shared.runtime.postgres import AWAY

WORDS_MAX = 1500
NAME_MAX = 40
RAISED_MAX = 20
LOOKED_UP_MAX = 60
DEEPEST = ("county", "town", "village")
ORIGINS = {"resident": "resident", "member": "member", "party": "party", "unit": "agency"}
PHOTO = Purpose("photo")

_raised = Patience(RAISED_MAX)
_looked_up = Patience(LOOKED_UP_MAX)


async def show_raise(visit: Visit) -> Response:
    """First where, by tapping down to the village; then what."""
    return _form(visit, visit.query("area"))


async def raise_matter(visit: Visit) -> Response:
    """Seal what is private, submit the lead, and show its receipt."""
    area, lead_id = visit.typed("area"), command_id(visit)
    try:
        _raised.count(_client(visit), clock.now())
        photos = await _photos(visit, lead_id)
        data = await _lead(visit, lead_id, area) | {"photos": photos}
        answer = await visit.site.asker.ask(
            "topics", "SubmitLead", data, _actor(visit, area), lead_id, log.correlation()
        )
        await keep_staged(visit, lead_id, area, PHOTO, _actor(visit, area))
    except Exception as error:
        no = as_no(error)
        sentence = say(visit.site, no, _titles(visit))
        staged = await _laid_by(visit, lead_id)
        return _form(visit, area, status=no.status, sentence=sentence, staged=staged)
    return go_to(f"/leads/{lead_id}?fresh=1&after=topics:{answer['position']}")


async def show_receipt(visit: Visit) -> Response:
    """Where a matter stands, by the number on its receipt."""
    number = "".join(sign for sign in visit.query("number") if sign.isdecimal())
    if not number:
        return visit.page("receipt.html", number="", found=True)
    try:
        _looked_up.count(_client(visit), clock.now())
    except Refused as no:
        return visit.page("error.html", no.status, sentence=say(visit.site, no), code=no.code)
    for row in await visit.site.matters.ask("by receipt", receipt=number):
        return go_to(f"/leads/{row['matter_id']}")
    return visit.page("receipt.html", number=number, found=False)


def _form(visit: Visit, area: str, status: int = 200, **values: Any) -> Response:
    areas = visit.site.areas
    if isinstance(visit.who, Person) and not area:
        area = visit.person.actor.area
    if area and area != EVERYWHERE and area not in areas:
        raise Missing("no-such-page")
    area = areas.now(area or EVERYWHERE)
    shown = {
        "area": area,
        "level": level(area),
        "path": areas.path(area),
        "place": " ".join(map(areas.name, areas.path(area))),
        "below": areas.below(area),
        "settled": visit.query("here") == "1" or level(area) == "village" or status != 200,
        "may_settle": level(area) in DEEPEST,
        "typed": defaultdict(str, visit.filled),
        "words_max": WORDS_MAX,
        "lead_id": visit.typed("command_id") or str(clock.new_id()),
        "sentence": None,
        "staged": (),
    }
    return visit.page("raise.html", status, **{**shown, **values})


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
    seal = visit.site.vault.seal
    role = visit.person.actor.role if isinstance(visit.who, Person) else RESIDENT
    return {
        "lead_id": str(lead_id),
        "area": area,
        "title": visit.typed("title"),
        "origin": ORIGINS.get(role, "clerk"),
        "personal": visit.typed("personal") == "yes",
        "proxy": visit.typed("proxy") == "yes",
        "words": await seal(lead_id, words) if words else "",
        "contact": await seal(lead_id, contact) if contact else "",
    }


def _actor(visit: Visit, area: str) -> Actor:
    """Staff act where they are appointed; anybody may bring a matter from anywhere."""
    if not isinstance(visit.who, Person) or visit.who.current is None:
        return Actor("public", RESIDENT, area)
    actor = visit.who.actor
    return replace(actor, area=area) if actor.role == RESIDENT else actor


def _client(visit: Visit) -> str:
    return visit.request.client.host if visit.request.client else ""


def _titles(visit: Visit) -> dict[str, str]:
    texts = visit.site.pages.texts["raise"]
    return {"title": texts.what, "area": texts.where, "SubmitLead": texts.title}
