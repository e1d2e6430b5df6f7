"""Codes on the wall, results of polls in words, and a draw that anybody can repeat."""

import shutil
import subprocess
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import pytest

from services.portal.edge.meeting.codes import STEP_S, Codes
from services.portal.edge.tables import make_tables
from services.portal.pages.luck import instructions
from services.portal.pages.tallies import tally_of
from services.portal.pages.texts import read
from shared.kernel.errors import Refused
from shared.runtime.migrate import migrate
from tests.runtime.logs import PASSWORD
from tests.servers import Postgres

ONE, OTHER = uuid4(), uuid4()
RULES = {"satisfied": ["satisfied", "basically-satisfied"], "quorum": "1/2", "threshold": "2/3"}


@pytest.fixture
async def codes(pg: Postgres) -> AsyncIterator[Codes]:
    """Codes over tables of their own."""
    dsn = await pg.fresh_database()
    await migrate(dsn, {"portal": PASSWORD})
    async with asyncpg.create_pool(dsn, min_size=0) as pool:
        await make_tables(pool)
        yield Codes(pool)


def ago(seconds: float) -> datetime:
    """A moment in the past, or to come."""
    return datetime.now(UTC) - timedelta(seconds=seconds)


@pytest.mark.servers
async def test_a_code_names_its_own_meeting_and_no_other(codes: Codes) -> None:
    assert ONE == await codes.shown(await codes.token(ONE))
    assert OTHER == await codes.shown(await codes.token(OTHER))


@pytest.mark.servers
async def test_a_code_is_another_every_half_minute_and_holds_for_the_next(codes: Codes) -> None:
    now, before = await codes.token(ONE), await codes.token(ONE, ago(STEP_S))
    assert now != before
    assert ONE == await codes.shown(before)


@pytest.mark.servers
@pytest.mark.parametrize("seconds", [3 * STEP_S, 3600, 86400, -3 * STEP_S])
async def test_a_code_of_another_time_is_of_no_use(codes: Codes, seconds: float) -> None:
    token = await codes.token(ONE, ago(seconds))
    with pytest.raises(Refused, match="code-over"):
        await codes.shown(token)


@pytest.mark.servers
@pytest.mark.parametrize("text", ["", "x", "𠮷", "=" * 44, "A" * 44, "A" * 5000, "../..", "\0"])
async def test_what_is_no_code_is_over(codes: Codes, text: str) -> None:
    with pytest.raises(Refused, match="code-over"):
        await codes.shown(text)


@pytest.mark.servers
async def test_no_sign_of_a_code_can_be_changed(codes: Codes) -> None:
    token = await codes.token(ONE)
    await codes.token(OTHER)
    for at in (0, len(token) // 2, len(token) - 2):
        forged = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        with pytest.raises(Refused, match="code-over"):
            await codes.shown(forged)


@pytest.mark.servers
async def test_a_ticket_is_no_code_and_a_code_no_ticket(codes: Codes) -> None:
    ticket = await codes.ticket(ONE)
    assert ONE == await codes.held(ticket)
    with pytest.raises(Refused, match="code-over"):
        await codes.shown(ticket)
    with pytest.raises(Refused, match="code-over"):
        await codes.held(await codes.token(ONE))


@pytest.mark.parametrize(
    ("counts", "voters", "told"),
    [
        ((4, 2, 3), 10, (True, True)),
        ((3, 2, 4), 10, (True, False)),
        ((3, 1, 0), 9, (False, False)),
        ((0, 0, 0), 10, (False, False)),
    ],
)
def test_a_result_is_told_as_the_log_has_it(
    counts: tuple[int, int, int], voters: int, told: tuple[bool, bool]
) -> None:
    scale = ("satisfied", "basically-satisfied", "dissatisfied")
    rows = ",".join(
        f'{{"choice":"{choice}","ballots":{n}}}' for choice, n in zip(scale, counts, strict=True)
    )
    poll = {"counts": f"[{rows}]", "voters": ["v"] * voters, "polled": sum(counts)}
    tally = tally_of(poll, RULES)
    assert told == (tally.counts, tally.passes)


def test_the_published_material_gives_the_hash_it_names(tmp_path: Path) -> None:
    pool = [UUID(int=n) for n in (3, 1, 2)]
    listed = "".join(f"{one}\n" for one in sorted(map(str, pool)))
    (tmp_path / "pool.txt").write_text(listed)
    command = shutil.which("sha256sum")
    assert command
    printed = subprocess.run(
        [command, "pool.txt"], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout.split()[0]
    draw = {
        "pool_hash": printed, "seed_source": "福彩3D", "seed_day": "2026-03-03", "seed": "123",
        "luck": [pool[0]],
    }  # fmt: skip
    text = instructions(draw, pool, [pool[1]], read().persons)
    assert listed.strip() in text
    assert printed in text
    assert f"1 {pool[0]}" in text
