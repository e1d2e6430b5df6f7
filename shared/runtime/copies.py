"""The copies of a view: the live one, the next one beside it, and the old one that is kept."""

from pathlib import Path

import asyncpg

from shared.runtime import sql
from shared.runtime.projector import Projector

SQL = sql.load(Path(__file__).with_suffix(".sql"))

NEXT, OLD = "__next", "__old"


async def signed(copy: Projector) -> str | None:
    """The fingerprint of the file that a copy is made of; None where there is no copy."""
    async with copy.here() as connection:
        return await signed_here(connection)


async def signed_here(connection: asyncpg.Connection) -> str | None:
    """The same, within a transaction among the tables of the copy."""
    if not await connection.fetchval(SQL["exists"].text):
        return None
    fingerprint: str = await connection.fetchval(SQL["signed"].text)
    return fingerprint


async def positions(copy: Projector) -> dict[str, int]:
    """How far a copy has come in each source; nothing where there is no copy."""
    async with copy.here() as connection:
        if not await connection.fetchval(SQL["exists"].text):
            return {}
        return dict(await connection.fetch(SQL["positions"].text))


async def make(copy: Projector) -> None:
    """Make an empty copy, instead of one that may be there.

    Every handler runs once over nothing, and every question is prepared: SQL that cannot work is
    known before a fact is read. Raises asyncpg.PostgresError.
    """
    async with copy.here() as connection:
        await make_here(connection, copy)


async def make_here(connection: asyncpg.Connection, copy: Projector) -> None:
    """The same, within a transaction among the tables of the copy."""
    projection = copy.projection
    await drop(connection, copy.schema)
    await connection.execute(f'CREATE SCHEMA "{copy.schema}"')
    await connection.execute(SQL["keep"].text)
    await connection.execute(projection.tables)
    await connection.execute(SQL["begin"].text, projection.sources)
    await connection.execute(SQL["sign"].text, projection.fingerprint)
    for handler in projection.handlers:
        await connection.execute(handler.text)
    for question in projection.questions.values():
        await connection.prepare(question.text)


async def drop(connection: asyncpg.Connection, schema: str) -> None:
    """Let a copy go, with all that is in it; there may be none."""
    await connection.execute(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')


async def hold_still(connection: asyncpg.Connection, copy: Projector) -> None:
    """Until the end of the transaction everybody may look at a copy, and nobody advances it.

    Whoever waits to advance looks the table up again by its name, and so finds the copy that
    bears the name by then.
    """
    await connection.execute(f'LOCK TABLE "{copy.schema}".checkpoint IN EXCLUSIVE MODE')


async def swap(connection: asyncpg.Connection, live: Projector, following: Projector) -> None:
    """Put the next copy in the place of the live one, in the caller's transaction."""
    old = live.schema + OLD
    await drop(connection, old)
    if await connection.fetchval(SQL["is there"].text, live.schema):
        await connection.execute(f'ALTER SCHEMA "{live.schema}" RENAME TO "{old}"')
    await connection.execute(f'ALTER SCHEMA "{following.schema}" RENAME TO "{live.schema}"')
    await connection.execute(SQL["tell"].text.replace("SCHEMA", live.schema), live.schema)
