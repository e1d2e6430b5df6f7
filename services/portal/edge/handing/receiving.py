"""Takes what an agency hands over, from whichever door it comes: seals it, and gives a receipt."""

import unicodedata
from collections.abc import Mapping
from typing import Annotated, Any
from uuid import NAMESPACE_OID, UUID, uuid5

import orjson
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from services.portal.edge.handing.holder import Holder
from services.portal.edge.site import Site
from services.portal.words import day
from shared.kernel.errors import Refused, Unavailable
from shared.runtime import clock, log
from shared.runtime.pause import pause
from shared.runtime.problems import invalid

WORDS_MAX = 1500
CONTACT_MAX = 200
TEXTS = ("place", "words", "contact")
TAKEN, MATTER = "taken", "handed-over-matter"
LOOKS_MAX, LOOK_S = 30, 0.1
"""How often it is looked who was first with a matter: the view may be a moment behind."""

MARKS = uuid5(NAMESPACE_OID, "tongxin: marks of what agencies hand over")
"""Whose key in the vault makes the marks; it belongs to nobody, and is never forgotten."""

STRIPPED = StringConstraints(strip_whitespace=True)


class Handed(BaseModel):
    """What an agency sends. Private words come in clear, and are sealed here."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: Annotated[str, STRIPPED] = Field(title="机构自编号", min_length=1, max_length=80)
    area: str = Field(title="所在区划", pattern=r"^\d{12}$")
    title: Annotated[str, STRIPPED] = Field(title="事项名称", min_length=2, max_length=80)
    personal: bool = Field(default=False, title="个人诉求")
    again: bool = Field(default=False, title="再次发生")
    place: Annotated[str, STRIPPED] = Field(default="", title="具体地点", max_length=200)
    words: Annotated[str, STRIPPED] = Field(default="", title="反映人原话", max_length=WORDS_MAX)
    contact: Annotated[str, STRIPPED] = Field(default="", title="联系方式", max_length=CONTACT_MAX)


def read(body: bytes) -> Handed:
    """What was sent. Raises Invalid."""
    try:
        return Handed.model_validate_json(body)
    except ValidationError as error:
        raise invalid(error) from error


def read_form(filled: Mapping[str, object]) -> Handed:
    """What was filled into the form of a page. Raises Invalid."""
    typed = {name: filled.get(name, "") for name in ("number", "area", "title", *TEXTS)}
    ticked = {name: filled.get(name) == "yes" for name in ("personal", "again")}
    try:
        return Handed.model_validate(typed | ticked)
    except ValidationError as error:
        raise invalid(error) from error


async def hand_over(site: Site, holder: Holder, handed: Handed) -> dict[str, Any]:
    """The receipt; the same again for the same under the same number. Raises a No."""
    handover_id = uuid5(holder.agency_id, handed.number)
    data = await _command(site, holder, handed, handover_id)
    position = await _ask(site, holder, handover_id, data)
    same_as = (await _kept(site, holder, handover_id)) or data["same_as"]
    return {
        "handover_id": handover_id,
        "number": handed.number,
        "receipt": receipt_of({"handover_id": handover_id, "same_as": same_as}),
        "same_as": same_as,
        "position": position,
        "href": f"/api/v1/handovers/{handover_id}",
    }


def receipt_of(row: Mapping[str, Any]) -> str:
    """The number under which the matter is kept here: that of the first one, of the same."""
    return f"{UUID(str(row['same_as'] or row['handover_id'])).int % 10**12:012}"


async def _command(site: Site, holder: Holder, handed: Handed, handover_id: UUID) -> dict[str, Any]:
    private = {name: getattr(handed, name) for name in ("words", "contact")}
    sealed = {
        name: await site.vault.seal(handover_id, text) if text else ""
        for name, text in private.items()
    }
    whole = handed.model_dump(exclude={"number"})
    matter = [handed.area, handed.title, handed.place, handed.words, day(clock.now()).year]
    return {
        **handed.model_dump(),
        **sealed,
        "agency_id": holder.agency_id,
        "agency": holder.name,
        "content": await _mark(site, whole),
        "matter": await _mark(site, [_plain(one) for one in matter]),
        "same_as": None,
    }


async def _ask(site: Site, holder: Holder, handover_id: UUID, data: dict[str, Any]) -> int:
    """Where it stands. What another handed over first is handed over as the same."""
    command_id = uuid5(handover_id, data["content"])
    for _ in range(LOOKS_MAX):
        told = orjson.loads(orjson.dumps(data))
        try:
            answer = await site.asker.ask(
                "exchange", "HandOver", told, holder.actor, command_id, log.correlation()
            )
        except Refused as no:
            if (no.code, no.facts.get("scope")) != (TAKEN, MATTER):
                raise
            data["same_as"] = await _first(site, holder, data["matter"])
            await pause(0 if data["same_as"] else LOOK_S)
        else:
            position: int = answer["position"]
            return position
    raise Unavailable("away", view="handovers")


async def _first(site: Site, holder: Holder, matter: str) -> str | None:
    asked = {"matter": matter}
    found = await site.asker.question(
        "exchange", "SameMatter", asked, holder.actor, log.correlation()
    )
    return next((row["handover_id"] for row in found["rows"]), None)


async def _kept(site: Site, holder: Holder, handover_id: UUID) -> str | None:
    """As which it is kept, where it came before under this very number."""
    asked = {"handover_id": str(handover_id)}
    found = await site.asker.question(
        "exchange", "HandoverById", asked, holder.actor, log.correlation()
    )
    return next((row["same_as"] for row in found["rows"]), None)


async def _mark(site: Site, value: object) -> str:
    """Always the same for the same; who has not the vault's key learns nothing from it."""
    said = orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    return await site.vault.token(MARKS, said)


def _plain(value: object) -> str:
    """A text as it is compared: spaces, widths and capitals make no other matter of it."""
    return "".join(unicodedata.normalize("NFKC", str(value)).casefold().split())
