"""The page of operators: who may enter, as what, and with a new password."""

from collections import defaultdict
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from starlette.responses import Response

from services.portal.edge.gate import as_no, say
from services.portal.edge.passwords import LENGTH_MIN, is_weak
from services.portal.edge.people import newcomers
from services.portal.edge.people.finding import STATES, find
from services.portal.edge.visit import Visit, go_to
from services.portal.pages.schemas import fields, values
from services.portal.words import OPERATOR
from shared.kernel.errors import Forbidden, Missing, No, Refused
from shared.runtime.asker import Answer


async def show_accounts(visit: Visit) -> Response:
    """The accounts of the own area, as they are looked for."""
    return await _page(visit, told=visit.query("told"))


async def open_account(visit: Visit) -> Response:
    """Let somebody in, with a first password."""
    operator = _operator(visit)
    site = visit.site
    login, area = visit.typed("login").lower(), visit.typed("area")
    password = str(visit.filled.get("password", ""))
    if is_weak(password):
        return await _page(visit, Refused("weak-password", least=LENGTH_MIN))
    try:
        answer = await newcomers.open_account(
            site.asker, site.vault, operator, login, visit.typed("name"), area
        )
        await site.door.set_password(newcomers.account_of(login), login, password)
    except Exception as error:
        return await _page(visit, as_no(error))
    return _done(answer, login, "opened")


async def grant(visit: Visit) -> Response:
    """Appoint somebody."""
    operator, account = _operator(visit), await _account(visit)
    try:
        answer = await newcomers.grant(
            visit.site.asker,
            operator,
            account["account_id"],
            (visit.typed("role"), visit.typed("within"), visit.typed("unit")),
            (visit.typed("since"), visit.typed("until")),
        )
    except Exception as error:
        return await _page(visit, as_no(error), who=account["login"])
    return _done(answer, account["login"])


async def revoke(visit: Visit) -> Response:
    """End somebody's appointment."""
    operator, account = _operator(visit), await _account(visit)
    try:
        appointment = UUID(visit.typed("appointment_id"))
    except ValueError as error:
        raise Missing("no-such-page") from error
    answer = await newcomers.revoke(visit.site.asker, operator, account["account_id"], appointment)
    return _done(answer, account["login"])


async def set_password(visit: Visit) -> Response:
    """Set a new password; whoever is logged in under the account has to log in again."""
    _operator(visit)
    account = await _account(visit)
    if account["closed"]:
        return await _page(visit, Refused("account-closed"))
    try:
        await visit.site.door.set_password(
            account["account_id"], account["login"], str(visit.filled.get("password", ""))
        )
    except Refused as no:
        return await _page(visit, no, who=account["login"])
    return go_to("/accounts?" + urlencode({"told": "password_set", "who": account["login"]}))


async def _page(visit: Visit, no: No | None = None, told: str = "", who: str = "") -> Response:
    roles, site = roles_of(visit), visit.site
    behind = await visit.behind(site.people)
    return visit.page(
        "accounts.html",
        no.status if no else 200,
        behind=behind,
        found=await find(visit, roles, who),
        states=STATES,
        number=visit.page_number,
        roles=roles,
        told=told if told in ("opened", "password_set") else "",
        typed=defaultdict(str, visit.filled),
        sentence=say(site, no, _titles(visit)) if no else None,
    )


def roles_of(visit: Visit) -> list[str]:
    """The roles there are, for operators. Raises Forbidden."""
    _operator(visit)
    schema = fields(visit.site.catalogue.command("portal", "GrantAppointment")["schema"])
    return values(schema["role"])


async def _account(visit: Visit) -> Any:
    """The account that the address names. Raises Missing, or Forbidden outside the own area."""
    account_id = visit.id("account_id")
    _operator(visit)
    for row in await visit.site.people.ask("named", account_ids=[account_id]):
        visit.person.must_hold(row["area"])
        return row
    raise Missing("unknown-account", account_id=account_id)


def _operator(visit: Visit) -> Any:
    actor = visit.person.actor
    if actor.role != OPERATOR:
        raise Forbidden("wrong-role", role=actor.role, needed=[OPERATOR])
    return actor


def _done(answer: Answer, login: str, told: str = "") -> Response:
    """Back to the account that it was about."""
    after = f"portal:{answer['position']}"
    return go_to("/accounts?" + urlencode({"after": after, "told": told, "who": login}))


def _titles(visit: Visit) -> dict[str, str]:
    texts = visit.site.pages.texts.accounts
    return {
        name: texts[name]
        for name in ("login", "name", "area", "role", "within", "unit", "since", "until")
    }
