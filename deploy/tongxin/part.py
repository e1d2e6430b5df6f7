"""One process of the system, watched: when it dies it is started again, after a growing pause."""

import sys
import time
from http.client import HTTPConnection, HTTPException
from signal import Signals
from typing import Protocol

from deploy.tongxin.process import Child, Identity, free_port, spawn
from deploy.tongxin.servers import Servers

CALM_S = 30.0  # Who has run this long has recovered: its next death is its first again.
PAUSE_S = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
PROBE_S = 1.0


class Startable(Protocol):
    """PostgreSQL, NATS or a service: something with a port that can be started again."""

    name: str
    port: int

    def prepare(self) -> None:
        """Clear away what an earlier start left."""

    def start(self) -> Child:
        """Start it, without waiting for it."""

    def accepts(self) -> bool:
        """Whether it is ready for others."""


class ServiceProcess:
    """One replica of one service. Replicas of the portal share the socket that is their `door`."""

    def __init__(self, servers: Servers, service: str, number: int, door: int, mark: str) -> None:
        self.servers = servers
        self.service = service
        self.name = service if number == 1 else f"{service}-{number}"
        self.port = 0
        self.door = door if service == "portal" else -1
        self.mark = mark

    def prepare(self) -> None:
        """A service leaves nothing behind."""

    def start(self) -> Child:
        """Start it where it listened before, or elsewhere if somebody took that meanwhile."""
        self.port = free_port(self.port)
        return spawn(
            self.name,
            [sys.executable, "-m", f"services.{self.service}"],
            self.servers.home.log(self.name),
            env=self.servers.environment(self.service, self.port, self.door),
            hands_on=[self.door] if self.door >= 0 else (),
        )

    def accepts(self) -> bool:
        """Whether it says so itself, at /ready."""
        return probe(self.port)


class Part:
    """Something startable, and how its processes fared."""

    def __init__(self, what: Startable) -> None:
        self.what = what
        self.deaths = 0
        self.again_at: float | None = None
        self.launch()

    @property
    def name(self) -> str:
        """Unique within the system: 'topics', 'topics-2'."""
        return self.what.name

    @property
    def kind(self) -> str:
        """What it is one of: 'topics', 'postgres'."""
        return self.what.name.partition("-")[0]

    @property
    def number(self) -> int:
        """Of a replica: 1, 2, 3; two may have the same one while they change places."""
        return int(self.what.name.partition("-")[2] or 1)

    @property
    def mark(self) -> str:
        """Which start it belongs to; a server has none."""
        return self.what.mark if isinstance(self.what, ServiceProcess) else ""

    @property
    def identity(self) -> Identity:
        """The process that runs now, or ran last."""
        return self.child.identity

    def launch(self) -> None:
        """Start it, now."""
        self.what.prepare()
        self.child = self.what.start()
        self.since = time.monotonic()
        self.again_at = None

    def died(self) -> int | None:
        """Its exit code, if nobody has noticed its death yet."""
        return None if self.again_at is not None else self.child.ended()

    def bury(self) -> float:
        """Seconds until it is started again: longer each time it dies young."""
        if time.monotonic() - self.since > CALM_S:
            self.deaths = 0
        pause = PAUSE_S[min(self.deaths, len(PAUSE_S) - 1)]
        self.deaths += 1
        self.again_at = time.monotonic() + pause
        return pause

    def due(self) -> bool:
        """Whether it is dead and its pause is over."""
        return self.again_at is not None and time.monotonic() >= self.again_at


def probe(port: int) -> bool:
    """Whether a service's /ready answers 200."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PROBE_S)
    try:
        connection.request("GET", "/ready")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def ending(code: int) -> str:
    """An exit code in words; negative: the signal that ended the process."""
    return f"was killed by {Signals(-code).name}" if code < 0 else f"ended with code {code}"
