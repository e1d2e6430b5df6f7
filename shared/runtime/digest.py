"""What a view holds in a few numbers: equal for equal rows, in whatever order they came."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import asyncpg

from shared.runtime import sql
from shared.runtime.view import View

SQL = sql.load(Path(__file__).with_suffix(".sql"))
DIGEST_S = 600.0

Part = tuple[int, str]
"""How many rows, and the sum of their hashes."""


@dataclass(frozen=True)
class Digest:
    """The parts of a view by table and area; a table without areas has one part, ''."""

    tables: Mapping[str, Mapping[str, Part]]

    @property
    def hex(self) -> str:
        """All of it as one hash."""
        parts = sorted(
            (t, a, *part) for t, areas in self.tables.items() for a, part in areas.items()
        )
        return sha256(repr(parts).encode()).hexdigest()

    def rows(self) -> dict[str, int]:
        """How many rows each table has."""
        return {
            table: sum(rows for rows, _ in areas.values()) for table, areas in self.tables.items()
        }

    def differs(self, other: "Digest") -> list[tuple[str, str]]:
        """The tables and areas in which two views are not the same."""
        return sorted(
            (table, area)
            for table in self.tables.keys() | other.tables.keys()
            for area in self.tables.get(table, {}).keys() | other.tables.get(table, {}).keys()
            if self.tables.get(table, {}).get(area) != other.tables.get(table, {}).get(area)
        )


async def digest(view: View) -> Digest:
    """The digest of a view as it is now."""
    async with view.pool.acquire() as connection:
        return await digest_of(connection, view.schema)


async def digest_of(connection: asyncpg.Connection, schema: str) -> Digest:
    """The digest of the view, or copy of one, in a schema."""
    tables: dict[str, dict[str, Part]] = {}
    for name, by_area in await connection.fetch(SQL["tables"].text, schema):
        text = SQL["by area" if by_area else "all"].text
        text = text.replace("SCHEMA", schema).replace("TABLE", name)
        rows = await connection.fetch(text, timeout=DIGEST_S)
        tables[name] = {area: (count, total) for area, count, total in rows}
    return Digest(tables)
