"""Finds out whom a notice is for, and by which ways it goes to each of them."""

import asyncio
from collections.abc import Collection, Sequence
from datetime import timedelta
from itertools import groupby, islice
from pathlib import Path
from uuid import UUID, uuid5

import asyncpg

from services.notify.domain.delivery.commands import PlanDelivery
from services.notify.domain.notice.commands import AddressNotice
from services.notify.domain.notice.decide import NOTICE
from services.notify.domain.notice.events import NoticeSent
from services.notify.projections.addressees import ADDRESSEES
from services.notify.words import ACCOUNTS_MAX
from services.notify.words.channels import TEST, Channel, Wishes
from shared.kernel.areas import EVERYWHERE, lineage
from shared.kernel.envelope import Envelope
from shared.kernel.message import Command
from shared.runtime import clock, reactions, sql
from shared.runtime.handle import Asked
from shared.runtime.hear import OwnLog, Tail
from shared.runtime.past import is_told
from shared.runtime.pause import pause
from shared.runtime.reactions import actor_of, ask
from shared.runtime.replica import Running

SQL = sql.load(Path(reactions.__file__).with_suffix(".sql"))
CHECKPOINT = "effects"
SIDE_BY_SIDE_MAX = 16
AGAIN_S = 0.2
TOLD_S = 5.0
CHANNELS_EACH_MAX = 5
FORGOTTEN = timedelta(days=30)
"""What is older, such as a past that was told at once, is found by role and unit all the same."""

STALE = timedelta(days=3)
"""What was said longer ago, while nobody carried anything out, is news to nobody outside."""


class Planner:
    """Reads the notices of our own log, from a checkpoint of its own on."""

    def __init__(self, running: Running, pool: asyncpg.Pool, channels: Collection[Channel]) -> None:
        self._store = running.store
        self._handler = running.handler
        self._areas = running.areas
        self._view = running.views[ADDRESSEES]
        self._pool = pool
        self._channels = channels
        self._actor = actor_of("notify", "planner")
        self._sql = {name: one.text.replace("log.", '"notify".') for name, one in SQL.items()}
        self._free = asyncio.Semaphore(SIDE_BY_SIDE_MAX)

    async def run(self) -> None:
        """Plan every notice once; after a crash some of them again, which changes nothing."""
        position = await self._pool.fetchval(self._sql["seen"], CHECKPOINT, "notify") or 0
        tail = Tail(self._store)
        async with asyncio.TaskGroup() as parts:
            parts.create_task(tail.run(), name="tail")
            source = OwnLog("notify", self._store, tail)
            while True:
                facts = await source.next(position)
                while await is_told(self._pool):
                    await pause(TOLD_S)
                async with asyncio.TaskGroup() as planning:
                    for fact in await facts.envelopes({"NoticeSent"}):
                        planning.create_task(self._plan_in_turn(fact))
                position = facts.last
                await self._pool.execute(self._sql["advance"], CHECKPOINT, "notify", position)

    async def _plan_in_turn(self, fact: Envelope) -> None:
        async with self._free:
            await self.plan(fact)

    async def plan(self, fact: Envelope) -> None:
        """Address the notice, then one delivery for each account and way."""
        notice = NOTICE.events.parse(fact.type, fact.version, fact.data)
        assert isinstance(notice, NoticeSent)
        most = ACCOUNTS_MAX * CHANNELS_EACH_MAX
        if clock.now() - fact.at > FORGOTTEN:
            return
        await self._caught_up(fact, notice)
        rows = await self._view.ask(
            "accounts of",
            recipient=notice.to,
            places=self._places(notice.to),
            today=clock.today(fact.at),
            most=most,
        )
        told = list(islice((account for account, _ in groupby(rows, _account)), ACCOUNTS_MAX))
        await self._ask(AddressNotice(notice_id=notice.notice_id, accounts=tuple(told)), fact)
        if clock.now() - fact.at < STALE:
            for planned in self._deliveries(fact, notice, rows):
                await self._ask(planned, fact)

    async def _caught_up(self, fact: Envelope, notice: NoticeSent) -> None:
        """What made us tell says who follows, so the view must have seen it first."""
        source, _, position = notice.because.partition(":")
        causes = {"notify": fact.position}
        if source in self._view.projection.sources:
            causes[source] = max(int(position), causes.get(source, 0))
        for name, needed in causes.items():
            while not await self._view.wait(name, needed):
                await pause(AGAIN_S)

    def _places(self, to: str) -> list[str]:
        """The areas that contain the recipient's own, as it was then and as it is now."""
        _, _, area = to.rpartition("@")
        if not to.startswith(("unit:", "role:")):
            return []
        return list({EVERYWHERE, *lineage(area), *lineage(self._areas.now(area))})

    def _deliveries(
        self, fact: Envelope, notice: NoticeSent, rows: Sequence[asyncpg.Record]
    ) -> list[PlanDelivery]:
        only = notice.params.get("channel") if notice.text == TEST else None
        return [
            PlanDelivery(
                delivery_id=uuid5(notice.notice_id, f"{row['account']}/{row['channel']}"),
                area=fact.area,
                notice_id=notice.notice_id,
                account=row["account"],
                channel=row["channel"],
                text=notice.text,
                wishes=Wishes.model_validate_json(row["wishes"]) if row["wishes"] else None,
            )
            for row in rows
            if row["channel"] in self._channels and only in (None, row["channel"])
        ]

    async def _ask(self, command: Command, fact: Envelope) -> None:
        stream = self._handler.stream(command)
        command_id = uuid5(fact.id, f"{type(command).__name__}/{stream}")
        asked = Asked(command, self._actor, command_id, fact.correlation, charter=fact.charter)
        await ask(self._handler, asked)


def _account(row: asyncpg.Record) -> UUID:
    account: UUID = row["account"]
    return account
