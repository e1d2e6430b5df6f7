"""What is asked about an area and not about one matter: forms of the registers, each by itself."""

from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from starlette.responses import Response

from services.portal.edge.boards.registry import RESTRICTED
from services.portal.edge.matters.doing import Doing, do, fixed_of, show_form
from services.portal.edge.matters.matters import may_ask
from services.portal.edge.matters.units import units_by_id
from services.portal.edge.visit import Visit
from services.portal.pages.sheets import LOCAL
from shared.kernel.areas import county, level
from shared.kernel.errors import Forbidden, Invalid, Missing
from shared.runtime import clock
from shared.runtime.charter import DEFAULT, Charter
from shared.runtime.draft import has

ASKED = {
    "RegisterUnit": ("outcomes", "unit-register"),
    "RenameUnit": ("outcomes", "unit-register"),
    "RetireUnit": ("outcomes", "unit-register"),
    "RecordDeviation": ("topics", "deviations"),
    "DraftCharter": ("topics", "charter-registry"),
    "AcceptCharterText": ("topics", "charter-registry"),
}
"""The service that is asked, and the page on which the answer shows."""


async def show_act(visit: Visit) -> Response:
    """The empty form."""
    return show_form(visit, await _doing(visit))


async def act(visit: Visit) -> Response:
    """Ask, and go to the register."""
    return await do(visit, await _doing(visit))


def button(visit: Visit, command: str, code: str) -> str:
    """What the button is called that asks a command here; nothing where there is none for them."""
    if not command or visit.as_of or level(code) not in LOCAL:
        return ""
    if not may_ask(visit, ASKED[command][0], command):
        return ""
    label: str = visit.site.catalogue.command(ASKED[command][0], command)["label"]
    return label


async def _doing(visit: Visit) -> Doing:
    """Raises Missing or Forbidden."""
    site, code, command = visit.site, visit.path("code"), visit.path("command")
    if command not in ASKED or code not in site.areas:
        raise Missing("no-such-page")
    visit.person.must_hold(code)
    service, back = ASKED[command]
    roles, role = site.catalogue.roles(service, command), visit.person.actor.role
    if role not in roles:
        raise Forbidden("wrong-role", role=role, needed=sorted(roles))
    sent = fixed_of(visit.typed("fixed"))
    charter = _charter(visit, code, sent.get("charter") or visit.query("charter"))
    names = await _names(visit, command, code)
    return Doing(
        service=service,
        command=command,
        charter=charter,
        back=f"/areas/{code}/{back}",
        fixed=sent or _fixed(visit, command, code, charter),
        choices={
            "RecordDeviation": {"key": [key for key in names if has(charter.tables, key)]},
            "RetireUnit": {"successor": sorted(names, key=names.__getitem__)},
        }.get(command, {}),
        words=names,
    )


async def _names(visit: Visit, command: str, code: str) -> dict[str, str]:
    """What the values of the form are called: rules by their keys, units by their ids."""
    if command != "RetireUnit":
        told = visit.site.pages.texts.words.charter_keys
        return {key: told[key] for key in told.names() if not key.startswith(RESTRICTED)}
    return await units_by_id(visit.site, code)


def _charter(visit: Visit, code: str, named: str) -> Charter:
    """The charter that is named, or else the one in force here. Raises Missing."""
    if named and named not in visit.site.charters.ids():
        raise Missing("no-such-page")
    return visit.site.charters.at(named) if named else visit.site.charter(code)


def _fixed(visit: Visit, command: str, code: str, charter: Charter) -> Mapping[str, Any]:
    match command:
        case "RegisterUnit":
            return {"unit_id": str(_id(visit, "unit_id", new=True)), "area": code}
        case "RenameUnit" | "RetireUnit":
            return {"unit_id": str(_id(visit, "unit_id"))}
    its = {"charter_id": str(stream_of(charter.id, code)), "area": code, "charter": charter.id}
    match command:
        case "RecordDeviation":
            return its | {"topic_id": str(_id(visit, "topic_id"))}
        case "DraftCharter":
            return its | {"digest": charter.digest, "in_force": charter.in_force.isoformat()}
    return its | {"digest": charter.digest}


def stream_of(charter: str, code: str) -> UUID:
    """The stream of a version; under the rules of the province each county has its own."""
    if charter.partition("@")[0] == DEFAULT:
        return uuid5(NAMESPACE_OID, f"charter:{charter}:{county(code)}")
    return uuid5(NAMESPACE_OID, f"charter:{charter}")


def _id(visit: Visit, name: str, *, new: bool = False) -> UUID:
    try:
        return UUID(visit.query(name))
    except ValueError as error:
        if new:
            return clock.new_id()
        raise Invalid("malformed", field=name) from error
