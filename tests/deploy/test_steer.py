"""A platform at work loses a replica, gets more and new ones; nobody asks more than twice."""

from asyncio import to_thread
from collections import Counter
from pathlib import Path

import pytest

from deploy.tongxin import control
from deploy.tongxin.home import NothingRuns
from deploy.tongxin.process import until
from deploy.tongxin.status import standing
from shared.runtime.store import Store
from tests.deploy.load import Load, loaded
from tests.platform import Platform
from tests.servers import home_in

pytestmark = [pytest.mark.servers, pytest.mark.slow]

AGAIN_S = 240.0


async def each_was_done_once(platform: Platform, load: Load) -> None:
    """Nothing that was acknowledged is missing, and nothing is there twice."""
    store = await Store.open(platform.servers.service_dsn("topics"), "topics")
    try:
        log = await store.after(0, 1_000_000)
    finally:
        await store.close()
    asked = set(load.commands)
    assert dict.fromkeys(load.commands, 1) == Counter(
        fact.causation for fact in log if fact.causation in asked
    )


async def test_a_killed_replica_costs_nobody_more_than_a_second_try(platform: Platform) -> None:
    before = platform.parts()["topics-2"]
    async with loaded(platform) as load:
        await load.goes_on()
        platform.kill("topics-2")
        await load.goes_on()
    assert [] == load.failed
    assert until(lambda: platform.parts()["topics-2"] != before, AGAIN_S)
    await each_was_done_once(platform, load)


async def test_new_processes_take_the_place_of_old_ones_while_people_work(
    platform: Platform,
) -> None:
    before = platform.parts()
    async with loaded(platform) as load:
        await load.goes_on(10)
        await to_thread(control.renew, platform.home, ["topics", "portal"])
        await load.goes_on(10)
    assert [] == load.failed
    renewed = {name for name, pid in platform.parts().items() if before[name] != pid}
    assert {"topics", "topics-2", "portal"} == renewed
    await each_was_done_once(platform, load)


def test_a_service_is_scaled_out_and_in_again(platform: Platform) -> None:
    before = platform.parts()
    more = control.scale(platform.home, {"notify": 2})
    assert {"notify-2"} == {one.name for one in more} - before.keys()
    assert {"ready"} == {one.state for one in more}
    control.scale(platform.home, {"notify": 1})
    assert before == platform.parts()
    assert before.keys() == {one.name for one in standing(platform.home)}


def test_what_does_not_run_cannot_be_scaled_or_stopped(place: Path) -> None:
    nowhere = home_in(place / "nowhere")
    with pytest.raises(NothingRuns):
        control.scale(nowhere, {"topics": 2})
    with pytest.raises(NothingRuns):
        control.stop(nowhere)
