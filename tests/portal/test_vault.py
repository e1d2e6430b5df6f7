"""The vault: what is sealed can be read as long as its person is not forgotten."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import asyncpg
import pytest

from services.portal.edge.tables import make_tables
from shared.kernel.errors import Refused
from shared.runtime.vault import Vault, is_sealed
from tests.servers import Postgres

pytestmark = pytest.mark.servers

WORDS = "我母亲看病要走 4 公里"


@pytest.fixture
async def pool(pg: Postgres) -> AsyncIterator[asyncpg.Pool]:
    async with asyncpg.create_pool(await pg.fresh_database(), min_size=0) as pool:
        await make_tables(pool)
        yield pool


async def test_what_is_sealed_can_be_read_again_and_says_nothing_by_itself(
    pool: asyncpg.Pool,
) -> None:
    vault = Vault(pool)
    sealed = await vault.seal(uuid4(), WORDS)

    assert is_sealed(sealed)
    assert WORDS not in sealed
    assert {sealed: WORDS} == await vault.unseal([sealed])


async def test_the_same_words_are_never_sealed_alike(pool: asyncpg.Pool) -> None:
    vault, person = Vault(pool), uuid4()

    assert await vault.seal(person, WORDS) != await vault.seal(person, WORDS)


async def test_who_is_forgotten_can_no_longer_be_read_and_others_can(pool: asyncpg.Pool) -> None:
    vault, person = Vault(pool), uuid4()
    mine, others = await vault.seal(person, WORDS), await vault.seal(uuid4(), "别人的话")
    await vault.forget(person)

    assert {mine: None, others: "别人的话"} == await vault.unseal([mine, others])


async def test_who_is_forgotten_is_not_sealed_anew(pool: asyncpg.Pool) -> None:
    vault, person, never_seen = Vault(pool), uuid4(), uuid4()
    await vault.seal(person, WORDS)
    for one in (person, never_seen):
        await vault.forget(one)
        with pytest.raises(Refused, match="forgotten"):
            await vault.seal(one, WORDS)


async def test_a_text_moved_to_another_person_or_altered_is_not_read(pool: asyncpg.Pool) -> None:
    vault, person, other = Vault(pool), uuid4(), uuid4()
    sealed = await vault.seal(person, WORDS)
    await vault.seal(other, "别人的话")
    moved = sealed.replace(str(person), str(other))
    altered = sealed[:-6] + ("AAAA" if sealed[-6:-2] != "AAAA" else "BBBB") + sealed[-2:]

    assert {moved: None, altered: None} == await vault.unseal([moved, altered])


@pytest.mark.parametrize("text", ["", "sealed:1:", "sealed:1:nobody:AAAA", f"sealed:1:{uuid4()}:é"])
async def test_what_only_looks_sealed_is_left_alone(pool: asyncpg.Pool, text: str) -> None:
    assert not is_sealed(text)
    assert {} == await Vault(pool).unseal([text])


async def test_two_replicas_make_the_tables_once(pg: Postgres) -> None:
    dsn = await pg.fresh_database()
    async with asyncpg.create_pool(dsn, min_size=2) as one, asyncpg.create_pool(dsn) as other:
        await asyncio.gather(make_tables(one), make_tables(other), make_tables(one))
        assert 0 == await one.fetchval("SELECT count(*) FROM vault.keys")
