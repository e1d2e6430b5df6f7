"""Notices reach people: the platform, a real mail server, and a kill in the one bad moment."""

import asyncio
import os
import signal
import stat
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from services.portal.edge.people.newcomers import Newcomer, open_accounts
from shared.kernel.message import Actor
from shared.runtime.asker import Asker
from shared.runtime.jetstream import connect
from shared.runtime.vault import Vault
from tests.notify.outside import Postbox, postbox
from tests.platform import Platform
from tests.servers import home_in

pytestmark = [pytest.mark.servers, pytest.mark.slow]

COUNTY = "511623000000"
FOUND_S = 180
CLERK = Newcomer("clerk", "文小川", "correct-horse-7", "clerk", COUNTY)
CPPCC = Newcomer("cppcc", "程立新", "correct-horse-7", "cppcc", COUNTY)


class Reached:
    """The platform, the mail server it was told of, and the ways to ask."""

    def __init__(self, platform: Platform, box: Postbox, asker: Asker, vault: Vault) -> None:
        self.platform = platform
        self.box = box
        self.asker = asker
        self.vault = vault
        self.people: dict[str, Actor] = {}

    async def ask(self, who: str, command: str, **data: Any) -> None:
        """One of them asks notify for something of their own."""
        me = self.people[who]
        told = {"subscription_id": me.id, "area": COUNTY, **data}
        await self.asker.ask("notify", command, told, me, uuid4(), uuid4())

    async def give(self, who: str, address: str) -> None:
        """One of them gives an address."""
        sealed = await self.vault.seal(UUID(self.people[who].id), address)
        await self.ask(who, "GiveAddress", channel="email", address=sealed)

    async def ledger(self, who: str) -> list[dict[str, Any]]:
        """All that was sent to one of them by mail."""
        asked = {"area": COUNTY, "channel": "email"}
        answer = await self.asker.question(
            "notify", "LedgerOfArea", asked, self.people["clerk"], uuid4()
        )
        return [row for row in answer["rows"] if row["account"] == self.people[who].id]

    async def until_delivered(self, who: str, state: str = "NoticeDelivered") -> dict[str, Any]:
        """The newest line of the ledger, once it is in this state."""
        async with asyncio.timeout(FOUND_S):
            while True:
                # While notify is dead, nobody answers.
                with suppress(Exception):
                    for line in await self.ledger(who):
                        if line["state"] == state:
                            return line
                await asyncio.sleep(0.2)


@pytest.fixture(scope="module")
async def reached(place: Path) -> AsyncIterator[Reached]:
    async with postbox() as box:
        file = Path(tempfile.mkdtemp(dir=place)) / "channels.toml"
        file.write_text(
            f'[email]\nhost = "127.0.0.1"\nport = {box.port}\nsecurity = "plain"\n'
            'sender = "notice@example.org"\nper_minute = 6000\n'
        )
        file.chmod(stat.S_IRUSR)
        os.environ["TONGXIN_NOTIFY_CHANNELS"] = str(file)
        platform = Platform(home_in(place / "reaching"), "--no-demo")
        try:
            await asyncio.to_thread(platform.start_and_wait)
            async with _asking(platform, box) as one:
                yield one
        finally:
            del os.environ["TONGXIN_NOTIFY_CHANNELS"]
            await asyncio.to_thread(platform.close)


@asynccontextmanager
async def _asking(platform: Platform, box: Postbox) -> AsyncIterator[Reached]:
    servers = platform.servers
    client = await connect(servers.login("portal"), "tests")
    try:
        async with asyncpg.create_pool(servers.service_dsn("portal"), min_size=0) as pool:
            one = Reached(platform, box, Asker(client), Vault(pool))
            one.people = await open_accounts(one.asker, pool, [CLERK, CPPCC])
            yield one
    finally:
        await client.close()


async def test_a_test_message_arrives_and_stands_in_the_ledger(reached: Reached) -> None:
    await reached.give("clerk", "wen@example.org")
    await reached.ask("clerk", "TryChannel", channel="email")
    line = await reached.until_delivered("clerk")
    (mail,) = [mail for mail in reached.box.mails if mail["To"] == "wen@example.org"]
    assert ("channel-test", 1, False, "SMTP 250") == (
        line["text"], line["attempts"], line["unsure"], line["told"],
    )  # fmt: skip
    assert "【同心】这是一条测试通知,由您本人发送。" == mail["Subject"]


async def test_a_kill_between_sending_and_recording_loses_nothing_and_is_marked(
    reached: Reached,
) -> None:
    """The mail server itself kills notify: the mail is there, and nobody can have written so."""
    notify = reached.platform.parts()["notify"]
    reached.box.came = lambda: _once(reached.box, notify)
    reached.box.answers = ["drop"]
    await reached.give("cppcc", "cheng@example.org")
    await reached.ask("cppcc", "TryChannel", channel="email")
    line = await reached.until_delivered("cppcc")
    first, second = [mail for mail in reached.box.mails if mail["To"] == "cheng@example.org"]
    assert first["Message-ID"] == second["Message-ID"]
    assert (None, "yes") == (first["X-Tongxin-Repeat"], second["X-Tongxin-Repeat"])
    assert (2, True) == (line["attempts"], line["unsure"])
    assert 1 == len(await reached.ledger("cppcc"))
    assert notify != reached.platform.parts()["notify"]


def _once(box: Postbox, pid: int) -> None:
    box.came = lambda: None
    os.kill(pid, signal.SIGKILL)


async def test_an_address_is_nowhere_in_the_clear(reached: Reached) -> None:
    connection = await asyncpg.connect(reached.platform.servers.admin_dsn)
    try:
        facts = await connection.fetchval(
            "SELECT string_agg(data::text, '') FROM notify.events WHERE type LIKE 'Address%'"
        )
    finally:
        await connection.close()
    assert "sealed:1:" in facts
    assert "example.org" not in facts
    logs = reached.platform.home.log("up").parent
    assert not [log for log in logs.iterdir() if "wen@example.org" in log.read_text("utf-8")]
