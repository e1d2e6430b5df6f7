"""Where the bytes of files lie: sealed with the key of their subject, in a table of their own.

A form stages its files first; they are kept once what the form asks has been done. So a form that
comes back with a no still has its pictures, and what nobody ever sent is swept away after a day.
"""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import asyncpg

from services.portal.edge.files.kinds import Harmless
from shared.kernel.errors import Refused
from shared.runtime import clock
from shared.runtime.sql import load
from shared.runtime.vault import Vault

SQL = load(Path(__file__).with_suffix(".sql"))

FILES_MAX = 8
STAGED_FOR = timedelta(days=1)


class Chest:
    """The bytes, over a pool of the portal's role."""

    def __init__(self, pool: asyncpg.Pool, vault: Vault) -> None:
        self._pool = pool
        self._vault = vault

    async def stage(self, subject_id: UUID, file: Harmless) -> UUID:
        """Lay a file by. The same bytes of the same subject are one file, however often they come.

        Raises Refused: 'too-many-files', and as Vault.seal does.
        """
        now = clock.now()
        file_id = uuid5(subject_id, sha256(file.content).hexdigest())
        await self._do("sweep", long_ago=now - STAGED_FOR)
        others = await self._value("others staged", subject_id=subject_id, file_id=file_id)
        if others >= FILES_MAX:
            raise Refused("too-many-files", limit=FILES_MAX)
        sealed = await self._vault.seal_bytes(subject_id, file.content)
        small = await self._vault.seal_bytes(subject_id, file.small) if file.small else b""
        await self._do(
            "stage",
            file_id=file_id,
            subject_id=subject_id,
            name=await self._vault.seal(subject_id, file.name),
            media=file.media,
            size=len(file.content),
            digest=sha256(sealed).hexdigest(),
            content=sealed,
            small=small,
            now=now,
        )
        return file_id

    async def staged(self, subject_id: UUID) -> list[dict[str, Any]]:
        """What is laid by for a subject and not kept yet."""
        statement = SQL["staged"]
        rows = await self._pool.fetch(statement.text, *statement.args({"subject_id": subject_id}))
        return [dict(row) for row in rows]

    async def keep(self, file_id: UUID) -> None:
        """It is kept: no sweep takes it away."""
        await self._do("keep", file_id=file_id)

    async def drop(self, subject_id: UUID, file_id: UUID) -> None:
        """Whoever fills in the form does not want to send this one after all."""
        await self._do("drop", subject_id=subject_id, file_id=file_id)

    async def take_away(self, file_id: UUID) -> None:
        """Delete the bytes."""
        await self._do("take away", file_id=file_id)

    async def content(self, file_id: UUID, digest: str, *, small: bool = False) -> bytes | None:
        """The readable bytes; None where they are gone, their key is, or they were altered."""
        statement = SQL["small" if small else "content"]
        row = await self._pool.fetchrow(statement.text, *statement.args({"file_id": file_id}))
        if row is None or not row["content"]:
            return None
        if not small and sha256(row["content"]).hexdigest() != digest:
            return None
        return await self._vault.unseal_bytes(row["subject_id"], row["content"])

    async def _value(self, name: str, /, **values: object) -> int:
        statement = SQL[name]
        value: int = await self._pool.fetchval(statement.text, *statement.args(values))
        return value

    async def _do(self, name: str, /, **values: object) -> None:
        statement = SQL[name]
        await self._pool.execute(statement.text, *statement.args(values))
