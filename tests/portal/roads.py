"""Ways to the portal that can be cut, as a network is."""

import asyncio
from dataclasses import dataclass

CHUNK = 65_536


@dataclass
class Road:
    """The way to the portal, which can be cut: what asks then finds nobody."""

    port: int
    to: tuple[str, int]
    server: asyncio.Server | None = None

    async def open(self) -> None:
        """Let everybody through."""
        self.server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """Let nobody through any more."""
        assert self.server
        self.server.close()
        self.server.close_clients()
        await self.server.wait_closed()

    async def _carry(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        far, forth = await asyncio.open_connection(*self.to)
        try:
            await asyncio.gather(_pump(near, forth), _pump(far, back))
        finally:
            forth.close()
            back.close()


async def _pump(source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
    try:
        while chunk := await source.read(CHUNK):
            to.write(chunk)
            await to.drain()
        to.write_eof()
    except (ConnectionError, OSError, RuntimeError):
        return
