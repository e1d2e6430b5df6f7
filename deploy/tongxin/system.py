"""The running system: its parts in order, watched over, stopped in reverse."""

import asyncio
import os
import socket
import time
from collections.abc import Callable, Iterable, Mapping
from signal import SIGTERM

from rich.markup import escape

from deploy.tongxin import wanted
from deploy.tongxin.home import SERVICES, Home, Trouble, read_json, write_json
from deploy.tongxin.part import Part, ServiceProcess, Startable, ending
from deploy.tongxin.process import Identity, free_port
from deploy.tongxin.servers import Servers

READY_S = 120.0
STOP_S = 15.0
LOOK_S = 0.1
TRIES_MAX = 2  # A port that was free may be taken a moment later, by another platform here.
PORTAL_PORT = 8080
BACKLOG = 2048


class System:
    """PostgreSQL, NATS and the services of one data directory."""

    def __init__(self, home: Home, replicas: Mapping[str, int], say: Callable[[str], None]) -> None:
        self.home = home
        self.servers = Servers(home)
        self.replicas = replicas
        self.say = say
        self.parts: list[Part] = []
        self.door: socket.socket | None = None
        self.ready_in: float | None = None
        self.troubles: dict[str, str] = {}

    @property
    def url(self) -> str:
        """Where people enter; '' before there is a door."""
        return f"http://127.0.0.1:{self.door.getsockname()[1]}" if self.door else ""

    async def start_servers(self) -> None:
        """PostgreSQL and NATS, once whatever outlived an earlier start is ended."""
        wanted.forget(self.home)
        for part in (read_json(self.home.run_file) or {}).get("parts", []):
            if part["name"].partition("-")[0] in SERVICES:  # The servers know their own orphans.
                Identity(part["pid"], part["started"]).end(SIGTERM, STOP_S)
        await self._start(self.servers.own)

    async def start_services(self) -> None:
        """Every service with its replicas, all at once; returns when all are ready."""
        self._open_door()
        await self._start(
            self.replica(service, number)
            for service in SERVICES
            for number in range(1, self.replicas.get(service, 1) + 1)
        )

    def replica(self, service: str, number: int, mark: str = "") -> ServiceProcess:
        """One more replica of a service, to be started."""
        assert self.door
        return ServiceProcess(self.servers, service, number, self.door.fileno(), mark)

    async def supervise(self) -> None:
        """Start again what dies, for ever."""
        while True:
            for part in self.parts:
                self._look_after(part)
            await asyncio.sleep(LOOK_S)

    def stop(self) -> None:
        """Last come, first gone, so that nobody loses what it still needs."""
        order = [*(server.name for server in self.servers.own), *SERVICES]
        for part in sorted(self.parts, key=lambda one: order.index(one.kind), reverse=True):
            if part.child.ended() is None:
                part.child.stop(STOP_S)
                self.say(f"stopped {part.name}")
        if self.door:
            self.door.close()
        self.home.run_file.unlink(missing_ok=True)

    def note(self) -> None:
        """Write down what runs where, for `status` and its like."""
        parts = [
            {"name": p.name, "port": p.what.port, "mark": p.mark, **vars(p.identity)}
            for p in self.parts
        ]
        content = {
            "url": self.url,
            "ready_in": self.ready_in,
            "parts": parts,
            "troubles": self.troubles,
            "up": vars(Identity.of(os.getpid())),
        }
        write_json(self.home.run_file, content)

    def _open_door(self) -> None:
        """The portal's socket is ours: its replicas come and go, and nobody is turned away."""
        address = self.home.data / "address.json"  # Bookmarks shall last.
        port = free_port(read_json(address) or PORTAL_PORT)
        self.door = socket.create_server(("127.0.0.1", port), backlog=BACKLOG)
        write_json(address, port)

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
