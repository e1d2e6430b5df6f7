"""The vault: private words are sealed with a key of their person before anything else sees them.

A sealed text is 'sealed:1:<person>:<nonce and AES-256-GCM ciphertext, base64url>'. Destroying the
person's key makes every copy of every sealed text unreadable, in logs, views and backups alike,
while hashes over the ciphertext still verify. Keys live in the schema `vault`, away from the logs.
"""

import hmac
import os
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import asyncpg
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.kernel.errors import Refused
from shared.runtime.sql import load

SQL = load(Path(__file__).with_name("vault.sql"))

SEALED = re.compile(
    r"sealed:1:(?P<person>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}):(?P<words>[\w-]{38,}={0,2})",
    re.ASCII,
)
NONCE_BYTES = 12
TOKEN_BYTES = 18


def persons_in(text: str) -> set[UUID]:
    """The persons whose keys seal something in a text."""
    return {UUID(found["person"]) for found in SEALED.finditer(text)}


def is_sealed(text: object) -> bool:
    """Whether a value is a text that only the vault can read."""
    return isinstance(text, str) and SEALED.fullmatch(text) is not None


class Vault:
    """The keys of persons, over a pool whose role owns the schema `vault`."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def seal(self, person: UUID, text: str) -> str:
        """The text, readable only as long as the person's key exists.

        Raises Refused: 'forgotten' for a person whose key was destroyed, 'subject-locked'.
        """
        sealed = await self.seal_bytes(person, text.encode())
        return f"sealed:1:{person}:{urlsafe_b64encode(sealed).decode()}"

    async def seal_bytes(self, person: UUID, content: bytes) -> bytes:
        """A nonce and the content as ciphertext, readable as long as the person's key exists.

        Raises Refused as `seal` does.
        """
        key = await self._key(person)
        nonce = os.urandom(NONCE_BYTES)
        return nonce + AESGCM(key).encrypt(nonce, content, person.bytes)

    async def unseal_bytes(self, person: UUID, sealed: bytes) -> bytes | None:
        """The content; None where the key is gone or locked, or the content was tampered with."""
        rows = await self._pool.fetch(SQL["keys of persons"].text, [person])
        keys = [row["key"] for row in rows if not row["locked"]]
        return _decrypted(keys[0], sealed, person) if keys else None

    async def unseal(self, texts: Iterable[str]) -> dict[str, str | None]:
        """What each sealed text says; None where the key is gone or the text tampered with.

        Texts of a person who is locked are left out: they are stored, and that is all.
        """
        sealed = {text: found for text in texts if (found := SEALED.fullmatch(text))}
        persons = {UUID(found["person"]) for found in sealed.values()}
        rows = await self._pool.fetch(SQL["keys of persons"].text, list(persons))
        keys = {str(row["person"]): row["key"] for row in rows}
        locked = {str(row["person"]) for row in rows if row["locked"]}
        return {
            text: _open(found, keys.get(found["person"]))
            for text, found in sealed.items()
            if found["person"] not in locked
        }

    async def token(self, person: UUID, purpose: str) -> str:
        """A text that nobody can guess, always the same as long as the person's key exists.

        Raises Refused as `seal` does.
        """
        return _token(await self._key(person), purpose)

    async def is_token(self, person: UUID, purpose: str, text: str) -> bool:
        """Whether this is the token: never, once the key is destroyed or locked. No key is made."""
        rows = await self._pool.fetch(SQL["keys of persons"].text, [person])
        keys = [row["key"] for row in rows if not row["locked"]]
        return bool(keys) and hmac.compare_digest(_token(keys[0], purpose), text)

    async def _key(self, person: UUID) -> bytes:
        fresh = AESGCM.generate_key(bit_length=256)
        row = await self._pool.fetchrow(SQL["key to seal with"].text, person, fresh)
        assert row
        key, locked_at = row
        if key is None:
            raise Refused("forgotten")
        if locked_at:
            raise Refused("subject-locked")
        return bytes(key)

    async def forget(self, person: UUID) -> None:
        """Destroy the person's key; it is not made again."""
        await self._pool.execute(SQL["forget"].text, person)

    async def lock(self, person: UUID) -> None:
        """Keep the person's key, and use it for nothing."""
        await self._pool.execute(SQL["lock"].text, person)


def _token(key: bytes, purpose: str) -> str:
    # Another use of the key than sealing: the purpose keeps the two apart.
    made = hmac.digest(key, f"token:{purpose}".encode(), "sha256")
    return urlsafe_b64encode(made[:TOKEN_BYTES]).decode()


def _open(sealed: re.Match[str], key: bytes | None) -> str | None:
    if key is None:
        return None
    try:
        raw = urlsafe_b64decode(sealed["words"])
        clear = _decrypted(key, raw, UUID(sealed["person"]))
        return None if clear is None else clear.decode()
    except ValueError:
        return None


def _decrypted(key: bytes, sealed: bytes, person: UUID) -> bytes | None:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], person.bytes)
    except (InvalidTag, ValueError):
        return None
