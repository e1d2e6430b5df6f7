"""One process of the system, watched: when it dies it is started again, after a growing pause."""

import socket
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
    """One replica of one service."""

    def __init__(self, servers: Servers, service: str, number: int) -> None:
        self.servers = servers
        self.service = service
        self.name = service if number == 1 else f"{service}-{number}"
        self.port = 0
        self.public_port = 0

    def prepare(self) -> None:
        """A service leaves nothing behind."""

    def start(self) -> Child:
        """Start it where it listened before, or elsewhere if somebody took that meanwhile."""
        self.port, self.public_port = free_port(self.port), free_port(self.public_port)
        return spawn(
            self.name,
            [sys.executable, "-m", f"services.{self.service}"],
            self.servers.home.log(self.name),
            env=self.servers.environment(self.service, self.port, self.public_port),
        )

    def accepts(self) -> bool:
        """Whether it says so itself, at /ready, and the portal's door is open."""
        return probe(self.port) and (self.service != "portal" or listens(self.public_port))


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


def listens(port: int) -> bool:
    """Whether somebody on loopback takes connections."""
    try:
        with socket.create_connection(("127.0.0.1", port), PROBE_S):
            return True
    except OSError:
        return False


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
