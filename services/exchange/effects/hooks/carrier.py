"""Carries what is due to every target side by side: a slow one holds up nobody but itself.

What is in hand stands in no table. Whoever takes over sends it again, under the same id: each
message arrives at least once, and whoever takes it knows it by its id.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import groupby
from operator import itemgetter
from uuid import UUID

import asyncpg

from services.exchange.effects.hooks import measures
from services.exchange.effects.hooks.book import Book
from services.exchange.effects.hooks.guard import Guard
from services.exchange.effects.hooks.lane import REFILL, Lane
from services.exchange.effects.hooks.messages import TEST, Feed, Message, Told, Wanted
from services.exchange.effects.hooks.settings import HookSettings
from services.exchange.effects.hooks.wire import Wire, trusting
from shared.kernel.errors import No
from shared.runtime import clock
from shared.runtime.log import logger
from shared.runtime.pause import pause
from shared.runtime.postgres import AWAY
from shared.runtime.vault import Vault

log = logger()

LOOK_S = 1.0
AGAIN_S = 5.0
HOUSEKEEPING_S = 15.0
PLAN_MAX = 200
IN_HAND_MAX = 64

Gone = Callable[[UUID], Awaitable[object]]
"""Told of a target that wants no more, ever."""


class Carrier:
    """All targets of the deployment."""

    def __init__(
        self, book: Book, vault: Vault, feed: Feed, settings: HookSettings, gone: Gone
    ) -> None:
        self.under_way: set[asyncio.Task[None]] = set()
        self._book = book
        self._vault = vault
        self._feed = feed
        self._settings = settings
        self._gone = gone
        self._guard = Guard(settings.listed)
        self._tls = trusting(settings.ca_file)
        self._lanes: dict[UUID, Lane] = {}
        self._wake = asyncio.Event()

    async def run(self) -> None:
        """Carry for as long as this replica leads."""
        async with asyncio.TaskGroup() as parts:
            parts.create_task(self._listen(), name="feed")
            parts.create_task(self._keep_house(), name="housekeeping")
            while True:
                self._wake.clear()
                await self._plan()
                await self._send_due()
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_S):
                        await self._wake.wait()

    def wake(self) -> None:
        """There may be something to do."""
        self._wake.set()

    async def close(self, patience_s: float) -> None:
        """Let those that are under way come back, for a while; then let go of all connections."""
        if self.under_way:
            await asyncio.wait(self.under_way, timeout=patience_s)
        for task in self.under_way:
            task.cancel()
        await asyncio.gather(*self.under_way, return_exceptions=True)
        for lane in self._lanes.values():
            await lane.wire.close()

    async def _listen(self) -> None:
        while True:
            await self._feed.moved()
            self.wake()

    async def _keep_house(self) -> None:
        try:
            while True:
                now = clock.now()
                measures.note(await self._book.measures(), now)
                await self._book.sweep(now)
                await pause(HOUSEKEEPING_S)
        finally:
            measures.forget()

    async def _plan(self) -> None:
        """Make messages of facts, some for each target that has room."""
        head = await self._feed.head()
        for target in await self._book.behind(head):
            wanted = Wanted(target["agency_id"], target["areas"], target["kinds"])
            told = await self._feed.after(target["upto"], wanted, PLAN_MAX)
            # What is told meanwhile lies behind the head, and may be among them already.
            last = told[-1].position if told else head
            upto = last if len(told) == PLAN_MAX else max(head, last)
            await self._book.make(target, told, upto, clock.now())
            if len(told) == PLAN_MAX:
                self.wake()

    async def _send_due(self) -> None:
        busy = [one for one, lane in self._lanes.items() if lane.is_busy]
        mine = [message for lane in self._lanes.values() for message in lane.mine]
        rows = await self._book.due(clock.now(), mine, busy, IN_HAND_MAX)
        told = await self._told_of(rows)
        for _, group in groupby(rows, itemgetter("subscription_id")):
            due = list(group)
            lane, secrets = self._lane(due[0]), await self._secrets(due[0])
            for row in due:
                message = _message(row, told.get(row["position"]))
                lane.mine.add(message.message_id)
                task = asyncio.create_task(self._carry(lane, message, secrets, knock=lane.is_down))
                self.under_way.add(task)
                task.add_done_callback(self.under_way.discard)

    async def _told_of(self, rows: list[asyncpg.Record]) -> dict[int, Told]:
        wanted = sorted({row["position"] for row in rows if row["position"]})
        return {one.position: one for one in await self._feed.at(wanted)} if wanted else {}

    def _lane(self, row: asyncpg.Record) -> Lane:
        subscription_id: UUID = row["subscription_id"]
        lane = self._lanes.get(subscription_id)
        if lane is None:
            few, timeout_s = self._settings.in_flight, self._settings.timeout_s
            wire = Wire(row["url"], self._guard, self._tls, in_flight=few, timeout_s=timeout_s)
            lane = Lane(wire, asyncio.Semaphore(few), self._book.schedule.down_after)
            self._lanes[subscription_id] = lane
        if not lane.mine:
            lane.fails = row["fails"]
        return lane

    async def _secrets(self, row: asyncpg.Record) -> list[str]:
        """Those in force, the newest first."""
        sealed = [row["secret"]]
        if row["old_secret"] and row["old_until"] and clock.now() < row["old_until"]:
            sealed.append(row["old_secret"])
        clear = await self._vault.unseal(sealed)
        return [secret for one in sealed if (secret := clear.get(one))]

    async def _carry(
        self, lane: Lane, message: Message, secrets: list[str], *, knock: bool
    ) -> None:
        try:
            await self._deliver(lane, message, secrets, knock=knock)
        except (No, *AWAY) as away:
            log.warning("sent again", message=str(message.message_id), reason=repr(away))
            await asyncio.sleep(AGAIN_S)
        except Exception:
            log.exception("a message could not be sent", message=str(message.message_id))
            await asyncio.sleep(AGAIN_S)
        finally:
            lane.mine.discard(message.message_id)
            if len(lane.mine) <= REFILL:
                self.wake()

    async def _deliver(
        self, lane: Lane, message: Message, secrets: list[str], *, knock: bool
    ) -> None:
        is_lost = message.told is None and message.type != TEST
        if is_lost or not secrets:
            why = "no such fact" if is_lost else "no secret"
            await self._book.drop(message.subscription_id, message.message_id, why)
            return
        attempt = await lane.send(message, secrets, knock=knock)
        if attempt is None:
            return
        if attempt.outcome.taken:
            await self._book.taken(attempt, was_down=knock)
            return
        await self._book.failed(attempt, lane.fails)
        if attempt.outcome.gone and not lane.is_over:
            lane.is_over = True
            await self._gone(message.subscription_id)


def _message(row: asyncpg.Record, told: Told | None) -> Message:
    return Message(
        subscription_id=row["subscription_id"],
        message_id=row["message_id"],
        type=row["type"],
        area=row["area"],
        attempts=row["attempts"],
        made_at=row["made_at"],
        told=told,
    )
