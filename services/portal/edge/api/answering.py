"""How the API answers: JSON with an ETag, or a problem detail in the language of who asks."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from services.portal.edge.api.bearer import NOBODY, Bearer, Wanted, bearer, token_in
from services.portal.edge.api.meter import Left, Meter, TooOften
from services.portal.edge.filling import BODY_MAX
from services.portal.edge.gate import as_no, in_time, say
from services.portal.edge.site import Site
from services.portal.edge.who import Person
from services.portal.pages.languages import language_of
from shared.kernel.errors import Invalid, No, Unavailable
from shared.runtime import clock
from shared.runtime.problems import problem

JSON, PROBLEM = "application/json", "application/problem+json"
AGAIN_S = 3
STATUS = {NOBODY: 401, "rate-limited": 429}
"""Of codes whose status is none of the five."""

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass
class Call:
    """One request of a program, and what is to be said of it in the headers of the answer."""

    site: Site
    request: Request
    meter: Meter
    headers: dict[str, str] = field(default_factory=dict)

    async def bearer(self, wanted: Wanted) -> Bearer:
        """Who asks. Raises Forbidden, TooOften."""
        token = token_in(self.request)
        found = await bearer(self.site, token)
        found.must(wanted)
        self.note(self.meter.count(token, clock.now()))
        return found

    async def person(self) -> Person:
        """Who asks for a command. Raises as `bearer`."""
        return (await self.bearer("ask")).person

    def note(self, left: Left) -> None:
        """Say how much is left."""
        self.headers |= left.headers

    async def raw(self) -> bytes:
        """What was sent. Raises Invalid."""
        body = b""
        async for chunk in self.request.stream():
            body += chunk
            if len(body) > BODY_MAX:
                raise Invalid("too-large", limit=BODY_MAX)
        return body

    async def body(self) -> dict[str, Any]:
        """The JSON object that was sent. Raises Invalid."""
        try:
            data = orjson.loads(await self.raw())
        except orjson.JSONDecodeError as error:
            raise Invalid("malformed", reason=str(error)) from error
        if not isinstance(data, dict):
            raise Invalid("malformed", reason="an object is needed")
        return data


Answer = Callable[[Call], Coroutine[Any, Any, Response]]


def api(site: Site, meter: Meter, answer: Answer) -> Endpoint:
    """An endpoint that answers as `answer` does, and with a problem detail where that is no."""

    async def endpoint(request: Request) -> Response:
        call = Call(site, request, meter)
        try:
            response = await in_time(answer(call))
        except ClientDisconnect:
            raise
        except Exception as error:
            response = _refused(call, as_no(error))
        response.headers.update(call.headers)
        return response

    return endpoint


def told(
    value: Any, status: int = 200, cache: str = "no-store", more: Mapping[str, str] | None = None
) -> Response:
    """An answer in JSON."""
    headers = {"Cache-Control": cache, **(more or {})}
    return Response(orjson.dumps(value, default=str), status, headers, JSON)


def tagged(request: Request, body: bytes, media_type: str = JSON) -> Response:
    """The answer, or that it is still the one that is known. For this reader alone."""
    etag = f'W/"{sha256(body).hexdigest()[:24]}"'  # Weak: it may be packed on its way.
    headers = {
        "ETag": etag,
        "Cache-Control": "private, no-cache",
        "Vary": "Authorization, Accept-Encoding",
    }
    known = [one.strip() for one in request.headers.get("If-None-Match", "").split(",")]
    if etag in known or etag.removeprefix("W/") in known or known == ["*"]:
        return Response(status_code=304, headers=headers)
    return Response(body, 200, headers, media_type)


def _refused(call: Call, no: No) -> Response:
    """A no, in the words of the catalogue."""
    language = language_of(call.request.headers.get("Accept-Language", ""))
    status = STATUS.get(no.code, no.status)
    said = {**problem(no), "status": status, **_words(call.site, language, no, status)}
    headers = {"Cache-Control": "no-store", "Content-Language": language}
    if status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="tongxin"'
    if isinstance(no, TooOften):
        call.note(no.left)
        headers["Retry-After"] = str(no.left.seconds)
    elif isinstance(no, Unavailable):
        headers["Retry-After"] = str(AGAIN_S)
    return Response(orjson.dumps(said, default=str), status, headers, PROBLEM)


def _words(site: Site, language: str, no: No, status: int) -> dict[str, str]:
    speaking = site.speaking(language)
    sentence = say(speaking, no)
    title = speaking.pages.texts.refusals.statuses[str(status)]
    return {"title": title, "detail": sentence.what, "next": sentence.next}
