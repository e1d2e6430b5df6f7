"""The door: passwords, lockout, and sessions that end by themselves."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import asyncpg
import pytest

from services.portal.edge.door import FAILURES_MAX, Door
from services.portal.edge.tables import make_tables
from shared.kernel.errors import Refused
from tests.servers import Postgres

pytestmark = pytest.mark.servers

RIGHT, WRONG = "correct-horse-7", "wrong-horse-8"


@dataclass(frozen=True)
class House:
    """A door, and Lin who has a key to it."""

    door: Door
    pool: asyncpg.Pool
    lin: UUID

    async def fail(self, times: int, login: str = "lin") -> list[str]:
        """Knock with a wrong password; the codes of the refusals."""
        codes = []
        for _ in range(times):
            with pytest.raises(Refused) as no:
                await self.door.enter(login, WRONG)
            codes.append(no.value.code)
        return codes


@pytest.fixture
async def house(pg: Postgres) -> AsyncIterator[House]:
    async with asyncpg.create_pool(await pg.fresh_database(), min_size=0) as pool:
        await make_tables(pool)
        house = House(Door(pool), pool, uuid4())
        await house.door.set_password(house.lin, "lin", RIGHT)
        yield house


async def test_the_right_password_opens_a_session(house: House) -> None:
    session = await house.door.session(await house.door.enter("lin", RIGHT))

    assert session
    assert house.lin == session.account_id


async def test_a_wrong_password_and_an_unknown_login_are_told_alike(house: House) -> None:
    assert ["wrong-password"] == await house.fail(1)
    assert ["wrong-password"] == await house.fail(1, login="nobody")


@pytest.mark.parametrize("login", ["lin", "nobody"])
async def test_after_five_failures_even_the_right_password_has_to_wait(
    house: House, login: str
) -> None:
    await house.fail(FAILURES_MAX, login)

    with pytest.raises(Refused) as no:
        await house.door.enter(login, RIGHT)
    assert "locked" == no.value.code
    assert 0 < int(str(no.value.facts["minutes"])) <= 15


async def test_knocking_while_locked_out_does_not_prolong_it(house: House) -> None:
    await house.fail(FAILURES_MAX)
    before = await house.pool.fetchval("SELECT last_at FROM portal__door.attempts")
    assert ["locked"] * 3 == await house.fail(3)

    assert before == await house.pool.fetchval("SELECT last_at FROM portal__door.attempts")


async def test_after_a_quiet_while_everything_begins_anew(house: House) -> None:
    await house.fail(FAILURES_MAX + 1)
    await house.pool.execute(
        "UPDATE portal__door.attempts SET last_at = last_at - interval '16 minutes'"
    )

    assert await house.door.enter("lin", RIGHT)


async def test_a_new_password_ends_a_lock(house: House) -> None:
    await house.fail(FAILURES_MAX + 1)
    await house.door.set_password(house.lin, "lin", f"{RIGHT}-new")

    assert await house.door.enter("lin", f"{RIGHT}-new")


async def test_coming_in_forgets_earlier_failures(house: House) -> None:
    await house.fail(FAILURES_MAX - 1)
    await house.door.enter("lin", RIGHT)

    assert ["wrong-password"] * FAILURES_MAX == await house.fail(FAILURES_MAX)


@pytest.mark.parametrize("column", ["seen_at", "opened_at"])
async def test_a_session_ends_when_nobody_uses_it_and_after_a_day(
    house: House, column: str
) -> None:
    token = await house.door.enter("lin", RIGHT)
    await house.pool.execute(
        f"UPDATE portal__door.sessions SET {column} = {column} - interval '13 hours'"
    )

    assert await house.door.session(token) is None


async def test_a_session_in_use_goes_on(house: House) -> None:
    token = await house.door.enter("lin", RIGHT)
    for _ in range(3):
        await house.pool.execute(
            "UPDATE portal__door.sessions SET seen_at = seen_at - interval '50 minutes'"
        )
        assert await house.door.session(token)


async def test_leaving_ends_the_session_and_a_new_password_ends_all(house: House) -> None:
    first, second, third = [await house.door.enter("lin", RIGHT) for _ in range(3)]
    await house.door.leave(first)
    assert await house.door.session(first) is None
    assert await house.door.session(second)

    await house.door.set_password(house.lin, "lin", "another-horse-9")
    assert [None, None] == [await house.door.session(one) for one in (second, third)]


async def test_neither_passwords_nor_tokens_can_be_read_from_the_tables(house: House) -> None:
    token = await house.door.enter("lin", RIGHT)
    rows = [
        *await house.pool.fetch("SELECT * FROM portal__door.credentials"),
        *await house.pool.fetch("SELECT * FROM portal__door.sessions"),
    ]

    told = " ".join(str(dict(row)) for row in rows)
    assert "argon2id" in told
    assert RIGHT not in told
    assert token not in told


@pytest.mark.parametrize("password", ["short-1", "noDigitsHere", "0123456789", "x1" * 150])
async def test_a_weak_password_is_refused(house: House, password: str) -> None:
    with pytest.raises(Refused, match="weak-password"):
        await house.door.set_password(house.lin, "lin", password)
