"""The doctor says what is wrong, and nothing where all is well."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from deploy.tongxin.doctor import Limits, examine
from deploy.tongxin.doctor.files import files
from deploy.tongxin.home import ROOT, Home, NothingRuns
from shared.runtime.pause import pause
from tests.platform import READY_S, Platform

WELL_S = 180.0
ALERTS = "docs/runbooks"


def doctor(platform: Platform) -> subprocess.CompletedProcess[str]:
    """Ask at the terminal."""
    return subprocess.run(
        [sys.executable, "-m", "deploy.tongxin", "doctor"],
        env={**os.environ, "TONGXIN_DATA": str(platform.home.data)},
        capture_output=True,
        text=True,
        check=False,
        timeout=READY_S,
    )


@contextmanager
def frozen(platform: Platform, name: str) -> Iterator[None]:
    """A process that lives and does nothing."""
    os.kill(platform.parts()[name], signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(platform.parts()[name], signal.SIGCONT)


@asynccontextmanager
async def parked(platform: Platform) -> AsyncIterator[None]:
    """A fact that the inbox could not take."""
    admin = await asyncpg.connect(platform.servers.admin_dsn)
    stream = uuid4()
    try:
        await admin.execute(
            "INSERT INTO notify.dead_letters (name, source, position, stream, type, error,"
            " envelope, at) VALUES ('inbox', 'notify', 1, $1, 'NoticeSent', 'no such column',"
            " '{}', now())",
            stream,
        )
        yield
    finally:
        await admin.execute("DELETE FROM notify.dead_letters WHERE stream = $1", stream)
        await admin.close()


@pytest.mark.servers
@pytest.mark.slow
async def test_it_names_what_is_wrong_and_is_silent_once_it_is_not(watched: Platform) -> None:
    async with parked(watched):
        with frozen(watched, "meetings"):
            told = doctor(watched)
    assert 4 == told.returncode, told.stderr
    for words in (
        "does not do its work",
        "no replica of meetings answers over NATS",
        "inbox of notify could not take 1 facts, the first at notify:1: no such column",
        "`tongxin dead-letters list`",
        f"read: {ALERTS}/dead-letters.md",
    ):
        assert words in told.stdout
    async with asyncio.timeout(WELL_S):
        while await examine(watched.home, Limits()):
            await pause(0.5)


@pytest.mark.servers
@pytest.mark.slow
async def test_what_grows_is_told_before_it_breaks(watched: Platform) -> None:
    admin = await asyncpg.connect(watched.servers.admin_dsn)
    try:
        async with admin.transaction():
            await admin.execute("SELECT pg_current_xact_id()")
            limits = Limits(free_share=1.1, connections_share=0.0, transaction_s=0.0, skew_s=-1.0)
            found = {one.about: one for one in await examine(watched.home, limits)}
    finally:
        await admin.close()
    assert "GiB are free" in found["disk"].what
    assert "apart" in found["clock"].what
    about = [one for one in found.values() if "pg_terminate_backend" in one.do]
    assert about
    assert not about[0].serious


@pytest.mark.servers
async def test_every_runbook_it_leads_to_is_there() -> None:
    said = "".join(
        file.read_text("utf-8") for file in (ROOT / "deploy/tongxin/doctor").glob("*.py")
    )
    led = {part.partition('"')[0] for part in said.split('book("')[1:]}
    assert len(led) > 5
    assert [] == sorted(name for name in led if not (ROOT / ALERTS / f"{name}.md").is_file())


def test_a_file_that_cannot_be_used_is_named_by_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "areas.csv"
    table.write_text(
        "code,name,level,from,until,into\n511623101000,城南镇,town,,2026-07-01,511623100000\n",
        "utf-8",
    )
    monkeypatch.setenv("TONGXIN_AREAS", str(table))
    found = [one for one in files() if one.about == "areas"]
    assert found
    assert str(table) in found[0].what
    assert "tongxin areas check" in found[0].do


async def test_where_nothing_was_started_it_says_how_to_start(tmp_path: Path) -> None:
    with pytest.raises(NothingRuns, match="make run"):
        await examine(Home(tmp_path), Limits())
