"""What the services can be asked and what they say, as they themselves describe it."""

import asyncio
from collections.abc import Mapping
from typing import Any, NoReturn

from shared.kernel.areas import EVERYWHERE
from shared.kernel.errors import Missing, No, Unavailable
from shared.kernel.message import Actor
from shared.runtime import clock, log
from shared.runtime.asker import Asker

SERVICES = ("topics", "meetings", "outcomes", "notify", "exchange", "portal")
ALOUD = "exchange"
AGAIN_S = 30.0
SOON_S = 1.0

READER = Actor("portal", "portal", EVERYWHERE)

Entry = Mapping[str, Any]

_log = log.logger()


class Catalogue:
    """Everything that was learned from the services so far; what is away now stays known."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker
        self._commands: dict[str, dict[str, Entry]] = {}
        self.facts: dict[str, Entry] = {}
        """What is said, by type of fact: its label, and the schema of its fields."""

    def command(self, service: str, name: str) -> Entry:
        """A command's label, schema and roles.

        Raises Missing('unknown-command'), or Unavailable as long as its service was never there.
        """
        if service in SERVICES and service not in self._commands:
            raise Unavailable("away", service=service)
        entry = self._commands.get(service, {}).get(name)
        if entry is None:
            raise Missing("unknown-command", command=name, service=service)
        return entry

    def roles(self, service: str, name: str) -> frozenset[str]:
        """Who may ask a command. Raises like `command`."""
        return frozenset(self.command(service, name)["may"])

    def knows(self, service: str, name: str) -> bool:
        """Whether this command can be asked."""
        return name in self._commands.get(service, {})

    def everything(self) -> list[dict[str, Any]]:
        """Every command that was learned of, with the service it is asked of."""
        return [
            {"service": service, **entry}
            for service, commands in self._commands.items()
            for entry in commands.values()
        ]

    async def run(self) -> NoReturn:
        """Learn, and learn again: services are exchanged while we run."""
        while True:
            await self.learn()
            complete = len(self._commands) == len(SERVICES)
            await asyncio.sleep(AGAIN_S if complete else SOON_S)

    async def learn(self) -> None:
        """Ask every service once."""
        await asyncio.gather(*map(self._learn_from, SERVICES))

    async def _learn_from(self, service: str) -> None:
        try:
            answer = await self._asker.question(service, "Catalogue", {}, READER, clock.new_id())
        except No as no:
            _log.debug("a service does not say what it does", about=service, code=no.code)
            return
        entries: list[Entry] = answer["rows"]
        self._commands[service] = {e["name"]: e for e in entries if e["kind"] == "command"}
        facts = {e["name"]: e for e in entries if e["kind"] == "fact"}
        # What others are told bears the names of what was said, and fewer of its words.
        self.facts = facts | self.facts if service == ALOUD else self.facts | facts
