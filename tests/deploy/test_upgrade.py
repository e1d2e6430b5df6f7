"""From one version to the next while people work: a copy of the code runs, and becomes another."""

import json
import os
import shutil
import subprocess
import sys
from asyncio import to_thread
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from deploy.tongxin.home import ROOT, SERVICES
from tests.deploy.load import loaded
from tests.deploy.test_steer import each_was_done_once
from tests.faults.checker import settle
from tests.platform import Platform
from tests.servers import home_in

pytestmark = [pytest.mark.servers, pytest.mark.slow]

LEFT_OUT = shutil.ignore_patterns("__pycache__", "vendor", "fonts")
PAGES = Path("services/portal/pages")

SPLIT = '    split_from: UUID | None = Field(title="原线索编号")\n'
STEP = "-- name: step 99 weather\nCREATE TABLE weather (said text);\n\n"
BOARD = "services/topics/projections/topic_board.sql"
STEPS = "shared/runtime/migrate.sql"
GRANTS = "-- name: grants "

NEXT = [
    (
        "services/topics/domain/lead/events.py",
        SPLIT,
        SPLIT + '    weather: str = Field(default="晴", title="天气")\n',
    ),
    (BOARD, "  into_lead  uuid,  ", "  weather    text        NOT NULL,\n  into_lead  uuid,  "),
    (BOARD, "split_from, joined)\nSELECT", "split_from, joined, weather)\nSELECT"),
    (
        BOARD,
        "'split_from')::uuid, 0\n",
        "'split_from')::uuid, 0, coalesce(data->>'weather', '晴')\n",
    ),
    (STEPS, GRANTS, STEP + GRANTS),
]
"""The next version: a fact with one more field, a table that no older version can fill, a step."""


class Checkout:
    """A copy of the code, which a test may change."""

    def __init__(self, place: Path, home: Path) -> None:
        self.place = place
        self.home = home
        for name in ("services", "shared", "deploy"):
            shutil.copytree(ROOT / name, place / name, ignore=LEFT_OUT)
        for brought in ("static/vendor", "fonts"):
            (place / PAGES / brought).symlink_to(ROOT / PAGES / brought)

    def change(self, file: str, old: str, new: str) -> None:
        """Put other words in the place of some that are there once."""
        text = (self.place / file).read_text("utf-8")
        assert 1 == text.count(old), (file, old)
        (self.place / file).write_text(text.replace(old, new), "utf-8")

    def tongxin(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Ask the command line of this version."""
        return subprocess.run(
            [sys.executable, "-m", "deploy.tongxin", *words],
            env={**os.environ, "TONGXIN_DATA": str(self.home)},
            cwd=self.place,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def code(place: Path) -> Checkout:
    """Today's version."""
    return Checkout(place / "code", home_in(place / "upgraded").data)


@pytest.fixture(scope="module")
def older(code: Checkout) -> Iterator[Platform]:
    """A platform that runs the copy."""
    python = ["/usr/bin/env", "-C", str(code.place), sys.executable]
    platform = Platform(home_in(code.home), "--no-demo", python=python)
    platform.start_and_wait()
    yield platform
    platform.close()


def test_the_same_version_changes_nothing(code: Checkout, older: Platform) -> None:
    assert older.parts()
    looked = code.tongxin("upgrade", "check", "--json")
    assert (0, []) == (looked.returncode, json.loads(looked.stdout))


async def test_the_next_version_takes_over_while_people_work(
    code: Checkout, older: Platform
) -> None:
    for file, old, new in NEXT:
        code.change(file, old, new)
    looked = code.tongxin("upgrade", "check", "--json")
    assert 0 == looked.returncode, looked.stderr
    said = {(row["where"], row["what"]) for row in json.loads(looked.stdout)}
    assert {(service, "'step 99 weather' is taken") for service in SERVICES} < said
    assert ("topics topic_board", "the view is another, and is filled anew") in said

    before = older.parts()
    async with loaded(older) as load:
        await load.goes_on(10)
        done = await to_thread(code.tongxin, "upgrade", "run", "--json")
        assert 0 == done.returncode, done.stderr
        await load.goes_on(10)

    assert [] == load.failed
    assert {*SERVICES} == {name for name, pid in older.parts().items() if before[name] != pid}
    await settle(older.servers)
    await each_was_done_once(older, load)
    await every_lead_is_on_the_board(older)
    assert "[]" == code.tongxin("upgrade", "check", "--json").stdout.strip()


async def every_lead_is_on_the_board(platform: Platform) -> None:
    """Those of the old version and of the new one; and no fact waits as a dead letter."""
    admin = await asyncpg.connect(platform.servers.admin_dsn)
    try:
        leads = "SELECT count(*) FROM topics.events WHERE type = 'LeadSubmitted'"
        shown = "SELECT count(*) FROM topics__topic_board.leads WHERE weather = '晴'"
        new = f"{leads} AND data->>'weather' = '晴'"
        assert await admin.fetchval(leads) == await admin.fetchval(shown) > 20
        assert await admin.fetchval(new) > 0
        for service in SERVICES:
            assert 0 == await admin.fetchval(f"SELECT count(*) FROM {service}.dead_letters")
    finally:
        await admin.close()


def test_a_version_that_cannot_start_takes_no_place(code: Checkout, older: Platform) -> None:
    file = "services/notify/app.py"
    whole = (code.place / file).read_text("utf-8")
    before = older.parts()
    (code.place / file).write_text("raise RuntimeError('it rains')\n", "utf-8")
    refused = code.tongxin("restart", "notify")
    (code.place / file).write_text(whole, "utf-8")
    assert (1, True) == (refused.returncode, "it rains" in refused.stderr)
    assert before == older.parts()
    assert 0 == code.tongxin("restart", "notify").returncode


def test_an_older_version_is_told_that_it_is_too_old(code: Checkout, older: Platform) -> None:
    assert older.parts()
    code.change(STEPS, STEP, "")
    looked = code.tongxin("upgrade", "check")
    assert 4 == looked.returncode
    assert "'step 99 weather' was taken by a newer version than this one" in looked.stderr
