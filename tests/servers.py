"""Real servers for tests: each started with data of its own, and killed when a test asks."""

import signal
from pathlib import Path
from uuid import uuid4

import asyncpg

from deploy.tongxin.home import Home
from deploy.tongxin.nats import USERS, Nats
from deploy.tongxin.postgres import Cluster


class Postgres:
    """A PostgreSQL cluster."""

    def __init__(self, home: Home) -> None:
        self.cluster = Cluster(home)
        self.start()

    @property
    def admin_dsn(self) -> str:
        """The superuser's way in, to the database `postgres`."""
        return self.cluster.dsn()

    async def fresh_database(self) -> str:
        """A new, empty database; the superuser's way in to it."""
        name = f"test_{uuid4().hex[:12]}"
        connection = await asyncpg.connect(self.admin_dsn)
        try:
            await connection.execute(f"CREATE DATABASE {name}")
        finally:
            await connection.close()
        return self.cluster.dsn(name)

    def start(self) -> None:
        """Start it, or start it again where it was."""
        self.cluster.prepare()
        self.cluster.start_and_wait()

    def stop(self) -> None:
        """As an operator stops it."""
        self.cluster.stop()

    def kill(self) -> None:
        """As a power cut stops it: the postmaster is gone at once, its children follow."""
        assert self.cluster.child
        self.cluster.child.kill()


class NatsServer:
    """A NATS server with JetStream. `ca`: whom to trust for it, where it speaks TLS."""

    ca = ""

    def __init__(self, home: Home) -> None:
        self.nats = Nats(home)
        self.start()

    @property
    def url(self) -> str:
        """Where it listens, without a user: see `passwords`, or take `url_of`."""
        return self.nats.url

    @property
    def passwords(self) -> dict[str, str]:
        """Every user and its password: the services, and `admin`."""
        return {user: self.nats.password(user) for user in USERS}

    def url_of(self, user: str) -> str:
        """Where it listens, with a user and the password."""
        return f"nats://{user}:{self.nats.password(user)}@127.0.0.1:{self.nats.port}"

    def start(self) -> None:
        """Start it, or start it again where it was, with all that it stored."""
        self.nats.prepare()
        self.nats.start_and_wait()

    def stop(self) -> None:
        """As an operator stops it."""
        self.nats.stop()

    def kill(self) -> None:
        """As a power cut stops it."""
        assert self.nats.child
        self.nats.child.kill()

    def freeze(self) -> None:
        """It keeps its connections, and answers nothing."""
        assert self.nats.child
        self.nats.child.popen.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """It goes on where it was."""
        assert self.nats.child
        self.nats.child.popen.send_signal(signal.SIGCONT)


def home_in(place: Path) -> Home:
    """A data directory for tests, which an unprivileged PostgreSQL can reach."""
    home = Home(place)
    home.open()
    return home
