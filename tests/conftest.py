"""The servers that tests run against: real ones, of their own."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import NatsServer, Postgres, home_in


@pytest.fixture(scope="session")
def place() -> Iterator[Path]:
    """A directory for this run, with a short path that every user may walk through."""
    place = Path(tempfile.mkdtemp(prefix="tongxin-test-"))
    place.chmod(0o711)
    yield place
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(scope="session")
def pg(place: Path) -> Iterator[Postgres]:
    """One PostgreSQL for the whole run; take a `fresh_database()` each."""
    server = Postgres(home_in(place / "pg"))
    yield server
    server.stop()


@pytest.fixture
def nats_server(place: Path, request: pytest.FixtureRequest) -> Iterator[NatsServer]:
    """A NATS server of the test's own, empty; it starts in some 20 ms."""
    home = home_in(Path(tempfile.mkdtemp(prefix="nats-", dir=place)))
    server = NatsServer(home)
    yield server
    server.stop()
    shutil.rmtree(home.data)
