"""Reads the logs out of a dump of the database, without a server: only `pg_restore` is needed.

A dump holds rows in the order in which they lie on disk, so each fact is hashed as it comes, and
its hash put where its position says: 32 bytes a fact, however large the log.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import UUID

from deploy.tongxin.home import Trouble
from deploy.tongxin.pgtools import run, running
from shared.kernel.envelope import Envelope
from shared.runtime.chain import Batch, Broken, Chain, leaf

HASH_BYTES = 32
NO_LEAF = bytes(HASH_BYTES)
ENTRY = re.compile(r"^\d+; .* TABLE DATA (?P<schema>\w+) (?P<table>events(_\d+)?|batches) ")
ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
MEANT = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"b": b"\b", b"f": b"\f", b"v": b"\v"}

Row = dict[str, bytes]
Read = Callable[[int], None]
"""Told how many facts have been read so far."""


def services_in(dump: Path) -> list[str]:
    """The services whose logs the dump holds. Raises Trouble for what is no dump."""
    found = [ENTRY.match(line) for line in _contents(dump)]
    return sorted({entry["schema"] for entry in found if entry and entry["table"] == "batches"})


def verify(dump: Path, service: str, passed: Callable[[Chain], None], read: Read) -> Chain:
    """Compute the proof of a service's log as the dump holds it. Raises Broken, Trouble."""
    batches, leaves = _log(dump, service, read)
    chain = Chain(service)
    for batch in sorted(batches, key=lambda one: one.last):
        chain.follow(batch, list(_leaves(leaves, batch)))
        passed(chain)
    if len(leaves) > chain.last * HASH_BYTES:
        raise Broken(chain.last + 1, "a fact that no commit recorded")
    return chain


def _leaves(leaves: bytearray, batch: Batch) -> Iterator[bytes]:
    """Those that are there; one that is missing is left out."""
    for position in range(batch.first, batch.last + 1):
        found = bytes(leaves[(position - 1) * HASH_BYTES : position * HASH_BYTES])
        if found not in (b"", NO_LEAF):
            yield found


def _log(dump: Path, service: str, read: Read) -> tuple[list[Batch], bytearray]:
    batches: list[Batch] = []
    leaves = bytearray()
    for count, row in enumerate(_rows(dump, service), 1):
        if "root" in row:
            batches.append(_batch(row))
            continue
        fact = _fact(row)
        end = fact.position * HASH_BYTES
        leaves.extend(bytes(max(0, end - len(leaves))))
        leaves[end - HASH_BYTES : end] = leaf(fact)
        read(count)
    return batches, leaves


def _contents(dump: Path) -> list[str]:
    if not dump.exists():
        raise Trouble(f"{dump} is not there")
    return list(run("pg_restore", ["--list", dump]))


def _rows(dump: Path, service: str) -> Iterator[Row]:
    """Every row of the log's tables, as bytes by column."""
    entries = [
        line
        for line in _contents(dump)
        if (entry := ENTRY.match(line)) and entry["schema"] == service
    ]
    with NamedTemporaryFile("w", suffix=".list") as wanted:
        wanted.write("\n".join([*entries, ""]))
        wanted.flush()
        words = ["--data-only", f"--use-list={wanted.name}", "--file=-", str(dump)]
        with running("pg_restore", words) as printed:
            columns: Sequence[str] = ()
            for line in printed:
                if line.startswith(b"COPY "):
                    listed = line.decode().partition("(")[2].partition(")")[0]
                    columns = listed.replace('"', "").split(", ")
                elif line == b"\\.\n":
                    columns = ()
                elif columns:
                    values = line[:-1].split(b"\t")
                    yield dict(zip(columns, map(_plain, values), strict=True))


def _plain(value: bytes) -> bytes:
    return ESCAPED.sub(lambda found: MEANT.get(found[1], found[1]), value)


def _batch(row: Row) -> Batch:
    root, chain = (bytes.fromhex(row[name].decode()[2:]) for name in ("root", "chain"))
    return Batch(int(row["first_position"]), int(row["last_position"]), root, chain)


def _fact(row: Row) -> Envelope:
    said = {name: value.decode() for name, value in row.items() if name != "data"}
    return Envelope(
        position=int(said["position"]),
        stream=UUID(said["stream"]),
        category=said["category"],
        revision=int(said["revision"]),
        id=UUID(said["id"]),
        type=said["type"],
        version=int(said["version"]),
        area=said["area"],
        charter=said["charter"],
        actor=said["actor"],
        at=datetime.fromisoformat(said["at"]),
        causation=UUID(said["causation"]),
        correlation=UUID(said["correlation"]),
        data=row["data"],
    )
