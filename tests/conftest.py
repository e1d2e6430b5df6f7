"""The servers that tests run against: real ones, of their own."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.platform import Platform
from tests.servers import NatsServer, Postgres, home_in
from tests.telling import Told, tell


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


@pytest.fixture(scope="session")
def platform(place: Path) -> Iterator[Platform]:
    """The platform without the demo, topics in two replicas; it runs until the tests are over."""
    platform = Platform(home_in(place / "platform"), "--no-demo", "--replicas", "topics=2")
    platform.start_and_wait()
    yield platform
    platform.close()


@pytest.fixture(scope="session")
async def told(platform: Platform) -> Told:
    """The demo's story, told once to the platform from its beginning to its end."""
    return await tell(platform.servers, "journey")
