"""Backs the platform up while it runs: one moment of all logs and views, the vault's keys apart.

    FOLDER/record.dump     everything but the keys: logs, views, files, doors
    FOLDER/proof.json      where each log ends, as `tongxin verify --json` prints it
    FOLDER/manifest.json   what the dump has to be once it is restored
    KEYS/keys.dump         the vault's keys, of that same moment
    KEYS/secrets.json      the generated passwords of this place

Whoever holds the record without the keys reads no private word; whoever erases a person erases the
key, and keeps no old one. What NATS carries is not backed up: it is said again from the logs.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import ExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from hashlib import file_digest
from importlib.metadata import version
from pathlib import Path
from typing import Any

import asyncpg

from deploy.tongxin import pgtools
from deploy.tongxin.drafted import drafted
from deploy.tongxin.home import SERVICES, Home, read_json, write_json
from deploy.tongxin.proof import Proof
from deploy.tongxin.servers import Servers
from deploy.tongxin.terminal import progress
from shared.runtime import clock
from shared.runtime.chain import Chain
from shared.runtime.digest import digest_of

RECORD, KEYS, MANIFEST, PROOF = "record.dump", "keys.dump", "manifest.json", "proof.json"
SECRETS = "secrets.json"
NOTES = ("demo.json", "year.json")
FORMAT = 1

VIEWS = """
SELECT schemaname FROM pg_tables
 WHERE tablename = 'checkpoint' AND schemaname !~ '__(next|old)$' ORDER BY schemaname
"""
TABLES = """
SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind = 'r' AND n.nspname !~ '^(pg_|information_schema)'
"""
END = """
SELECT coalesce(max(last_position), 0), count(*),
       (SELECT chain FROM {0}.batches ORDER BY last_position DESC LIMIT 1)
  FROM {0}.batches
"""


@dataclass(frozen=True)
class BackedUp:
    """What a backup holds, as a row."""

    folder: str
    keys: str
    facts: int
    views: int
    bytes: int


async def back_up(servers: Servers, folder: Path, keys: Path | None) -> BackedUp:
    """Write a backup; a folder is there whole or not at all. Raises Trouble."""
    with ExitStack() as drafts:
        draft = drafts.enter_context(drafted(folder))
        locked = drafts.enter_context(drafted(keys)) if keys else None
        async with _moment(servers.admin_dsn) as (admin, snapshot):
            proofs = [await _end(admin, service) for service in SERVICES]
            views = await views_of(admin)
            tables = await admin.fetchval(TABLES)
            but = ["--exclude-schema=vault", "--exclude-schema=*__next", "--exclude-schema=*__old"]
            await _dump(servers, draft / RECORD, snapshot, but, tables)
            if locked:
                await _dump(servers, locked / KEYS, snapshot, ["--schema=vault"], 1)
                shutil.copy(servers.home.data / SECRETS, locked / SECRETS)
        write_json(draft / PROOF, [asdict(proof) for proof in proofs])
        write_json(draft / MANIFEST, _manifest(servers.home, draft / RECORD, views))
        size = sum(file.stat().st_size for file in draft.iterdir())
    facts = sum(proof.facts for proof in proofs)
    return BackedUp(str(folder), str(keys or ""), facts, len(views), size)


async def views_of(admin: asyncpg.Connection) -> dict[str, str]:
    """The digest of every view, by its schema."""
    schemas = [schema for (schema,) in await admin.fetch(VIEWS)]
    with progress("what the views hold") as bar:
        digests = {}
        for done, schema in enumerate(schemas):
            bar(done, len(schemas))
            digests[schema] = (await digest_of(admin, schema)).hex
    return digests


def sha256_of(file: Path) -> str:
    """The hash of a file, however large."""
    with file.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()


def _manifest(home: Home, record: Path, views: Mapping[str, str]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "made_at": clock.now().isoformat(),
        "version": version("tongxin"),
        "sha256": sha256_of(record),
        "views": views,
        "notes": {name: note for name in NOTES if (note := read_json(home.data / name))},
    }


@asynccontextmanager
async def _moment(dsn: str) -> AsyncIterator[tuple[asyncpg.Connection, str]]:
    """One moment of the database, which others can look at as well, by its name."""
    admin = await asyncpg.connect(dsn)
    try:
        async with admin.transaction(isolation="repeatable_read", readonly=True):
            yield admin, await admin.fetchval("SELECT pg_export_snapshot()")
    finally:
        await admin.close()


async def _end(admin: asyncpg.Connection, service: str) -> Proof:
    last, commits, chain = await admin.fetchrow(END.format(service))
    return Proof(service, last, commits, (chain or Chain(service).value).hex())


async def _dump(servers: Servers, file: Path, snapshot: str, what: list[str], tables: int) -> None:
    words, secret = pgtools.way_in(servers.admin_dsn)
    options = ["--format=custom", "--verbose", f"--snapshot={snapshot}", f"--file={file}"]
    with progress(file.name) as bar:
        await asyncio.to_thread(
            counted, "pg_dump", [*options, *what, *words], secret, lambda done: bar(done, tables)
        )


def counted(
    name: str, words: list[str], secret: Mapping[str, str], tell: Callable[[int], None]
) -> None:
    """Run one of PostgreSQL's programs, and count the tables whose rows it takes."""
    done = 0
    for line in pgtools.run(name, words, secret):
        if "contents of table" in line or "data for table" in line:
            done += 1
            tell(done)
