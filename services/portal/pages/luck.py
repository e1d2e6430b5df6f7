"""Draws again, from nothing but what a draw has published: the pool, the seed, who was left out.

sort pool.txt | sha256sum
printf '%s%s%s' "$seed" "$pool_hash" "$id" | sha256sum
"""

from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID


def is_proven(draw: Mapping[str, Any], pool: Collection[UUID], excluded: Collection[UUID]) -> bool:
    """Whether the pool has the hash it was committed to, and the seed gives the order recorded."""
    listed = "".join(f"{one}\n" for one in sorted(map(str, pool)))
    if sha256(listed.encode()).hexdigest() != draw["pool_hash"]:
        return False

    head = f"{draw['seed']}{draw['pool_hash']}"
    luck = sorted(
        set(pool) - set(excluded), key=lambda one: sha256(f"{head}{one}".encode()).digest()
    )
    return luck == list(draw["luck"])
