"""Everybody who listens in this process: asked about together, told one after another.

However many pages are open, a change costs three questions. Whoever hears of it reads a page again,
so listeners of the same change are told in turn, TOLD_PER_S of them a second, and whatever changes
meanwhile is told with it. Nothing is kept for anybody but the last mark, so nobody who is slow
holds up anything.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from services.portal.edge.marks import Watched, level, marks
from services.portal.edge.site import Site
from services.portal.projections.board import BOARD
from shared.kernel.errors import No, Unavailable
from shared.runtime import log
from shared.runtime.postgres import AWAY

PAUSE_S = 0.5
QUIET_S = 15.0
TOLD_PER_S = 100
LISTENERS_MAX = 4000

_log = log.logger()


@dataclass
class Heard:
    """What is known of one thing that is listened to."""

    mark: str = ""
    listeners: int = 0
    moved: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, mark: str) -> None:
        """Note the mark; wake those who wait for another than they know."""
        if mark != self.mark:
            self.mark = mark
            self.wake()

    def wake(self) -> None:
        """Let everybody look."""
        self.moved.set()
        self.moved = asyncio.Event()


class Listeners:
    """Who listens to what. One task looks for all of them, as long as there is anybody."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._heard: dict[Watched, Heard] = {}
        self._looking: asyncio.Task[None] | None = None
        self._next_turn = 0.0

    @property
    def count(self) -> int:
        """How many listen now."""
        return sum(one.listeners for one in self._heard.values())

    @asynccontextmanager
    async def listen(self, watched: Watched) -> AsyncIterator[Heard]:
        """What is heard of something, with its mark of now. Raises Unavailable, and as AWAY."""
        if self.count >= LISTENERS_MAX:
            raise Unavailable("away")
        heard = self._heard.setdefault(watched, Heard())
        heard.listeners += 1
        try:
            if not heard.mark:
                mark = (await marks(self._site, [watched]))[watched]
                heard.mark = heard.mark or mark
            if self._looking is None or self._looking.done():
                self._looking = asyncio.create_task(self._look())
            yield heard
        finally:
            heard.listeners -= 1
            if not heard.listeners:
                self._heard.pop(watched, None)

    async def turn(self) -> None:
        """Wait until it is one's turn to be told."""
        now = asyncio.get_running_loop().time()
        mine = max(now, self._next_turn)
        self._next_turn = mine + 1 / TOLD_PER_S
        if mine > now:
            await asyncio.sleep(mine - now)

    async def _look(self) -> None:
        """As often as views move, though not more often than every PAUSE_S, as long as needed."""
        views = self._site.views[BOARD], self._site.story
        while self._heard and not self._site.stopping.is_set():
            moves = [asyncio.create_task(view.moved()) for view in views]
            moves.append(asyncio.create_task(self._stopped()))
            try:
                await self._ask()
                await asyncio.sleep(PAUSE_S)
                await asyncio.wait(moves, timeout=QUIET_S, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in moves:
                    task.cancel()
        for heard in self._heard.values():
            heard.wake()

    async def _ask(self) -> None:
        try:
            found = await marks(self._site, list(self._heard))
            fresh = {one for one in found if self._differs(one, found[one])}
            if fresh:
                await level(self._site, (self._site.views[BOARD], self._site.story))
        except (*AWAY, No) as away:
            _log.warning("open pages are not told", reason=repr(away))
            return
        for one in fresh:
            if one in self._heard:
                self._heard[one].tell(found[one])

    def _differs(self, watched: Watched, mark: str) -> bool:
        heard = self._heard.get(watched)
        return heard is not None and heard.mark != mark

    async def _stopped(self) -> None:
        with suppress(asyncio.CancelledError):
            await self._site.stopping.wait()
