"""`tongxin verify`: the proof of a log, from the server and from a dump of it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from deploy.tongxin import dump, pgtools
from deploy.tongxin.home import NotGood, Trouble, write_json
from deploy.tongxin.proof import Walk, chosen, kept_in, offline
from shared.runtime.chain import Broken
from tests.runtime.logs import Log, asked, fresh_log
from tests.runtime.test_chain import CHANGES, tamper
from tests.servers import Postgres

pytestmark = pytest.mark.servers

ODD = r"""{"words" :
	"\\ \t \n \\N \\. 协商 \u0009" , "n":1}""".encode()


@pytest.fixture
async def log(pg: Postgres) -> AsyncIterator[Log]:
    """Nine facts in five commits; the data of one are written oddly."""
    async with fresh_log(await pg.fresh_database()) as log:
        odd = asked("A")
        await log.store.append(replace(odd, facts=[replace(odd.facts[0], data=ODD)]))
        for _ in range(3):
            await log.store.append(asked("A", "B"))
        await log.store.append(asked("A", "B"))
        yield log


def dumped(log: Log, place: Path) -> Path:
    """A dump of its database."""
    file = place / "record.dump"
    words, secret = pgtools.way_in(log.admin_dsn)
    list(pgtools.run("pg_dump", ["--format=custom", f"--file={file}", *words], secret))
    return file


async def test_a_dump_proves_what_the_server_proves(log: Log, tmp_path: Path) -> None:
    file = dumped(log, tmp_path)
    online = await log.store.verify()
    (proof,) = offline(file, ["topics"], {})
    assert (9, 5, online.value.hex()) == (proof.facts, proof.commits, proof.chain)
    assert ["portal", "topics"] == dump.services_in(file)


@pytest.mark.parametrize("column", CHANGES)
async def test_a_changed_fact_is_found_in_a_dump(log: Log, column: str, tmp_path: Path) -> None:
    await tamper(log, f"UPDATE events SET {column} = {CHANGES[column]} WHERE position = 4")
    with pytest.raises(NotGood, match="at position 4: a fact up to 5 is not what was recorded"):
        offline(dumped(log, tmp_path), ["topics"], {})


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("DELETE FROM events WHERE position = 4", "at position 4: facts are missing"),
        ("DELETE FROM events WHERE position = 9", "at position 8: facts are missing"),
        ("DELETE FROM batches WHERE last_position = 5", "the next commit begins at 6"),
        ("DELETE FROM batches WHERE last_position = 9", "a fact that no commit recorded"),
    ],
)
async def test_what_was_taken_out_is_missed_in_a_dump(
    log: Log, sql: str, why: str, tmp_path: Path
) -> None:
    await tamper(log, sql)
    with pytest.raises(NotGood, match=why):
        offline(dumped(log, tmp_path), ["topics"], {})


async def test_a_log_that_was_written_anew_does_not_hold_what_was_kept(log: Log) -> None:
    chain = await log.store.verify()
    with pytest.raises(Broken, match="another one when its proof was kept"):
        await log.store.verify(Walk("topics", {5: "00"}, lambda _: None).passed)
    walk = Walk("topics", {12: "00"}, lambda _: None)
    with pytest.raises(Broken, match="ends before 12"):
        walk.arrived(await log.store.verify(walk.passed))
    walk = Walk("topics", {9: chain.value.hex()}, lambda _: None)
    assert walk.arrived(await log.store.verify(walk.passed)).commits == 5


def test_a_proof_that_was_printed_can_be_kept(tmp_path: Path) -> None:
    write_json(tmp_path / "proof.json", [{"service": "topics", "facts": 9, "chain": "ab"}])
    assert {"topics": {9: "ab"}} == kept_in(tmp_path / "proof.json")
    with pytest.raises(Trouble, match="is not what"):
        kept_in(tmp_path / "none.json")


def test_what_is_no_dump_or_no_service_is_told(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="is not there"):
        dump.services_in(tmp_path / "none.dump")
    (tmp_path / "some.dump").write_text("words")
    with pytest.raises(Trouble, match="does not appear to be a valid archive"):
        dump.services_in(tmp_path / "some.dump")
    with pytest.raises(Trouble, match="no log of 'songs', but of topics"):
        list(chosen(["songs"], ["topics"]))
