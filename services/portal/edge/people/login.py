"""Coming in, going out, and acting under another appointment."""

import json
from typing import Any
from uuid import UUID

from starlette.responses import Response

from services.portal.edge.door import SESSION_MAX
from services.portal.edge.filling import collect
from services.portal.edge.gate import say
from services.portal.edge.giving_back import resume
from services.portal.edge.visit import Visit, go_to, local
from services.portal.edge.who import SESSION_COOKIE, Person, recognise
from shared.kernel.errors import Invalid, Refused

LOGIN_MAX = 64


async def show_login(visit: Visit) -> Response:
    """The form; who is in already goes on."""
    if isinstance(visit.who, Person):
        return go_to(local(visit.query("next")))
    told = "needed" if visit.query("next") else ""
    return visit.page("login.html", next=local(visit.query("next")), carry="", told=told)


async def log_in(visit: Visit) -> Response:
    """Come in, and go on where one was; what an expired session had in hand is still there."""
    next_, carry = local(visit.typed("next")), visit.typed("carry")
    login = visit.typed("login")[:LOGIN_MAX].lower()
    password = str(visit.filled.get("password", ""))
    try:
        token = await visit.site.door.enter(login, password)
    except Refused as no:
        sentence = say(visit.site, no)
        return visit.page(
            "login.html", no.status, next=next_, carry=carry, sentence=sentence, login=login
        )
    response = await _go_on(visit, token, carry) if carry else go_to(next_)
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=int(SESSION_MAX.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=visit.request.url.scheme == "https",
        path="/",
    )
    return response


async def log_out(visit: Visit) -> Response:
    """End this session."""
    await visit.site.door.leave(visit.person.token)
    response = go_to("/login")
    response.delete_cookie(SESSION_COOKIE, path="/")
    return response


async def act_as(visit: Visit) -> Response:
    """Go on under another of the own appointments."""
    held = {str(one.appointment_id) for one in visit.person.appointments}
    chosen = visit.typed("appointment_id")
    if chosen in held:
        await visit.site.door.act_as(visit.person.token, UUID(chosen))
    return go_to("/")


async def _go_on(visit: Visit, token: str, carry: str) -> Response:
    person = await recognise(visit.site, token)
    assert person
    try:
        carried: dict[str, Any] = json.loads(carry)
        to, filled = local(carried["to"]), collect((name, one) for name, one in carried["filled"])
    except (ValueError, KeyError, TypeError) as error:
        raise Invalid("malformed", reason=str(error)) from error
    return resume(Visit(visit.site, visit.request, person, {}), to, filled, told="resume")
