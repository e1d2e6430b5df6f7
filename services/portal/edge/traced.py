"""Every request is the first step of what it leads to: all of that has its correlation."""

from starlette.types import ASGIApp, Receive, Scope, Send

from shared.runtime import clock, log, telemetry

BALLOT_BOX = "/ballot"
"""Of who comes here nothing is kept."""


class Traced:
    """Gives each request a correlation, and keeps its span."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through."""
        if scope["type"] != "http" or scope["path"] == BALLOT_BOX:
            await self._app(scope, receive, send)
            return
        correlation = clock.new_id()
        name = f"{scope['method']} {scope['path']}"
        with log.about(correlation), telemetry.span(name, correlation, correlation):
            await self._app(scope, receive, send)
