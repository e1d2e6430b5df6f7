"""The public API: the same commands as everybody's, in JSON, with problem details for a no."""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any
from uuid import UUID

import orjson
from starlette.requests import Request
from starlette.responses import Response

from services.portal.edge.filling import BODY_MAX
from services.portal.edge.gate import as_no, in_time
from services.portal.edge.matters.units import must_be_registered
from services.portal.edge.site import Site
from services.portal.edge.who import Person, recognise
from services.portal.pages.schemas import fields
from shared.kernel.errors import Forbidden, Invalid
from shared.runtime import clock, log
from shared.runtime.problems import problem

PROBLEM = "application/problem+json"
NOBODY = "unknown-session"

Endpoint = Callable[[Request], Awaitable[Response]]
Answer = Callable[[Site, Request], Coroutine[Any, Any, Any]]


def api(site: Site, answer: Answer) -> Endpoint:
    """An endpoint that answers in JSON, and with a problem detail where the answer is no."""

    async def endpoint(request: Request) -> Response:
        try:
            return _json(await in_time(answer(site, request)))
        except Exception as error:
            told = problem(as_no(error))
            if told["code"] == NOBODY:
                told["status"] = 401
            return _json(told, told["status"], PROBLEM)

    return endpoint


async def open_session(site: Site, request: Request) -> dict[str, str]:
    """POST /api/v1/sessions {"login", "password"}: the token to send as `Authorization: Bearer`."""
    asked = await _body(request)
    try:
        login, password = str(asked["login"]), str(asked["password"])
    except KeyError as missing:
        raise Invalid("invalid", field=str(missing.args[0])) from missing
    return {"token": await site.door.enter(login.lower(), password)}


async def ask(site: Site, request: Request) -> Any:
    """POST /api/v1/<service>/<Command>. `Idempotency-Key`: a UUID, the same for a retry."""
    person = await _person(site, request)
    service, command = request.path_params["service"], request.path_params["command"]
    entry = site.catalogue.command(service, command)
    data = await _body(request)
    command_id = _uuid(request.headers.get("Idempotency-Key"))
    for name, schema in fields(entry["schema"]).items():
        if schema.get("sealed") and isinstance(data.get(name), str) and data[name]:
            data[name] = await site.vault.seal(command_id, data[name])
    area = person.actor.area
    await must_be_registered(site, command, data, area, site.charter(area))
    return await site.asker.ask(
        service,
        command,
        data,
        person.actor,
        command_id,
        log.correlation(),
        revision=_revision(request.headers.get("If-Match")),
    )


async def catalogue(site: Site, request: Request) -> Any:
    """GET /api/v1: every command with its schema."""
    await _person(site, request)
    return {"commands": site.catalogue.everything()}


async def _person(site: Site, request: Request) -> Person:
    """Who holds the token. Cookies don't count here, so no other site can ask in anybody's name."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    person = await recognise(site, token) if scheme.lower() == "bearer" and token else None
    if person is None:
        raise Forbidden(NOBODY)
    if person.current is None:
        raise Forbidden("no-appointment")
    return person


async def _body(request: Request) -> dict[str, Any]:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_MAX:
            raise Invalid("too-large", limit=BODY_MAX)
    try:
        data = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Invalid("malformed", reason=str(error)) from error
    if not isinstance(data, dict):
        raise Invalid("malformed", reason="an object is needed")
    return data


def _uuid(key: str | None) -> UUID:
    try:
        return UUID(key) if key else clock.new_id()
    except ValueError as error:
        raise Invalid("malformed", header="Idempotency-Key", reason=str(error)) from error


def _revision(etag: str | None) -> int | None:
    if etag is None:
        return None
    digits = etag.strip('"')
    if not digits.isdecimal():
        raise Invalid("malformed", header="If-Match", reason="a revision is a number")
    return int(digits)


def _json(value: Any, status: int = 200, media_type: str = "application/json") -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(orjson.dumps(value, default=str), status, headers, media_type)
