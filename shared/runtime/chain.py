"""Proves a log: every commit has a Merkle root over its facts, and a chain over all commits.

leaf    sha256(0x00 ‖ the fact, a line for each field, its data last)         RFC 9162, 2.1.1
root    leaves hashed in pairs, sha256(0x01 ‖ left ‖ right)                   RFC 9162, 2.1.1
chain   sha256(the chain before ‖ first position ‖ last position ‖ root); positions in 8 bytes,
        big-endian; before the first commit stands sha256(name of the service)

PostgreSQL hashes while it records (migrate.sql). Here everything is computed again from the rows
alone, so what was changed, taken out or put in afterwards is found by whoever holds a chain value.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from shared.kernel.envelope import Envelope

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Broken(Exception):
    """The log is not what was recorded, from this position on."""

    def __init__(self, position: int, why: str) -> None:
        super().__init__(f"at position {position}: {why}")
        self.position = position


@dataclass(frozen=True, slots=True)
class Batch:
    """One commit, as it stands in the table `batches`."""

    first: int
    last: int
    root: bytes
    chain: bytes


class Chain:
    """The chain of one service's log, as far as it has been verified."""

    def __init__(self, service: str) -> None:
        self.last = 0
        self.value = sha256(service.encode()).digest()

    def verify(self, batch: Batch, facts: Sequence[Envelope]) -> None:
        """Go on by one commit and the facts of its positions. Raises Broken."""
        first = self.last + 1
        if [fact.position for fact in facts] != list(range(first, batch.last + 1)):
            raise Broken(first, "facts are missing, or there are too many")
        self.follow(batch, [leaf(fact) for fact in facts])

    def follow(self, batch: Batch, leaves: Sequence[bytes]) -> None:
        """Go on by one commit and the leaves of its facts in their order. Raises Broken."""
        first = self.last + 1
        if batch.first != first:
            raise Broken(first, f"the next commit begins at {batch.first}")
        if len(leaves) != batch.last - batch.first + 1 or not leaves:
            raise Broken(first, "facts are missing, or there are too many")
        if merkle_root(leaves) != batch.root:
            raise Broken(first, f"a fact up to {batch.last} is not what was recorded")
        value = link(self.value, batch)
        if value != batch.chain:
            raise Broken(first, "the commit does not follow from those before it")
        self.last, self.value = batch.last, value


def leaf(fact: Envelope) -> bytes:
    """The hash of one fact. Its position is not in it: it follows from the batch."""
    microseconds = (fact.at - EPOCH) // timedelta(microseconds=1)
    said = (
        f"{fact.stream}\n{fact.category}\n{fact.revision}\n{fact.id}\n{fact.type}\n{fact.version}\n"
        f"{fact.area}\n{fact.charter}\n{fact.actor}\n{microseconds}\n{fact.causation}\n"
        f"{fact.correlation}\n"
    )
    return sha256(b"\x00" + said.encode() + fact.data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbours."""
    return sha256(b"\x01" + left + right).digest()


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """The root over at least one leaf."""
    if len(leaves) == 1:
        return leaves[0]
    half = _half(len(leaves))
    return node(merkle_root(leaves[:half]), merkle_root(leaves[half:]))


def link(previous: bytes, batch: Batch) -> bytes:
    """The chain value after a commit."""
    span = batch.first.to_bytes(8) + batch.last.to_bytes(8)
    return sha256(previous + span + batch.root).digest()


def proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """What proves that a leaf is in the tree: its neighbours from the leaf up (2.1.3.1)."""
    if len(leaves) == 1:
        return []
    half = _half(len(leaves))
    if index < half:
        return [*proof(leaves[:half], index), merkle_root(leaves[half:])]
    return [*proof(leaves[half:], index - half), merkle_root(leaves[:half])]


def proven(fact: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a leaf and its proof lead to in a tree of `size` leaves (2.1.3.2).

    None where the proof is too short or too long for that place.
    """
    if size == 1:
        return None if path or index else fact
    if not path:
        return None
    half = _half(size)
    if index < half:
        below = proven(fact, index, half, path[:-1])
        return below and node(below, path[-1])
    below = proven(fact, index - half, size - half, path[:-1])
    return below and node(path[-1], below)


def _half(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1
