"""Draws again, from nothing but what a draw has published: the pool, the seed, who was left out.

sort pool.txt | sha256sum
printf '%s%s%s' "$seed" "$pool_hash" "$id" | sha256sum
"""

from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from services.portal.pages.texts import Texts


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


def instructions(
    draw: Mapping[str, Any], pool: Collection[UUID], excluded: Collection[UUID], words: Texts
) -> str:
    """All that anybody needs to draw again with tools of their own, as plain text."""
    listed = "\n".join(sorted(map(str, pool)))
    told = [
        words.proof_head,
        words.proof_pool.format(n=len(pool), pool_hash=draw["pool_hash"] or ""),
        listed,
        words.proof_excluded,
        "\n".join(sorted(map(str, excluded))) or words.proof_nobody,
        words.proof_seed.format(
            source=draw["seed_source"], day=draw["seed_day"], seed=draw["seed"] or words.proof_later
        ),
        words.proof_order,
        "\n".join(f"{n} {one}" for n, one in enumerate(draw["luck"] or (), start=1))
        or words.proof_later,
        words.proof_how,
    ]
    return "\n\n".join(told) + "\n"
