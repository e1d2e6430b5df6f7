"""The flow of a whole service: its leader may die, freeze or lose a server; the flow goes on."""

import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from shared.kernel.errors import Unavailable
from shared.kernel.message import Actor
from shared.runtime import jetstream
from shared.runtime.asker import Asker
from shared.runtime.jetstream import Login
from shared.runtime.settings import Settings
from tests.runtime.flows import fetch
from tests.runtime.house import COUNTY, HERE, Process, house, logged, process
from tests.runtime.logs import until
from tests.servers import NatsServer, Postgres

pytestmark = [pytest.mark.servers, pytest.mark.slow]

CLERK = Actor("lin", "clerk", COUNTY)


@dataclass
class Service:
    """Two replicas of the example service; the first one leads."""

    settings: Settings
    first: Process
    second: Process
    nats: NatsServer

    async def open(self, count: int) -> None:
        """Open notebooks, each until it is opened."""
        login = Login(self.nats.url, "admin", self.nats.passwords["admin"])
        async with jetstream.connected(login, "asker") as client:
            for _ in range(count):
                notebook = uuid4()
                await until(lambda notebook=notebook: _opened(Asker(client), str(notebook)))

    async def flows(self, last: int) -> bool:
        """Whether everything up to a position is said and shown, and nothing else."""
        dsn = self.settings.pg_dsn.get_secret_value()
        ((shown,),) = await fetch(dsn, "SELECT count(*) FROM notebooks__shelf.notebooks")
        login = Login(self.nats.url, "admin", self.nats.passwords["admin"])
        async with jetstream.connected(login, "looker") as client:
            found = await jetstream.request(client, "STREAM.INFO.notebooks")
        return (last, last) == (shown, found["state"]["last_seq"])


async def _opened(asker: Asker, notebook: str) -> bool:
    data = {"notebook_id": notebook, "area": HERE, "title": notebook}
    try:
        await asker.ask("notebooks", "OpenNotebook", data, CLERK, uuid4(), uuid4())
    except Unavailable:
        return False
    return True


def leads(log: Path) -> bool:
    return any(line["event"] == "leading" for line in logged(log))


@pytest.fixture
async def service(pg: Postgres, nats_server: NatsServer, tmp_path: Path) -> AsyncIterator[Service]:
    settings = await house(tmp_path, pg, nats_server)
    async with _replica(settings, tmp_path / "1.log") as first:
        assert leads(tmp_path / "1.log")
        async with _replica(settings, tmp_path / "2.log") as second:
            yield Service(settings, first, second, nats_server)


@asynccontextmanager
async def _replica(settings: Settings, log: Path) -> AsyncIterator[Process]:
    async with process(settings, log) as replica:
        await replica.until_ready()
        yield replica


async def test_a_fact_is_said_and_shown(service: Service) -> None:
    await service.open(3)
    await until(lambda: service.flows(3))


async def test_when_the_leader_is_killed_the_other_takes_over(
    service: Service, tmp_path: Path
) -> None:
    await service.open(3)
    service.first.tell(signal.SIGKILL)
    await service.open(3)
    await until(lambda: service.flows(6))
    assert leads(tmp_path / "2.log")


async def test_a_frozen_leader_loses_its_place_and_does_no_harm_when_it_thaws(
    service: Service, tmp_path: Path
) -> None:
    await service.open(3)
    service.first.tell(signal.SIGSTOP)
    await until(lambda: _leads(tmp_path / "2.log"))
    service.first.tell(signal.SIGCONT)
    await service.open(3)
    await until(lambda: service.flows(6))
    await service.first.until_ready()


async def test_when_nats_is_killed_the_rest_is_said_when_it_is_back(service: Service) -> None:
    await service.open(3)
    await until(lambda: service.flows(3))
    service.nats.kill()
    service.nats.start()
    await service.open(3)
    await until(lambda: service.flows(6))


async def test_when_postgres_is_killed_the_rest_is_shown_when_it_is_back(
    service: Service, pg: Postgres
) -> None:
    await service.open(3)
    pg.kill()
    pg.start()
    await service.open(3)
    await until(lambda: service.flows(6))


async def _leads(log: Path) -> bool:
    return leads(log)
