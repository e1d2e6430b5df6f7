"""Tells the demo's matters through the same commands as everybody else's.

Everything has an id that follows from the story, so a demo that was interrupted is told again from
its beginning, and nothing is doubled.
"""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any

from deploy.tongxin.home import Trouble
from deploy.tongxin.story import Matter, Step
from shared.kernel.errors import No, Unavailable
from shared.kernel.message import Actor
from shared.runtime.asker import Asker

PATIENCE_S = 60.0  # Servers that were killed come back within it, and so do notes on their way.
PAUSE_S = 0.05

Seal = Callable[[str, str], Awaitable[str]]
"""What a person (by login) said, as only the vault can read it."""

Tell = Callable[[Matter, Step, No | None], None]
"""Called after each step, with the refusal if there was one."""


class Teller:
    """Asks what the story says, as the people of the story."""

    def __init__(self, asker: Asker, people: dict[str, Actor], seal: Seal, tell: Tell) -> None:
        self._asker = asker
        self._people = people
        self._seal = seal
        self._tell = tell

    async def tell_all(self, matters: list[Matter]) -> None:
        """All matters at once, each in its own order. Raises Trouble when one cannot go on."""
        async with asyncio.TaskGroup() as tasks:
            for matter in matters:
                tasks.create_task(self._tell_one(matter))

    async def _tell_one(self, matter: Matter) -> None:
        for step in matter.steps:
            no = await self._take(matter, step)
            self._tell(matter, step, no)

    async def _take(self, matter: Matter, step: Step) -> No | None:
        data = await self._sealed(step)
        deadline = monotonic() + PATIENCE_S
        while True:
            try:
                await self._ask(step, data)
            except No as no:
                if step.refused == no.code:
                    return no
                waits = isinstance(no, Unavailable) or no.code in step.wait
                if not waits or monotonic() > deadline:
                    who = f"{step.command.__name__} by {step.who}"
                    raise Trouble(f"{matter.title}: {who}: {no}") from no
                await asyncio.sleep(PAUSE_S)
            else:
                return None  # What should be refused was not: its time had come in an earlier run.

    async def _ask(self, step: Step, data: dict[str, Any]) -> None:
        actor = self._people[step.who]
        name = step.command.__name__
        await self._asker.ask(step.service, name, data, actor, step.id, step.id)

    async def _sealed(self, step: Step) -> dict[str, Any]:
        fields = step.command.model_json_schema()["properties"]
        private = [name for name in step.data if fields[name].get("sealed")]
        return step.data | {name: await self._seal(step.who, step.data[name]) for name in private}
