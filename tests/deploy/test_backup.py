"""`tongxin backup` and `restore`: a place that is gone comes back elsewhere as it was."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from typer.testing import CliRunner

from deploy.tongxin.backup import back_up, views_of
from deploy.tongxin.cli import app
from deploy.tongxin.home import SERVICES, Home, NotGood, Trouble, read_json
from deploy.tongxin.mend import app_of, rebuild_view
from deploy.tongxin.pgtools import run
from deploy.tongxin.proof import kept_in, offline
from deploy.tongxin.restore import restore
from services.exchange.effects.consumers import REPLAY
from shared.runtime.jetstream import AWAY, Login, Rejected, request
from shared.runtime.jetstream import connected as jetstream_connected
from shared.runtime.provision import ADMIN
from shared.runtime.rebuild import quietly
from shared.runtime.vault import Vault
from tests.exchange.connected import LINSHUI, OPERATOR, Agency, asking, connected, seen
from tests.faults.checker import check, settle
from tests.platform import Platform
from tests.servers import home_in

pytestmark = [pytest.mark.servers, pytest.mark.slow]

SAID_BY = uuid4()
WORDS = "渠边的路灯坏了三个月"
SOME = 3
VIEWS = [("topics", "topic_board"), ("outcomes", "promises"), ("notify", "inbox")]
VIEWS += [("portal", name) for name in ("story", "matters", "commons", "people")]


def tongxin(home: Home, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Ask the command line, in a place."""
    command = [sys.executable, "-m", "deploy.tongxin", *map(str, words)]
    env = {**os.environ, "TONGXIN_DATA": str(home.data)}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


@dataclass(frozen=True)
class Kept:
    """A backup, and what the platform showed when it was made."""

    record: Path
    keys: Path
    told: dict[str, Any]
    views: dict[str, str]
    sealed: str
    agency: Agency
    taken: list[str]


@pytest.fixture(scope="module")
async def kept(platform: Platform, told: object, place: Path) -> Kept:
    """A backup of the running platform, which was told a story."""
    assert told
    async with asyncpg.create_pool(platform.servers.service_dsn("portal"), min_size=0) as pool:
        sealed = await Vault(pool).seal(SAID_BY, WORDS)
    agency, taken = await an_agency_that_took_some(platform)
    await settle(platform.servers)
    admin = await asyncpg.connect(platform.servers.admin_dsn)
    try:
        views = await views_of(admin)
    finally:
        await admin.close()
    record, keys = place / "backup" / "record", place / "backup" / "keys"
    done = tongxin(platform.home, "backup", record, "--keys", keys, "--json")
    assert 0 == done.returncode, done.stderr
    return Kept(record, keys, json.loads(done.stdout)[0], views, sealed, agency, taken)


async def an_agency_that_took_some(platform: Platform) -> tuple[Agency, list[str]]:
    """Of all that was ever said of its county, three facts; how far it is was written down."""
    async with asking(platform.servers) as asker:
        agency = await connected(asker)
        again = {"subscription_id": str(agency.subscription_id), "after": 0}
        await asker.ask("exchange", "ReplaySubscription", again, OPERATOR, uuid4(), uuid4())

        async def begins_anew() -> bool:
            found = await asker.consumer("PUBLIC", agency.user)
            return bool(found) and found["config"]["metadata"][REPLAY] != "0"

        await seen(begins_anew)
    known = "SELECT count(*) FROM exchange__taken.places WHERE subscription_id = $1"
    async with asyncpg.create_pool(platform.servers.service_dsn("exchange"), min_size=0) as pool:

        async def noted() -> bool:
            return bool(await pool.fetchval(known, agency.subscription_id))

        taken = await take(platform, agency, SOME)
        assert SOME == len(taken)
        await seen(noted)
    return agency, taken


async def take(platform: Platform, agency: Agency, most: int) -> list[str]:
    """The ids of so many facts, acknowledged; of fewer, when no more come."""
    way = Login(platform.servers.login(ADMIN).url, agency.user, agency.key)
    found: list[str] = []

    async def there() -> bool:
        try:
            await client.jetstream().pull_subscribe_bind(agency.user, "PUBLIC")
            await request(client, f"CONSUMER.INFO.PUBLIC.{agency.user}")
        except (Rejected, *AWAY):
            return False
        return True

    async with jetstream_connected(way, "agency") as client:
        await seen(there)
        fetching = await client.jetstream().pull_subscribe_bind(agency.user, "PUBLIC")
        while len(found) < most:
            try:
                (message,) = await fetching.fetch(1, timeout=5)
            except TimeoutError:
                break
            found.append((message.headers or {})["ce-id"])
            await message.ack_sync(timeout=30)
    return found


