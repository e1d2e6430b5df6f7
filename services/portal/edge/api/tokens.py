"""The page of tokens: what programs may do in my name, until when, and ending it."""

from collections import defaultdict
from datetime import timedelta
from typing import Any, get_args
from uuid import UUID

from starlette.responses import Response

from services.portal.edge.gate import as_no, say
from services.portal.edge.people import newcomers
from services.portal.edge.visit import Visit, go_to
from services.portal.edge.who import Person
from services.portal.words import Scope
from shared.kernel.errors import Invalid, No
from shared.runtime import clock
from shared.runtime.asker import Answer

PAGE = "/tokens"
USUAL = timedelta(days=90)
NAME_MAX = 40


async def show_tokens(visit: Visit) -> Response:
    """My tokens, and a form for another one."""
    return await _page(visit)


async def make_token(visit: Visit) -> Response:
    """Make a token, and show it this once."""
    person, token_id = visit.person, _token_id(visit)
    try:
        answer = await _ask(visit, "MakeToken", await _data(visit, token_id))
        token = await visit.site.keys.make(token_id, person.account_id)
    except Exception as error:
        return await _page(visit, as_no(error))
    await visit.site.people.wait("portal", answer["position"])
    return await _page(visit, token=token)


async def revoke_token(visit: Visit) -> Response:
    """Let a program in no more, from this moment on."""
    token_id, person = visit.id("token_id"), visit.person
    seen = await visit.site.keys.seen(person.account_id)
    data = {"account_id": str(person.account_id), "token_id": str(token_id)}
    answer = await _ask(visit, "RevokeToken", data)
    if token_id in seen:
        await visit.site.keys.drop(token_id)
    return go_to(f"{PAGE}?after=portal:{answer['position']}")


async def _page(visit: Visit, no: No | None = None, token: str = "") -> Response:
    site, person = visit.site, visit.person
    behind = await visit.behind(site.people)
    rows = await site.people.ask("tokens of account", account_id=person.account_id)
    names = await site.vault.unseal(row["name"] for row in rows)
    seen = await site.keys.seen(person.account_id)
    return visit.page(
        "api/tokens.html",
        no.status if no else 200,
        behind=behind,
        held=person.appointments,
        current=person.current,
        scopes=get_args(Scope),
        token=token,
        tokens=[_told(visit, row, names, seen) for row in rows],
        typed=defaultdict(str, {} if token else visit.filled),
        usual=clock.today() + USUAL,
        name_max=NAME_MAX,
        sentence=say(site, no, _titles(visit)) if no else None,
    )


def _told(visit: Visit, row: Any, names: Any, seen: Any) -> dict[str, Any]:
    return {
        **row,
        "name": names.get(row["name"]),
        "seen_at": seen.get(row["token_id"]),
        "over": row["until"] < visit.today,
    }


async def _data(visit: Visit, token_id: UUID) -> dict[str, str]:
    """What is asked for. Raises Invalid."""
    person, name = visit.person, visit.typed("name")
    if not 0 < len(name) <= NAME_MAX:
        code = "string-too-long" if name else "missing"
        raise Invalid("invalid", errors=[{"field": "name", "code": code}])
    return {
        "account_id": str(person.account_id),
        "token_id": str(token_id),
        "appointment_id": visit.typed("appointment_id"),
        "name": await visit.site.vault.seal(person.account_id, name),
        "scope": visit.typed("scope"),
        "until": visit.typed("until"),
    }


async def _ask(visit: Visit, command: str, data: dict[str, str]) -> Answer:
    person: Person = visit.person
    return await newcomers.ask(visit.site.asker, person.actor, command, data)


def _token_id(visit: Visit) -> UUID:
    """The form's own id: sent twice it makes one token, which is shown but once."""
    try:
        token_id = UUID(visit.typed("token_id"))
    except ValueError as error:
        raise Invalid("malformed", field="token_id") from error
    return token_id


def _titles(visit: Visit) -> dict[str, str]:
    told = visit.site.pages.texts.tokens
    return {one: told[one] for one in ("name", "appointment_id", "scope", "until")}
