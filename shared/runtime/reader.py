"""Keeps one view up with one source, for as long as this replica leads."""

import asyncpg

from shared.runtime import telemetry
from shared.runtime.hear import Source
from shared.runtime.log import logger
from shared.runtime.pause import pause
from shared.runtime.projector import Overtaken, Projector

log = logger()

RETRY_S = 0.2


class Reader:
    """From a source into a view."""

    def __init__(self, projector: Projector, source: Source) -> None:
        self.name = f"{projector.schema} from {source.name}"
        self._projector = projector
        self._source = source

    async def run(self) -> None:
        """Take in what is said, batch by batch; whoever overtakes us is followed."""
        try:
            await self._projector.count_letters()
            while True:
                try:
                    await self._follow(await self._projector.seen(self._source.name))
                except (Overtaken, asyncpg.DeadlockDetectedError) as reason:
                    log.warning("view is kept by another", reader=self.name, reason=str(reason))
                    await pause(RETRY_S)
        finally:
            await self._source.close()

    async def _follow(self, position: int) -> None:
        view = self._projector.projection.name
        while True:
            facts = await self._source.next(position)
            telemetry.VIEW_BATCH_FACTS.labels(view).observe(facts.last - position)
            with telemetry.VIEW_BATCH_SECONDS.labels(view).time():
                await self._projector.take(facts)
            position = facts.last
            telemetry.VIEW_LAG.labels(view, facts.source).set(facts.behind)
