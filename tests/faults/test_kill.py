"""kill -9 in a loop, while stories are told."""

import asyncio
import random

import pytest

from tests.faults.checker import check
from tests.platform import Platform
from tests.telling import tell

pytestmark = [pytest.mark.servers, pytest.mark.slow]

PAUSE_S = 1.0


async def kill_everything_once(platform: Platform, chance: random.Random) -> None:
    """kill -9 every part, one after the other, in an order of chance."""
    names = sorted(platform.parts())
    chance.shuffle(names)
    for name in names:
        await asyncio.sleep(chance.uniform(0, PAUSE_S))
        platform.kill(name)


@pytest.mark.parametrize("seed", [1, 2])
async def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(
    platform: Platform, seed: int
) -> None:
    before = platform.parts()
    async with asyncio.TaskGroup() as both:
        both.create_task(kill_everything_once(platform, random.Random(seed)))
        telling = both.create_task(tell(platform.servers, f"kill-{seed}"))
    await check(platform.servers, [telling.result()])
    after = platform.parts()
    assert before.keys() == {name for name, pid in after.items() if pid != before[name]}
