"""The proof of a log: what it is made of, and what it finds."""

import asyncio
from collections.abc import AsyncIterator
from hashlib import sha256

import pytest

from shared.kernel.envelope import Envelope
from shared.runtime.chain import Broken, Chain, leaf, merkle_root, proof, proven
from tests.runtime.logs import Log, asked, fresh_log
from tests.servers import Postgres

# The leaves and roots that implementations of RFC 6962 and 9162 are tested with.
INPUTS = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [sha256(b"\x00" + bytes.fromhex(one)).digest() for one in INPUTS]
MANY = [sha256(bytes([n])).digest() for n in range(100)]


@pytest.fixture
async def log(pg: Postgres) -> AsyncIterator[Log]:
    """Nine facts in four commits."""
    async with fresh_log(await pg.fresh_database()) as log:
        await log.store.append(asked("A"))
        await asyncio.gather(*(log.store.append(asked("A", "B")) for _ in range(3)))
        await log.store.append(asked("A"))
        await log.store.append(asked("A"))
        yield log


async def tamper(log: Log, sql: str) -> None:
    """What only a superuser can do, and only by putting the triggers out of the way."""
    await log.as_admin(
        f"DO $do$ BEGIN SET LOCAL session_replication_role = replica; {sql}; END $do$"
    )


@pytest.mark.parametrize("size", range(1, 9))
def test_the_root_is_that_of_the_standard(size: int) -> None:
    assert ROOTS[size - 1] == merkle_root(LEAVES[:size]).hex()


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 9, 64, 100])
def test_every_leaf_can_be_proven(size: int) -> None:
    leaves = MANY[:size]
    for index, one in enumerate(leaves):
        assert merkle_root(leaves) == proven(one, index, size, proof(leaves, index))


@pytest.mark.parametrize("index", [-1, 0, 1, 3, 6, 7])
def test_a_proof_proves_nothing_about_another_place(index: int) -> None:
    leaves = MANY[:7]
    assert merkle_root(leaves) != proven(leaves[2], index, 7, proof(leaves, 2))


@pytest.mark.parametrize(("index", "beyond"), [(0, -1), (6, 7)])
def test_a_proof_proves_nothing_beyond_the_tree(index: int, beyond: int) -> None:
    leaves = MANY[:7]
    assert proven(leaves[index], beyond, 7, proof(leaves, index)) is None


def test_a_proof_of_the_wrong_length_proves_nothing() -> None:
    leaves = MANY[:7]
    path = proof(leaves, 2)
    assert proven(leaves[2], 2, 7, path[:-1]) is None
    assert proven(leaves[2], 2, 7, [*path, path[0]]) is None


@pytest.mark.servers
async def test_postgresql_computes_the_same_roots(log: Log) -> None:
    for size in (*range(1, 18), 63, 64, 65, 100):
        (row,) = await log.as_admin("SELECT merkle_root($1)", MANY[:size])
        assert merkle_root(MANY[:size]) == row["merkle_root"], size


@pytest.mark.servers
async def test_an_untouched_log_verifies_to_its_end(log: Log) -> None:
    chain = await log.store.verify()
    (row,) = await log.as_admin("SELECT chain FROM batches ORDER BY last_position DESC LIMIT 1")
    assert (9, row["chain"]) == (chain.last, chain.value)


@pytest.mark.servers
async def test_a_fact_is_proven_by_its_neighbours_and_the_root(log: Log) -> None:
    batch = (await log.store.batches(1, 1))[0]
    facts = await log.store.after(1, batch.last - 1)
    leaves = [leaf(fact) for fact in facts]
    assert len(facts) == 6
    assert batch.root == proven(leaf(facts[4]), 4, 6, proof(leaves, 4))


CHANGES = {
    "stream": "gen_random_uuid()",
    "category": "'lead'",
    "revision": "7",
    "id": "gen_random_uuid()",
    "type": "'C'",
    "version": "2",
    "area": "'511623100014'",
    "charter": "'511623@2'",
    "actor": "'wang/convenor'",
    "at": "at + interval '1 microsecond'",
    "causation": "gen_random_uuid()",
    "correlation": "gen_random_uuid()",
    "data": "replace(data::text, ': ', ':')::json",
}


def test_every_column_but_the_position_is_tried() -> None:
    assert {"position", *CHANGES} == set(Envelope.__dataclass_fields__)


@pytest.mark.servers
@pytest.mark.parametrize("column", CHANGES)
async def test_a_changed_fact_is_found(log: Log, column: str) -> None:
    await tamper(log, f"UPDATE events SET {column} = {CHANGES[column]} WHERE position = 4")
    with pytest.raises(Broken, match="at position 2: a fact up to 7 is not what was recorded"):
        await log.store.verify()


ASIDE = "UPDATE events SET position = position + 1000 WHERE position IN (4, 5)"


ANOTHER = """
    INSERT INTO events
    SELECT 10, gen_random_uuid(), category, 1, gen_random_uuid(), type, version, area, charter,
           actor, at, causation, correlation, data
      FROM events WHERE position = 9
"""


@pytest.mark.servers
@pytest.mark.parametrize(
    ("sql", "position"),
    [
        ("DELETE FROM events WHERE position = 4", 2),
        ("DELETE FROM events WHERE position = 9", 9),
        ("DELETE FROM events WHERE position >= 9; DELETE FROM batches WHERE last_position = 8", 8),
        ("DELETE FROM batches WHERE last_position = 7", 2),
        ("UPDATE batches SET chain = sha256(chain) WHERE last_position = 7", 2),
        ("UPDATE batches SET root = sha256(root) WHERE last_position = 8", 8),
        (ANOTHER, 10),
        (f"{ASIDE}; UPDATE events SET position = 1009 - position WHERE position > 1000", 2),
    ],
    ids=[
        "in the middle",
        "at the end",
        "both",
        "a commit",
        "a chain",
        "a root",
        "put in",
        "changed places",
    ],
)
async def test_what_was_taken_out_or_moved_is_found(log: Log, sql: str, position: int) -> None:
    await tamper(log, sql)
    with pytest.raises(Broken) as broken:
        await log.store.verify()
    assert position == broken.value.position


@pytest.mark.servers
async def test_a_log_cut_short_ends_at_another_value(log: Log) -> None:
    """Nothing inside a log shows that its end is gone; a chain value kept elsewhere does."""
    kept = await log.store.verify()
    await tamper(
        log, "DELETE FROM events WHERE position = 9; DELETE FROM batches WHERE last_position = 9"
    )
    cut = await log.store.verify()
    assert (8, kept.value) != (cut.last, cut.value)
    assert cut.last < kept.last


@pytest.mark.servers
async def test_the_log_of_another_service_does_not_verify_as_ours(log: Log) -> None:
    (first,) = await log.store.batches(0, 1)
    with pytest.raises(Broken, match="does not follow"):
        Chain("meetings").verify(first, await log.store.after(0, 1))
