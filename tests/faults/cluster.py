"""Three NATS servers on loopback, configured as `deploy.ship.keys` configures three machines."""

import json
import socket
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from deploy.ship.keys import Places, make
from deploy.ship.parts import MONITOR, NATS, ROUTES
from deploy.tongxin.home import Home, read_json
from deploy.tongxin.nats import binary
from deploy.tongxin.process import Child, spawn, until
from shared.runtime.jetstream import Login
from tests.servers import home_in

MEMBERS = 3
READY_S = 120.0


class Cluster:
    """The servers by their names, and the ways in."""

    def __init__(self, place: Path) -> None:
        self.home = home_in(place)
        self.ports = free_triples(MEMBERS)
        make(place, Places(nats=[f"127.0.0.1:{port}" for port in self.ports]))
        self.members: dict[str, Child] = {}
        for number in range(1, MEMBERS + 1):
            self.start(f"nats-{number}")

    def start(self, name: str) -> None:
        """Start a server, or start it again with what it stored."""
        file = self.home.data / "nats" / f"{name}.conf"
        told: dict[str, Any] = json.loads(file.read_text("utf-8"))
        told["jetstream"]["store_dir"] = str(self.home.data / name)  # Here they share a machine.
        file.write_text(json.dumps(told))
        tls = ["--tls", "--tlscert", f"{file.parent}/tls.crt", "--tlskey", f"{file.parent}/tls.key"]
        command = [str(binary()), "--config", str(file), *tls]
        self.members[name] = spawn(name, command, self.home.log(name))

    def login(self, user: str) -> Login:
        """As a user, by whichever server answers."""
        kept = read_json(Home(self.home.data).data / "secrets.json")
        urls = ",".join(f"nats://127.0.0.1:{port}" for port in self.ports)
        ca = (self.home.data / "ca.crt").read_text("utf-8")
        return Login(urls, user, kept[f"nats-{user}"], ca)

    def wait(self) -> None:
        """Until every server greets clients with JetStream."""
        for port in self.ports:
            assert until(lambda port=port: greets(port), READY_S)

    def stop(self) -> None:
        """All of them."""
        for child in self.members.values():
            child.stop(10.0)


def greets(port: int) -> bool:
    """Whether a server is there, and its JetStream as well."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            return b'"jetstream":true' in connection.recv(4096)
    except OSError:
        return False


def free_triples(count: int) -> list[int]:
    """Ports that are free together with those that a member opens beside them."""
    found: list[int] = []
    with ExitStack() as held:
        while len(found) < count:
            one = held.enter_context(socket.socket())
            one.bind(("127.0.0.1", 0))
            port: int = one.getsockname()[1]
            beside = [port + other - NATS for other in (ROUTES, MONITOR)]
            try:
                for other in beside:
                    held.enter_context(socket.socket()).bind(("127.0.0.1", other))
            except (OSError, OverflowError):
                continue
            found.append(port)
    return found
