"""kill -9 in a loop, while stories are told."""

import asyncio
import random
from collections import Counter

import pytest

from deploy.tongxin.home import SERVICES
from deploy.tongxin.mend import app_of, rebuild_view
from deploy.tongxin.story import read
from shared.kernel.envelope import Envelope
from shared.runtime.rebuild import quietly
from tests.faults.checker import check, settle
from tests.platform import Platform
from tests.telling import tell

pytestmark = [pytest.mark.servers, pytest.mark.slow]

PAUSE_S = 1.0

Logs = dict[str, list[Envelope]]


async def kill_everything_once(platform: Platform, chance: random.Random) -> None:
    """kill -9 every part, one after the other, in an order of chance."""
    names = sorted(platform.parts())
    chance.shuffle(names)
    for name in names:
        await asyncio.sleep(chance.uniform(0, PAUSE_S))
        platform.kill(name)


def said_because_of(logs: Logs, telling: str) -> Counter[str]:
    """How many facts of each type a telling of the story led to, in all services."""
    asked = {step.id for matter in read(telling) for step in matter.steps}
    return Counter(f.type for log in logs.values() for f in log if f.correlation in asked)


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("seed", [1, 2])
async def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(
    platform: Platform, seed: int
) -> None:
    """And the whole story, with all that services did by themselves, is as if nothing had died."""
    before = platform.parts()
    async with asyncio.TaskGroup() as both:
        both.create_task(kill_everything_once(platform, random.Random(seed)))
        telling = both.create_task(tell(platform.servers, f"kill-{seed}"))
    logs = await check(platform.servers, [telling.result()])
    assert said_because_of(logs, "journey") == said_because_of(logs, f"kill-{seed}")

    after = platform.parts()
    assert before.keys() == {name for name, pid in after.items() if pid != before[name]}


async def test_a_rebuilt_view_holds_what_the_live_one_held(platform: Platform) -> None:
    await settle(platform.servers)
    for service in SERVICES:
        for view in app_of(service).projections:
            rebuilt = await rebuild_view(platform.servers, service, view.name, quietly)
            assert rebuilt.live
            assert [] == rebuilt.new.differs(rebuilt.live), f"{service} {view.name}"
