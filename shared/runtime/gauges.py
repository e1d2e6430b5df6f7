"""What is not counted as it happens, but looked up every so often: lag, letters, leadership.

Every replica looks for itself, so that what it tells is right also where another leads, or nobody.
"""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from nats.aio.client import Client

from shared.kernel.errors import Unavailable
from shared.kernel.policy import AnyPolicy
from shared.runtime import clock, jetstream, sql, telemetry
from shared.runtime.leader import Leader
from shared.runtime.log import logger
from shared.runtime.postgres import AWAY
from shared.runtime.reactions import CHECKPOINT, letters_of
from shared.runtime.standing import Standing
from shared.runtime.store import Store
from shared.runtime.view import View, Views

SQL = sql.load(Path(__file__).with_name("operating.sql"))
LOOK_S = 5.0

_log = logger()


class Gauges:
    """The gauges of one replica."""

    def __init__(
        self,
        store: Store,
        views: Views,
        nats: Client,
        policies: Sequence[AnyPolicy],
        leader: Leader,
        standing: Standing,
    ) -> None:
        self._store = store
        self._views = views
        self._nats = nats
        self._policies = policies
        self._leader = leader
        self._standing = standing
        schema = f'"{store.schema}".'
        self._sql = {name: one.text.replace("log.", schema) for name, one in SQL.items()}

    async def run(self) -> NoReturn:
        """Look for as long as the service runs."""
        told = await self._standing.told()
        telemetry.BUILD.info({"version": told["version"], "build": told["build"]})
        while True:
            telemetry.LEADS.set(self._leader.leads)
            try:
                await self.look()
            except (*AWAY, *jetstream.AWAY, jetstream.Rejected, Unavailable) as away:
                # What cannot be looked up is as it was; that it cannot is told by READY.
                _log.debug("gauges stand still", reason=repr(away))
            await asyncio.sleep(LOOK_S)

    async def look(self) -> None:
        """Look everything up once. Raises what the servers raise where one of them is away."""
        # Whoever follows is asked before what it follows: so no lag is less than nothing.
        seen = {view.name: await _positions(view) for view in self._views}
        reacted = await self._reacted()
        await self._servers()
        await self._letters()
        said = await self._said(self._store.schema)
        ends = {name: await self._said(name) for name in self._sources(seen, reacted)}
        ends[self._store.schema] = last = await self._store.last()

        telemetry.LOG_POSITION.set(last)
        telemetry.RELAY_LAG.set(last - said)
        for view, positions in seen.items():
            for source, position in positions.items():
                telemetry.VIEW_LAG.labels(view, source).set(ends[source] - position)
        for source, position in reacted.items():
            telemetry.POLICY_LAG.labels(source).set(ends[source] - position)

    def _sources(
        self, seen: Mapping[str, Mapping[str, int]], reacted: Mapping[str, int]
    ) -> set[str]:
        """Whose facts are heard here; our own are read from the log."""
        heard = {source for positions in seen.values() for source in positions}
        return (heard | reacted.keys()) - {self._store.schema}

    async def _said(self, source: str) -> int:
        """The last sequence of a stream, which is a position."""
        info = await jetstream.request(self._nats, f"STREAM.INFO.{source}")
        last: int = info["state"]["last_seq"]
        return last

    async def _reacted(self) -> dict[str, int]:
        """How far the policies have come in each log they hear."""
        heard = dict.fromkeys((policy.hears.source for policy in self._policies), 0)
        for row in await self._fetch("consumers"):
            if row["name"] == CHECKPOINT and row["source"] in heard:
                heard[row["source"]] = row["position"]
        return heard

    async def _letters(self) -> None:
        takers = [view.name for view in self._views]
        waiting = dict.fromkeys([*takers, *map(letters_of, self._policies)], 0)
        waiting |= {row["name"]: row["n"] for row in await self._fetch("letters by taker")}
        for taker, letters in waiting.items():
            telemetry.DEAD_LETTERS.labels(taker).set(letters)

    async def _servers(self) -> None:
        (oldest,), (used,) = [await self._fetch(n) for n in ("oldest transaction", "connections")]
        (told,) = await self._fetch("clock")
        telemetry.CLOCK_SKEW.set((clock.now() - told["now"]).total_seconds())
        telemetry.OLDEST_TRANSACTION.set(oldest["seconds"] or 0)
        telemetry.CONNECTIONS.set(used["used"])
        telemetry.CONNECTIONS_MOST.set(used["most"])

    async def _fetch(self, name: str) -> Sequence[Any]:
        rows: Sequence[Any] = await self._views.pool.fetch(self._sql[name])
        return rows


async def _positions(view: View) -> dict[str, int]:
    """How far a view has come; nothing while it is being made."""
    try:
        return await view.positions()
    except Unavailable:
        return {}
