"""Ways to the portal that can be cut, as a network is."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

CHUNK = 65_536


@dataclass
class Road:
    """The way to the portal, which can be cut: what asks then finds nobody."""

    port: int
    to: tuple[str, int]
    server: asyncio.Server | None = None
    carried: set[asyncio.Task[None]] = field(default_factory=set)

    async def open(self) -> None:
        """Let everybody through."""
        self.server = await asyncio.start_server(self._let_in, "127.0.0.1", self.port)
        self.port = self.server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """Let nobody through any more."""
        assert self.server
        self.server.close()
        for task in self.carried:
            task.cancel()
        await asyncio.gather(*self.carried, return_exceptions=True)
        await self.server.wait_closed()

    def _let_in(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._carry(near, back))
        self.carried.add(task)
        task.add_done_callback(self.carried.discard)

    async def _carry(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        ends = [back]
        try:
            far, forth = await asyncio.open_connection(*self.to)
            ends.append(forth)
            await asyncio.gather(_pump(near, forth), _pump(far, back))
        finally:
            for one in ends:
                one.close()
                with suppress(ConnectionError, OSError):
                    await one.wait_closed()


async def _pump(source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
    try:
        while chunk := await source.read(CHUNK):
            to.write(chunk)
            await to.drain()
        to.write_eof()
    except (ConnectionError, OSError, RuntimeError):
        return
