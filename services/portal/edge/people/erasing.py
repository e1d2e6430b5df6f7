"""Carries out what was decided: keys destroyed or locked, passwords and sessions deleted.

At every start all decisions are carried out again, from the first: each does nothing where it is
done already. So nothing is left undone by a process that ended between the fact and the deed, and a
key that came back with an old backup goes again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import NoReturn

import asyncpg

from services.portal.edge.door import Door
from services.portal.projections.erasures import ERASURES
from shared.kernel.errors import Unavailable
from shared.runtime import log
from shared.runtime.postgres import AWAY
from shared.runtime.vault import Vault
from shared.runtime.view import View

PAGE = 100
LOOK_S = 5.0

_log = log.logger()


async def follow(view: View, catch_up: Callable[[], Awaitable[None]]) -> NoReturn:
    """Carry out whatever a view says, whenever it moves, and every few seconds."""
    while True:
        moved = asyncio.create_task(view.moved())
        try:
            await catch_up()
        except (*AWAY, Unavailable) as away:
            _log.warning("keys wait to be destroyed", view=view.name, reason=str(away))
        await asyncio.wait({moved}, timeout=LOOK_S)
        moved.cancel()


class Eraser:
    """Follows the decisions of the view `erasures`."""

    def __init__(self, erasures: View, vault: Vault, door: Door) -> None:
        assert erasures.projection is ERASURES
        self._erasures = erasures
        self._vault = vault
        self._door = door
        self._done = 0

    async def run(self) -> NoReturn:
        """Carry out each decision as it is made."""
        await follow(self._erasures, self.catch_up)

    async def catch_up(self) -> None:
        """Carry out every decision that this process has not carried out yet."""
        while rows := await self._erasures.ask("decided after", position=self._done, most=PAGE):
            for row in rows:
                await self._carry_out(row)
                self._done = row["position"]
                _log.info("carried out", what=row["what"], erasure=row["position"])

    async def _carry_out(self, row: asyncpg.Record) -> None:
        for key in row["keys"]:
            await (self._vault.forget(key) if row["what"] == "erased" else self._vault.lock(key))
        if row["of"] == "account":
            await self._door.forget(row["subject_id"])
