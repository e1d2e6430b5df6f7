"""Commands of the public API: the same as everybody's, asked in JSON."""

from typing import Any
from uuid import UUID

import orjson
from starlette.responses import Response

from services.portal.edge.api.answering import Call, tagged, told
from services.portal.edge.matters.units import must_be_registered
from services.portal.pages.schemas import fields
from shared.kernel.errors import Forbidden, Invalid
from shared.runtime import clock, log

BY_PAGE = frozenset({"MakeToken"})
"""What only a person at a page may ask: a token that makes tokens could never be taken back."""


async def open_session(call: Call) -> Response:
    """POST /api/v1/sessions {"login", "password"}: the token to send as `Authorization: Bearer`."""
    asked = await call.body()
    try:
        login, password = str(asked["login"]), str(asked["password"])
    except KeyError as missing:
        raise Invalid("invalid", errors=[_missing(str(missing.args[0]))]) from missing
    return told({"token": await call.site.door.enter(login.lower(), password)})


async def ask(call: Call) -> Response:
    """POST /api/v1/<service>/<Command>. `Idempotency-Key`: a UUID, the same for a retry."""
    site, request, person = call.site, call.request, await call.person()
    service, command = request.path_params["service"], request.path_params["command"]
    entry = site.catalogue.command(service, command)
    if command in BY_PAGE:
        raise Forbidden("by-page-only")
    data = await call.body()
    command_id = await _once(call, person.account_id, (service, command, data))
    for name, schema in fields(entry["schema"]).items():
        if schema.get("sealed") and isinstance(data.get(name), str) and data[name]:
            data[name] = await site.vault.seal(command_id, data[name])
    area = person.actor.area
    await must_be_registered(site, command, data, area, site.charter(area))
    answer = await site.asker.ask(
        service,
        command,
        data,
        person.actor,
        command_id,
        log.correlation(),
        revision=_revision(request.headers.get("If-Match")),
    )
    return told(answer, more={"ETag": f'"{answer["revision"]}"'})


async def catalogue(call: Call) -> Response:
    """GET /api/v1: every command with its schema."""
    await call.bearer("read")
    return tagged(call.request, orjson.dumps({"commands": call.site.catalogue.everything()}))


async def _once(call: Call, account_id: UUID, asked: tuple[str, str, Any]) -> UUID:
    """The id of a command: the key it came with, which is good for this command alone."""
    key = call.request.headers.get("Idempotency-Key")
    if not key:
        return clock.new_id()
    try:
        command_id = UUID(key)
    except ValueError as error:
        raise Invalid("malformed", header="Idempotency-Key", reason=str(error)) from error
    body = orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)
    await call.site.keys.once(command_id, account_id, body)
    return command_id


def _revision(etag: str | None) -> int | None:
    if etag is None:
        return None
    digits = etag.strip('"')
    if not digits.isdecimal():
        raise Invalid("malformed", header="If-Match", reason="a revision is a number")
    return int(digits)


def _missing(field: str) -> dict[str, str]:
    return {"field": field, "code": "missing", "detail": "Field required"}
