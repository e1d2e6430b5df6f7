"""Passwords as argon2id hashes, worked out beside the event loop."""

import asyncio
from secrets import token_urlsafe

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# Of the settings OWASP holds equal, the one with the least memory: what a login takes, the
# allocator keeps, and the process has its budget.
MEMORY_KIB, ROUNDS, LANES = 7 * 1024, 5, 1

LENGTH_MIN, LENGTH_MAX = 10, 200

_hasher = PasswordHasher(time_cost=ROUNDS, memory_cost=MEMORY_KIB, parallelism=LANES)
_one_at_a_time = asyncio.Lock()
_decoy: list[str] = []


def is_weak(password: str) -> bool:
    """Whether it is too short or too long, or has no letter or no digit."""
    return (
        not LENGTH_MIN <= len(password) <= LENGTH_MAX
        or not any(sign.isalpha() for sign in password)
        or not any(sign.isdecimal() for sign in password)
    )


async def hash_of(password: str) -> str:
    """What may be stored of a password."""
    async with _one_at_a_time:
        return await asyncio.to_thread(_hasher.hash, password)


async def decoy() -> str:
    """The hash of a password nobody has, so that an unknown login takes as long as a known one."""
    if not _decoy:
        _decoy.append(await hash_of(token_urlsafe()))
    return _decoy[0]


async def fits(stored: str, password: str) -> bool:
    """Whether the password is the one that was stored."""
    async with _one_at_a_time:
        try:
            return await asyncio.to_thread(_hasher.verify, stored, password)
        except (VerificationError, InvalidHashError):
            return False
