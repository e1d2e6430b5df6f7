"""The NATS server of one checkout: JetStream on disk, one user per service, on loopback."""

import json
import shutil
import signal
import socket
import sys
from pathlib import Path
from typing import Any

from deploy.tongxin.home import SERVICES, Home, Trouble, write_private
from deploy.tongxin.process import Child, Identity, free_port, spawn, until
from services.exchange.effects import passes, public
from services.portal.edge.handing import listening
from shared.runtime import jetstream
from shared.runtime.nkeys import Issuer, new_seed
from shared.runtime.provision import ADMIN, users

USERS = (*SERVICES, ADMIN)
ASKERS = ("portal",)
VOICES = {
    "exchange": (*public.GRANTS, *passes.SAYS),
    "portal": (f"{jetstream.API}.CONSUMER.INFO.{public.STREAM}.*",),
}
EARS = {"exchange": passes.HEARS, "portal": (listening.SUBJECT,)}
SYSTEM = "system"
"""The one user of the system account: exchange, where it closes connections of agencies."""

PAYLOAD_MAX = 4 * 1024 * 1024
START_S = 30.0
STOP_S = 10.0


class Nats:
    """One server with its store."""

    name = "nats"

    def __init__(self, home: Home) -> None:
        self.home = home
        self.port = 0
        self.child: Child | None = None

    @property
    def config(self) -> Path:
        """Its configuration, written anew at each start."""
        return self.home.data / "nats.conf"

    @property
    def url(self) -> str:
        """Where it listens; who one is, is told apart from that."""
        return f"nats://127.0.0.1:{self.port}"

    def password(self, user: str) -> str:
        """The generated password of one of `USERS`."""
        return password(self.home, user)

    def seed(self) -> str:
        """The seed of the key that lets agencies in, made on first use."""
        return seed(self.home)

    def prepare(self) -> None:
        """End a server that outlived its launcher: two on one store would destroy it."""
        try:
            pid = int((self.home.data / "nats.pid").read_text())
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError):
            return
        orphan = Identity.of(pid)
        if orphan and str(self.config).encode() in command:
            orphan.end(signal.SIGTERM, STOP_S)

    def start(self) -> Child:
        """Write the configuration and start the server; `accepts` tells when it is ready.

        Started again, it listens where it did before: its clients know no other place.
        """
        self.port = self.port or free_port()
        write_private(self.config, json.dumps(self._configuration(), indent=2))
        command = [str(binary()), "--config", str(self.config)]
        self.child = spawn(self.name, command, self.home.log(self.name), ends_on=signal.SIGTERM)
        return self.child

    def accepts(self) -> bool:
        """Whether it greets a client, with JetStream at hand."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                return b'"jetstream":true' in connection.recv(4096)
        except OSError:
            return False

    def start_and_wait(self) -> None:
        """Start, and return when it is ready."""
        child = self.start()
        until(lambda: self.accepts() or child.ended() is not None, START_S)
        if not self.accepts():
            raise Trouble(f"NATS did not start:\n{self.home.last_words(self.name)}")

    def stop(self) -> None:
        """End it; what it acknowledged is on disk."""
        if self.child:
            self.child.stop(STOP_S)

    def _configuration(self) -> dict[str, Any]:
        return {
            "listen": f"127.0.0.1:{self.port}",
            "max_payload": PAYLOAD_MAX,
            "pid_file": str(self.home.data / "nats.pid"),
            "jetstream": {"store_dir": str(self.home.data / "nats")},
            **access(self.home),
        }


def password(home: Home, user: str) -> str:
    """The password of one of `USERS`, or of SYSTEM."""
    return home.password(f"nats-{user}")


def seed(home: Home) -> str:
    """The seed of the key that lets agencies in, made on first use."""
    return home.password("nats-callout-seed", new_seed)


def access(home: Home) -> dict[str, Any]:
    """The part of any server's configuration that says who may do what."""
    passwords = {user: password(home, user) for user in USERS}
    system = {
        "user": SYSTEM,
        "password": password(home, SYSTEM),
        "permissions": passes.SYSTEM,
    }
    return {
        "accounts": {"SYS": {"users": [system]}},
        "system_account": "SYS",
        "authorization": {
            "users": users(passwords, SERVICES, ASKERS, VOICES, EARS),
            # All others are agencies: who they are, exchange says.
            "auth_callout": {
                "issuer": Issuer(seed(home)).public,
                "auth_users": [*USERS, SYSTEM],
                "account": "$G",
            },
        },
    }


def binary() -> Path:
    """The server beside our Python, or one on the PATH where there is none."""
    beside = Path(sys.executable).with_name("nats-server")
    if beside.exists():
        return beside
    if found := shutil.which("nats-server"):
        return Path(found)
    raise Trouble("no nats-server found: `make run` installs it beside Python")
