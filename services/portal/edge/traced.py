"""Every request is the first step of what it leads to: all of that has its correlation."""

from collections.abc import Mapping
from time import perf_counter

from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.runtime import clock, log, telemetry

BALLOT_BOX = "/ballot"
"""Of who comes here nothing is kept."""
METHODS = frozenset({"GET", "HEAD", "POST"})


class Traced:
    """Gives each request a correlation, keeps its span, and counts it by what answered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._pages: dict[object, str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through."""
        if scope["type"] != "http" or scope["path"] == BALLOT_BOX:
            await self._app(scope, receive, send)
            return
        correlation = clock.new_id()
        name = f"{scope['method']} {scope['path']}"
        answering = _Answering(scope, send, self._known(scope))
        with log.about(correlation), telemetry.span(name, correlation, correlation):
            await self._app(scope, receive, answering)

    def _known(self, scope: Scope) -> Mapping[object, str]:
        """The address of each page as a pattern, by what answers it: not as many as there are."""
        if not self._pages:
            for route in scope["app"].routes:
                answers = route.app if isinstance(route, Mount) else route.endpoint
                self._pages[answers] = route.path
        return self._pages


class _Answering:
    """Measures until an answer begins: an open page is told of changes for hours."""

    def __init__(self, scope: Scope, send: Send, pages: Mapping[object, str]) -> None:
        self._scope = scope
        self._pages = pages
        self._send = send
        self._began = perf_counter()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            method = self._scope["method"] if self._scope["method"] in METHODS else "other"
            page = self._pages.get(self._scope.get("endpoint"), "none")
            measured = telemetry.HTTP_SECONDS.labels(method, page, str(message["status"]))
            measured.observe(perf_counter() - self._began)
        await self._send(message)
