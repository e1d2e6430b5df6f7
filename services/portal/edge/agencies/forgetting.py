"""Destroys the keys of subscriptions that are over, however they ended.

At every start all of them once more: a key that came back with an old backup goes again.
"""

from typing import NoReturn

from services.portal.edge.people.erasing import PAGE, follow
from services.portal.projections.endings import ENDINGS
from shared.runtime import log
from shared.runtime.vault import Vault
from shared.runtime.view import View

_log = log.logger()


class Forgetter:
    """Follows the view `endings`."""

    def __init__(self, endings: View, vault: Vault) -> None:
        assert endings.projection is ENDINGS
        self._endings = endings
        self._vault = vault
        self._done = 0

    async def run(self) -> NoReturn:
        """Destroy each key as its subscription ends."""
        await follow(self._endings, self.catch_up)

    async def catch_up(self) -> None:
        """Destroy every key that this process has not destroyed yet."""
        while rows := await self._endings.ask("ended after", position=self._done, most=PAGE):
            for row in rows:
                await self._vault.forget(row["subscription_id"])
                self._done = row["position"]
            _log.info("keys of subscriptions destroyed", upto=self._done)
