"""`make run`: up, interrupted, killed, up again, two of them side by side."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import asyncpg
import pytest

from deploy.tongxin.home import Trouble, read_json
from deploy.tongxin.process import Identity, until
from tests.faults.checker import check
from tests.platform import READY_S, Platform
from tests.servers import home_in

pytestmark = [pytest.mark.servers, pytest.mark.slow]

GONE_S = 90.0


@pytest.fixture(scope="module")
def another(place: Path) -> Iterator[Platform]:
    """A second platform, with the demo, in a data directory of its own."""
    platform = Platform(home_in(place / "another"), "--no-year")
    yield platform
    platform.close()


def tongxin(platform: Platform, *words: str) -> subprocess.CompletedProcess[str]:
    """Ask the command line, in the place of a platform."""
    return subprocess.run(
        [sys.executable, "-m", "deploy.tongxin", *words],
        env={**os.environ, "TONGXIN_DATA": str(platform.home.data)},
        capture_output=True,
        text=True,
        check=False,
        timeout=READY_S,
    )


async def closed_topics(platform: Platform) -> int:
    """How many topics have come to their end."""
    return await ask(platform, "SELECT count(*) FROM topics.events WHERE type = 'TopicClosed'")


async def ask(platform: Platform, query: str) -> int:
    """One number, from its PostgreSQL."""
    admin = await asyncpg.connect(platform.servers.admin_dsn)
    try:
        number: int = await admin.fetchval(query)
        return number
    finally:
        await admin.close()


async def facts_are_there(platform: Platform) -> None:
    """Wait until the demo is under way."""
    async with asyncio.timeout(READY_S):
        while True:
            with suppress(Trouble, OSError, asyncpg.PostgresError):
                if await ask(platform, "SELECT count(*) FROM meetings.events") > 5:
                    return
            await asyncio.sleep(0.05)


async def test_killed_in_the_middle_of_the_demo_it_goes_on_where_it_was(
    another: Platform,
) -> None:
    another.start()
    await facts_are_there(another)
    assert await closed_topics(another) < 3

    orphans = list(another.parts().values())
    another.kill_all()
    if sys.platform == "linux":
        assert until(lambda: not any(map(Identity.of, orphans)), GONE_S)

    print(f"ready in {another.start_and_wait():.1f} s, the rest of the demo included")
    assert 3 == await closed_topics(another)
    logs = await check(another.servers, [])
    assert {"TopicProposed": 3, "TopicClosed": 3} == {
        name: sum(fact.type == name for fact in logs["topics"])
        for name in ("TopicProposed", "TopicClosed")
    }


def test_a_second_one_in_the_same_place_says_that_it_is_already_running(
    another: Platform,
) -> None:
    second = tongxin(another, "up")
    assert 1 == second.returncode
    assert "already running" in second.stderr


def test_two_of_them_side_by_side_share_nothing(another: Platform, platform: Platform) -> None:
    ports = [
        {part["name"]: part["port"] for part in json.loads(tongxin(p, "status", "--json").stdout)}
        for p in (another, platform)
    ]
    assert not {*ports[0].values()} & {*ports[1].values()}
    assert {"topics-2"} == ports[1].keys() - ports[0].keys()


async def test_what_dies_is_started_again(another: Platform) -> None:
    before = another.parts()
    killed = {"notify", "nats", "postgres"}
    for name in killed:
        another.kill(name)
    assert until(
        lambda: killed == {n for n, pid in another.parts().items() if before[n] != pid}, 30
    )


def renewed(platform: Platform, before: dict[str, int]) -> set[str]:
    """The parts that are not the processes they were."""
    return {name for name, pid in platform.parts().items() if before[name] != pid}


def test_ctrl_c_stops_everything_in_reverse_order(another: Platform) -> None:
    assert 0 == another.interrupt()
    stopped = [line.split()[1] for line in another.printed.splitlines() if "stopped" in line]
    assert [
        "portal",
        "exchange",
        "notify",
        "outcomes",
        "meetings",
        "topics",
        "nats",
        "postgres",
    ] == stopped
    assert 3 == tongxin(another, "status").returncode


def test_a_second_start_is_quick_and_keeps_the_address(another: Platform) -> None:
    before = read_json(another.home.data / "address.json")
    print(f"second start: ready in {another.start_and_wait():.1f} s")
    assert before == read_json(another.home.data / "address.json")
    another.interrupt()
