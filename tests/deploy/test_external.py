"""Servers that others run: nothing is started in their place."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.test_cli import tongxin
from tests.platform import Platform
from tests.servers import NatsServer, Postgres, home_in

pytestmark = [pytest.mark.servers, pytest.mark.slow]


@pytest.fixture
async def elsewhere(pg: Postgres, nats_server: NatsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PostgreSQL and a NATS, named by settings."""
    monkeypatch.setenv("TONGXIN_PG_DSN", await pg.fresh_database())
    monkeypatch.setenv("TONGXIN_NATS_URL", nats_server.url)
    monkeypatch.setenv("TONGXIN_NATS_USER", "admin")
    monkeypatch.setenv("TONGXIN_NATS_PASSWORD", nats_server.passwords["admin"])


@pytest.fixture
def platform_there(
    elsewhere: None, place: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Platform]:
    """The services alone."""
    platform = Platform(home_in(place / "external"), "--no-demo")
    monkeypatch.setenv("TONGXIN_DATA", str(platform.home.data))
    platform.start_and_wait()
    yield platform
    platform.close()


def test_only_services_are_started_where_the_servers_are_named(platform_there: Platform) -> None:
    found = json.loads(tongxin("status", "--json").stdout)
    assert {"topics", "meetings", "outcomes", "notify", "exchange", "portal"} == {
        p["name"] for p in found
    }
    assert {"ready"} == {part["state"] for part in found}

    lags = json.loads(tongxin("lag", "--json").stdout)
    assert {"(log)", "(stream)"} < {lag["reader"] for lag in lags}
    assert not (platform_there.home.data / "nats").exists()
