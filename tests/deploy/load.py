"""A load for tests: commands and pages asked by many at once, each tried again once."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import httpx

from deploy.tongxin.home import read_json
from shared.kernel.errors import Unavailable
from shared.runtime.asker import Asker
from shared.runtime.jetstream import connect
from tests.platform import Platform, people

WORKERS = 4
PAUSE_S = 0.05
PATIENCE_S = 240


@dataclass
class Load:
    """What was asked so far, and what came of it."""

    commands: list[UUID] = field(default_factory=list)
    pages: int = 0
    again: int = 0
    failed: list[str] = field(default_factory=list)
    moved: asyncio.Event = field(default_factory=asyncio.Event)

    async def goes_on(self, many: int = 40) -> None:
        """Wait until so much more was done, of each kind."""
        commands, pages = len(self.commands) + many, self.pages + many
        async with asyncio.timeout(PATIENCE_S):
            while len(self.commands) < commands or self.pages < pages:
                await self.moved.wait()
                self.moved.clear()


@asynccontextmanager
async def loaded(platform: Platform) -> AsyncIterator[Load]:
    """The platform under load for as long as the block runs."""
    load = Load()
    client = await connect(platform.servers.login("portal"), "load")
    url = read_json(platform.home.run_file)["url"]
    async with httpx.AsyncClient(trust_env=False, timeout=20) as browser:
        asker = Asker(client)
        workers = [
            asyncio.create_task(worker)
            for _ in range(WORKERS)
            for worker in (_commands(load, asker), _pages(load, browser, url))
        ]
        try:
            yield load
        finally:
            for one in workers:
                one.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
            await client.close()


async def _commands(load: Load, asker: Asker) -> None:
    while True:
        command_id = uuid4()
        if await _twice(load, lambda one=command_id: _submit(asker, one), Unavailable):
            load.commands.append(command_id)
            load.moved.set()
        await asyncio.sleep(PAUSE_S)


async def _submit(asker: Asker, command_id: UUID) -> None:
    lead = {
        "lead_id": str(command_id),
        "area": "511623100013",
        "title": "路灯不亮",
        "origin": "resident",
    }
    me = people()["resident"]
    await asker.ask("topics", "SubmitLead", lead, me, command_id, command_id)


async def _pages(load: Load, browser: httpx.AsyncClient, url: str) -> None:
    while True:
        if await _twice(load, lambda: _look(browser, url), httpx.HTTPError):
            load.pages += 1
            load.moved.set()
        await asyncio.sleep(PAUSE_S)


async def _look(browser: httpx.AsyncClient, url: str) -> None:
    (await browser.get(f"{url}/places/511623000000")).raise_for_status()


async def _twice(load: Load, ask: Callable[[], Awaitable[None]], away: type[Exception]) -> bool:
    with suppress(away):
        await ask()
        return True
    load.again += 1
    try:
        await ask()
    except Exception as error:
        load.failed.append(repr(error))
        return False
    return True
