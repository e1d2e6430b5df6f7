"""A NATS server as `deploy.ship.keys` sets it up: nobody is heard but over TLS."""

from pathlib import Path

from deploy.ship.keys import Places, make
from deploy.tongxin.nats import binary
from deploy.tongxin.process import spawn, until
from tests.faults.cluster import free_triples
from tests.servers import NatsServer, home_in

READY_S = 60.0


class TlsServer(NatsServer):
    """Its certificate is for `localhost` and this machine."""

    def __init__(self, place: Path) -> None:
        home = home_in(place)
        (self.port,) = free_triples(1)
        places = Places(nats=[f"127.0.0.1:{self.port}"], nats_store=str(place / "store"))
        make(place, places)
        self.authority = place / "ca.crt"
        self.ca = self.authority.read_text("utf-8")
        super().__init__(home)

    def start(self) -> None:
        """As its unit starts it."""
        folder = self.nats.home.data / "nats"
        tls = ["--tls", "--tlscert", f"{folder}/tls.crt", "--tlskey", f"{folder}/tls.key"]
        command = [str(binary()), "--config", f"{folder}/server.conf", *tls]
        self.nats.port = self.port
        self.nats.child = spawn("nats", command, self.nats.home.log("nats"))
        assert until(self.nats.accepts, READY_S), self.nats.home.last_words("nats")
