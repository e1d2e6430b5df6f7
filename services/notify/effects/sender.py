"""Carries what is due out by one channel, and says in the ledger how it went."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from uuid import UUID, uuid5

import asyncpg

from services.notify.domain.delivery import commands as asked
from services.notify.domain.delivery.decide import ATTEMPTS_MAX
from services.notify.effects.channels import NotTaken, Wire
from services.notify.effects.messages import Texts
from services.notify.projections.addressees import ADDRESSEES
from services.notify.projections.deliveries import DELIVERIES
from services.notify.words.channels import Channel
from shared.kernel.errors import No
from shared.runtime import clock
from shared.runtime.handle import Asked
from shared.runtime.log import logger
from shared.runtime.postgres import AWAY
from shared.runtime.reactions import actor_of, ask
from shared.runtime.replica import Running
from shared.runtime.vault import Vault

log = logger()

LOOK_S = 1.0
SIDE_BY_SIDE_MAX = 8
UNDER_WAY_MAX = 64
SEND_S = 90.0
"""Longer than any channel may take by itself; then it is given up as unsure."""

Group = Sequence[asyncpg.Record]


class Sender:
    """One channel. What it has in hand is not taken up again; what others began, and left, is."""

    def __init__(self, running: Running, pool: asyncpg.Pool, wire: Wire, texts: Texts) -> None:
        self.channel: Channel = wire.channel
        self.under_way: set[asyncio.Task[None]] = set()
        self._wire = wire
        self._texts = texts
        self._vault = Vault(pool)
        self._handler = running.handler
        self._ledger = running.views[DELIVERIES]
        self._addressees = running.views[ADDRESSEES]
        self._actor = actor_of("notify", f"sender-{wire.channel}")
        self._mine: set[UUID] = set()
        self._free = asyncio.Semaphore(SIDE_BY_SIDE_MAX)
        self._pace = Pace(wire.per_minute)

    async def run(self) -> None:
        """Look for what is due, whenever the ledger moves and every second."""
        while True:
            if len(self.under_way) < UNDER_WAY_MAX:
                for group in together(await self._due()):
                    self._mine |= {row["delivery_id"] for row in group}
                    task = asyncio.create_task(self._carry(group))
                    self.under_way.add(task)
                    task.add_done_callback(self.under_way.discard)
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_S):
                    await self._ledger.moved()

    async def _due(self) -> list[asyncpg.Record]:
        return await self._ledger.ask(
            "due", channel=self.channel, now=clock.now(), mine=list(self._mine)
        )

    async def _carry(self, group: Group) -> None:
        ids = {row["delivery_id"] for row in group}
        try:
            async with self._free:
                await self._deliver(group)
        except (No, *AWAY) as away:
            # What was begun stays begun: it is sent again, marked, when everything is back.
            log.warning("not carried out", channel=self.channel, reason=type(away).__name__)
        except Exception:
            log.exception("a message could not be made", channel=self.channel)
        finally:
            self._mine -= ids

    async def _deliver(self, group: Group) -> None:
        to = await self._address(group[0]["account"])
        if to is None:
            for row in group:
                dropped = asked.DropDelivery(delivery_id=row["delivery_id"], told="no address")
                await self._say(dropped, f"drop/{row['attempts']}")
            return
        message_id = group[0]["message_id"] or named(row["delivery_id"] for row in group)
        await self._pace.wait()
        begun = [row for row in group if await self._begin(row, message_id)]
        if begun:
            await self._send(begun, to, message_id)

    async def _send(self, begun: Group, to: str, message_id: UUID) -> None:
        message = self._texts.message(begun, to, message_id)
        try:
            async with asyncio.timeout(SEND_S):
                told = await self._wire.send(message)
        except TimeoutError:
            await self._failed(begun, NotTaken("timeout", unsure=True))
        except NotTaken as no:
            await self._failed(begun, no)
        else:
            for row in begun:
                done = asked.RecordDelivery(
                    delivery_id=row["delivery_id"], attempt=row["attempts"] + 1, told=told
                )
                await self._say(done, f"record/{done.attempt}")

    async def _failed(self, begun: Group, no: NotTaken) -> None:
        log.warning("not taken", channel=self.channel, told=no.told, permanent=no.permanent)
        for row in begun:
            failed = asked.FailDelivery(
                delivery_id=row["delivery_id"],
                attempt=row["attempts"] + 1,
                told=no.told,
                permanent=no.permanent,
                unsure=no.unsure,
            )
            await self._say(failed, f"fail/{failed.attempt}")

    async def _begin(self, row: asyncpg.Record, message_id: UUID) -> bool:
        """Whether it is ours to send, and for the first time.

        The id is new each time: what is due is read from a ledger that may be late, and a yes that
        was given before, to us or to others, is not one to send again.
        """
        attempt = row["attempts"] + 1
        begin = asked.BeginDelivery(
            delivery_id=row["delivery_id"], attempt=attempt, message_id=message_id
        )
        outcome = await self._say(begin, f"begin/{attempt}/{clock.new_id()}")
        return outcome == "done" and attempt <= ATTEMPTS_MAX

    async def _say(self, command: asked.DeliveryCommand, name: str) -> str:
        command_id = uuid5(command.delivery_id, name)
        return await ask(self._handler, Asked(command, self._actor, command_id, command_id))

    async def _address(self, account: UUID) -> str | None:
        rows = await self._addressees.ask("addresses of", accounts=[account], channel=self.channel)
        sealed = [row["address"] for row in rows]
        clear = await self._vault.unseal(sealed)
        return next((clear.get(address) for address in sealed), None)


class Pace:
    """At most so many a minute, evenly."""

    def __init__(self, per_minute: int) -> None:
        self._every_s = 60 / per_minute
        self._next = 0.0

    async def wait(self) -> None:
        """Returns when it is one's turn."""
        now = asyncio.get_running_loop().time()
        turn = max(now, self._next)
        self._next = turn + self._every_s
        await asyncio.sleep(turn - now)


def together(rows: Iterable[asyncpg.Record]) -> list[Group]:
    """What goes out as one message: what is due for a person now, or went together before."""
    groups: dict[object, list[asyncpg.Record]] = defaultdict(list)
    for row in rows:
        groups[row["message_id"] or row["account"]].append(row)
    return list(groups.values())


def named(deliveries: Iterable[UUID]) -> UUID:
    """The id of a message: the same for the same notices."""
    first, *others = sorted(deliveries)
    return uuid5(first, "/".join(map(str, others))) if others else first
