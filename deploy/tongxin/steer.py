"""Brings the running system to what is wanted: more replicas or fewer, or new ones for old.

New ones take the place of old ones one at a time, and no old one leaves before the new one is
ready. Where it does not become ready, the old ones stay, and that is said.
"""

import asyncio
import time

from deploy.tongxin.home import SERVICES
from deploy.tongxin.part import Part
from deploy.tongxin.system import LOOK_S, READY_S, STOP_S, System
from deploy.tongxin.wanted import wanted

DEATHS_MAX = 3


class Steering:
    """One hand at the wheel of a running system."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._given_up: set[tuple[str, str]] = set()

    async def run(self) -> None:
        """Follow what is wanted, for ever."""
        while True:
            for service in SERVICES:
                await self._towards(service)
            await asyncio.sleep(LOOK_S)

    async def _towards(self, service: str) -> None:
        want = wanted(self._system.home)
        mark, wish = want.marks.get(service, ""), want.asked.get(service, "")
        if (service, wish) in self._given_up:
            return
        for old in [part for part in self._replicas(service) if part.mark != mark]:
            if not await self._begin(service, wish, mark, old.number):
                return
            await self._retire(old)
        target = want.replicas.get(service, self._system.replicas.get(service, 1))
        there = {part.number for part in self._replicas(service)}
        for number in [one for one in range(1, target + 1) if one not in there]:
            if not await self._begin(service, wish, mark, number):
                return
        for surplus in self._replicas(service)[target:]:
            await self._retire(surplus)

    def _replicas(self, service: str) -> list[Part]:
        found = [part for part in self._system.parts if part.kind == service]
        return sorted(found, key=lambda part: part.number)

    async def _begin(self, service: str, wish: str, mark: str, number: int) -> bool:
        """One more replica; whether it became ready. It may bear the name of one that leaves."""
        system = self._system
        replica = system.replica(service, number, mark)
        part = Part(replica)
        system.parts.append(part)
        system.note()
        deadline = time.monotonic() + READY_S
        while not await asyncio.to_thread(replica.accepts):
            if part.deaths >= DEATHS_MAX or time.monotonic() > deadline:
                await self._give_up(service, wish, part)
                return False
            await asyncio.sleep(LOOK_S)
        system.say(f"{part.name} is ready")
        return True

    async def _give_up(self, service: str, wish: str, part: Part) -> None:
        self._given_up.add((service, wish))
        said = self._system.home.last_words(part.name)
        self._system.troubles[wish] = f"{part.name} did not become ready; it said:\n{said}"
        await self._retire(part)

    async def _retire(self, part: Part) -> None:
        """It is asked to end; nobody looks after it any more."""
        self._system.parts.remove(part)
        try:
            await asyncio.to_thread(part.child.stop, STOP_S)
        finally:
            part.child.stop(0)
        self._system.note()
        self._system.say(f"stopped {part.name}")
