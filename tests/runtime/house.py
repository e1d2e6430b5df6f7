"""A house for the example service: its database, charters and areas, and replicas in processes."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from nats.aio.client import Client
from pydantic import SecretStr

from deploy.tongxin.process import free_port
from shared.runtime.jetstream import Login, connect
from shared.runtime.migrate import migrate
from shared.runtime.provision import provision
from shared.runtime.settings import Settings
from tests.runtime.logs import PASSWORD, login
from tests.servers import NatsServer, Postgres

ROOT = Path(__file__).parents[2]
SERVICE = "notebooks"

HERE = "511623100013"
COUNTY = "511623000000"
ELSEWHERE = "371621000000"

AREAS = f"""code,name,level
510000000000,四川省,province
{COUNTY},邻水县,county
{HERE},北辰社区,village
{ELSEWHERE},惠民县,county
"""

DEFAULT = """
in_force = 2020-01-01
provisional = ["notebooks.lines_max"]

[notebooks]
lines_max = 3
"""


def write_charter(folder: Path, charter: str, text: str) -> Path:
    """The file of a charter such as 'default@1'."""
    place, _, version = charter.partition("@")
    path = folder / place / f"{version}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


async def database(pg: Postgres, service: str = SERVICE) -> str:
    """A fresh database with the log of one service; that service's way in."""
    admin = await pg.fresh_database()
    await migrate(admin, {service: PASSWORD})
    return login(admin, service)


async def house(place: Path, pg: Postgres, nats: NatsServer) -> Settings:
    """Settings of a replica with a log and a stream of its own, under the default charter."""
    write_charter(place / "charters", "default@1", DEFAULT)
    (place / "areas.csv").write_text(AREAS, encoding="utf-8")
    settings = Settings(
        pg_dsn=SecretStr(await database(pg)),
        nats_url=nats.url,
        nats_user="admin",
        nats_password=SecretStr(nats.passwords["admin"]),
        charters=place / "charters",
        areas=place / "areas.csv",
    )
    admin = await connection(nats)
    await provision(admin, [SERVICE])
    await admin.close()
    return settings


async def connection(nats: NatsServer) -> Client:
    """A connection that may ask, and comes back by itself."""
    return await connect(Login(nats.url, "admin", nats.passwords["admin"]), "test")


@dataclass
class Process:
    """One replica in a process of its own."""

    settings: Settings
    child: asyncio.subprocess.Process
    port: int

    async def get(self, path: str) -> httpx.Response:
        """A page of its watching port."""
        async with httpx.AsyncClient() as client:
            return await client.get(f"http://127.0.0.1:{self.port}{path}")

    async def count(self, metric: str) -> float:
        """The sum of a metric over all its labels."""
        lines = (await self.get("/metrics")).text.splitlines()
        return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(metric))

    async def until_ready(self) -> None:
        """Returns when it is ready; fails when it ends before."""
        while True:
            assert self.child.returncode is None, f"it ended with {self.child.returncode}"
            try:
                if (await self.get("/ready")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.05)

    async def ends(self) -> int:
        """Its exit code."""
        return await self.child.wait()

    def tell(self, told: signal.Signals) -> None:
        """Send it a signal."""
        self.child.send_signal(told)


@asynccontextmanager
async def process(settings: Settings, log: Path, **more: str) -> AsyncIterator[Process]:
    """A replica of the example service as its own process, killed at the end."""
    port = free_port()
    told = {
        f"TONGXIN_{name.upper()}": value.get_secret_value()
        if isinstance(value, SecretStr)
        else str(value)
        for name, value in {**dict(settings), "http_port": port, **more}.items()
    }
    with log.open("ab") as out:
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.runtime.example",
            cwd=ROOT,
            env={**os.environ, **told},
            stdout=out,
            stderr=out,
        )
    try:
        yield Process(settings, child, port)
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()


def logged(log: Path) -> list[dict[str, object]]:
    """What a process said, line by line."""
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
