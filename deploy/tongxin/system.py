"""The running system: its parts in order, watched over, stopped in reverse."""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from signal import SIGTERM

from rich.markup import escape

from deploy.tongxin.home import SERVICES, Home, Trouble, read_json, write_json
from deploy.tongxin.part import Part, ServiceProcess, Startable, ending
from deploy.tongxin.process import Identity
from deploy.tongxin.servers import Servers

READY_S = 120.0
STOP_S = 15.0
LOOK_S = 0.1
TRIES_MAX = 2  # A port that was free may be taken a moment later, by another platform here.
PORTAL_PORT = 8080


class System:
    """PostgreSQL, NATS and the services of one data directory."""

    def __init__(self, home: Home, replicas: Mapping[str, int], say: Callable[[str], None]) -> None:
        self.home = home
        self.servers = Servers(home)
        self.replicas = replicas
        self.say = say
        self.parts: list[Part] = []
        self.url = ""
        self.ready_in: float | None = None

    async def start_servers(self) -> None:
        """PostgreSQL and NATS, once whatever outlived an earlier start is ended."""
        for part in (read_json(self.home.run_file) or {}).get("parts", []):
            if part["name"].partition("-")[0] in SERVICES:  # The servers know their own orphans.
                Identity(part["pid"], part["started"]).end(SIGTERM, STOP_S)
        await self._start(self.servers.own)

    async def start_services(self) -> None:
        """Every service with its replicas, all at once; returns when all are ready."""
        processes = [
            ServiceProcess(self.servers, service, number)
            for service in SERVICES
            for number in range(1, self.replicas.get(service, 1) + 1)
        ]
        portal = next(process for process in processes if process.name == "portal")
        address = self.home.data / "address.json"  # Bookmarks shall last.
        portal.public_port = read_json(address) or PORTAL_PORT
        await self._start(processes)
        write_json(address, portal.public_port)
        self.url = f"http://127.0.0.1:{portal.public_port}"

    async def supervise(self) -> None:
        """Start again what dies, for ever."""
        while True:
            for part in self.parts:
                self._look_after(part)
            await asyncio.sleep(LOOK_S)

    def stop(self) -> None:
        """Last come, first gone, so that nobody loses what it still needs."""
        for part in reversed(self.parts):
            if part.child.ended() is None:
                part.child.stop(STOP_S)
                self.say(f"stopped {part.name}")
        self.home.run_file.unlink(missing_ok=True)

    def note(self) -> None:
        """Write down what runs where, for `status` and its like."""
        parts = [{"name": p.name, "port": p.what.port, **vars(p.identity)} for p in self.parts]
        content = {"url": self.url, "ready_in": self.ready_in, "parts": parts}
        write_json(self.home.run_file, content)

    async def _start(self, startables: Iterable[Startable]) -> None:
        new = []
        for startable in startables:
            new.append(Part(startable))
            self.parts.append(new[-1])
            self.note()
        deadline = time.monotonic() + READY_S
        for part in new:
            while not part.what.accepts():
                code = part.child.ended()
                if code is not None and part.deaths < TRIES_MAX:
                    part.bury()
                    part.launch()
                    self.note()
                elif code is not None or time.monotonic() > deadline:
                    why = "is not ready" if code is None else ending(code)
                    raise Trouble(f"{part.name} {why}; it said:\n{self.home.last_words(part.name)}")
                await asyncio.sleep(0.05)

    def _look_after(self, part: Part) -> None:
        code = part.died()
        if code is not None:
            pause = part.bury()
            self.say(f"[bold red]{part.name} {ending(code)}; again in {pause} s[/]")
            if code > 0:
                self.say(escape(self.home.last_words(part.name)))
        elif part.due():
            part.launch()
            self.note()
            self.say(f"[bold]{part.name} was started again[/]")
