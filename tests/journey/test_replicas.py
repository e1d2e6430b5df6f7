"""Two replicas of one service share the work, and each command is done once."""

import asyncio
import re
import urllib.request
from collections import Counter
from uuid import UUID, uuid4

import pytest

from deploy.tongxin.status import standing
from shared.runtime.asker import Asker
from shared.runtime.jetstream import connect
from shared.runtime.store import Store
from tests.platform import Platform, people

pytestmark = [pytest.mark.servers, pytest.mark.slow]

COMMANDS = 100
COUNTED = re.compile(
    r'^tongxin_commands_total\{command="SubmitLead",outcome="(\w+)"\} (\d+)', re.MULTILINE
)


def handled(platform: Platform) -> dict[str, Counter[str]]:
    """What became of leads so far, in each replica of topics."""
    found = {}
    for part in standing(platform.home):
        if part.name.startswith("topics"):
            with urllib.request.urlopen(f"http://127.0.0.1:{part.port}/metrics") as page:
                counts = COUNTED.findall(page.read().decode())
            found[part.name] = Counter({outcome: int(count) for outcome, count in counts})
    return found


async def submit(asker: Asker, command_id: UUID) -> None:
    """Bring a matter of one's own."""
    lead = {
        "lead_id": str(command_id),
        "area": "511623100013",
        "title": "路灯不亮",
        "origin": "resident",
    }
    me = people()["resident"]
    await asker.ask("topics", "SubmitLead", lead, me, command_id, command_id)


async def test_a_command_that_reaches_both_is_done_once(platform: Platform) -> None:
    before = handled(platform)
    commands = [uuid4() for _ in range(COMMANDS)]
    client = await connect(platform.servers.login("portal"), "many")
    try:
        await asyncio.gather(*(submit(Asker(client), command) for command in commands * 2))
    finally:
        await client.close()

    after = handled(platform)
    gained = {name: after[name] - before.get(name, Counter()) for name in after}
    assert 2 == len(gained)
    assert all(done["said"] for done in gained.values())
    assert 2 * COMMANDS == sum(gained.values(), Counter[str]()).total()

    store = await Store.open(platform.servers.service_dsn("topics"), "topics")
    try:
        log = await store.after(0, 100_000)
    finally:
        await store.close()
    assert dict.fromkeys(commands, 1) == Counter(
        fact.causation for fact in log if fact.causation in set(commands)
    )