@pytest.fixture(scope="module")
def restored(kept: Kept, place: Path) -> Iterator[Platform]:
    """The same platform in another place, brought back and started."""
    home = home_in(place / "restored")
    done = tongxin(home, "restore", kept.record, "--keys", kept.keys, "--json")
    assert 0 == done.returncode, done.stderr
    (row,) = json.loads(done.stdout)
    assert (kept.told["facts"], len(kept.views), True) == (row["facts"], row["views"], row["keys"])
    platform = Platform(home, "--no-demo")
    platform.start_and_wait()
    yield platform
    platform.close()


def test_a_backup_is_one_moment_that_is_known_by_its_digests(kept: Kept) -> None:
    manifest = json.loads((kept.record / "manifest.json").read_text())
    assert kept.views == manifest["views"]
    assert kept.told["facts"] == sum(
        row["facts"] for row in json.loads((kept.record / "proof.json").read_text())
    )


def test_the_record_holds_no_key_and_the_keys_hold_no_record(kept: Kept) -> None:
    record, keys = (
        "\n".join(run("pg_restore", ["--list", file]))
        for file in (kept.record / "record.dump", kept.keys / "keys.dump")
    )
    assert "vault" not in record
    assert "TABLE DATA vault keys" in keys
    assert "events" not in keys
    assert all(
        0o600 == file.stat().st_mode & 0o777
        for file in (*kept.record.iterdir(), kept.keys / "keys.dump")
    )


def test_a_backup_proves_itself_without_a_server(kept: Kept) -> None:
    proof = kept.record / "proof.json"
    proofs = offline(kept.record / "record.dump", (), kept_in(proof))
    assert sorted(SERVICES) == [one.service for one in proofs]
    assert {tuple(row.values()) for row in read_json(proof)} == set(map(astuple, proofs))


async def test_a_record_that_was_touched_is_not_restored(kept: Kept, place: Path) -> None:
    touched = place / "touched"
    shutil.copytree(kept.record, touched)
    with (touched / "record.dump").open("ab") as dump:
        dump.write(b"x")
    with pytest.raises(NotGood, match="is not the file that was written"):
        await restore(home_in(place / "nowhere"), touched, None)


@pytest.mark.parametrize("words", [["backup", "more"], ["restore", "more"]])
def test_whoever_leaves_the_keys_out_has_to_say_so(words: list[str]) -> None:
    asked = CliRunner().invoke(app, words)
    assert (2, True) == (asked.exit_code, "--without-keys" in asked.output)


async def test_nothing_is_written_over(kept: Kept, platform: Platform) -> None:
    with pytest.raises(Trouble, match="is there already"):
        await back_up(platform.servers, kept.record, None)
    with pytest.raises(Trouble, match="already running"):
        await restore(platform.home, kept.record, None)


async def test_what_was_restored_is_whole_and_said_again(restored: Platform) -> None:
    """Gapless and chained logs, and JetStream carries each fact at its position once more."""
    logs = await check(restored.servers, [])
    assert any(fact.type == "TopicClosed" for fact in logs["topics"])


async def test_restored_views_hold_what_the_logs_say(restored: Platform) -> None:
    await settle(restored.servers)
    for service, name in VIEWS:
        assert name in {view.name for view in app_of(service).projections}
        rebuilt = await rebuild_view(restored.servers, service, name, quietly)
        assert rebuilt.same, name


async def test_an_agency_goes_on_where_it_was_and_misses_nothing(
    kept: Kept, restored: Platform
) -> None:
    """Though NATS, and what it knew of the agency, is another one."""
    await settle(restored.servers)
    rest = await take(restored, kept.agency, 10_000)
    async with asking(restored.servers) as asker:
        asked = {"area": LINSHUI, "after": 0, "most": 500}
        told = await asker.question("exchange", "PublicFacts", asked, OPERATOR, uuid4())
    assert [str(one["fact_id"]) for one in told["rows"]] == kept.taken + rest
    assert len(rest) > SOME


async def test_restored_keys_open_what_was_sealed(kept: Kept, restored: Platform) -> None:
    async with asyncpg.create_pool(restored.servers.service_dsn("portal"), min_size=0) as pool:
        assert {kept.sealed: WORDS} == await Vault(pool).unseal([kept.sealed])


async def test_where_something_was_told_nothing_is_restored(kept: Kept, restored: Platform) -> None:
    restored.interrupt()
    with pytest.raises(Trouble, match="there are data"):
        await restore(restored.home, kept.record, None)
