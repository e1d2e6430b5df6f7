"""PostgreSQL's own programs, `pg_dump` and `pg_restore`, run against the server that is meant."""

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit, urlunsplit

from deploy.tongxin.home import Trouble
from deploy.tongxin.installation import find_installation

LAST_LINES = 5


def program(name: str) -> Path:
    """Where a program of PostgreSQL is. Raises Trouble."""
    found = find_installation().bin / name
    if not found.exists():
        raise Trouble(f"{found} is not there: set TONGXIN_PG_BIN to a directory that has it")
    return found


def way_in(dsn: str) -> tuple[list[str], dict[str, str]]:
    """The arguments and variables that lead to a database; the password is in no argument."""
    place = urlsplit(dsn)
    who, _, host = place.netloc.rpartition("@")
    user, _, password = who.partition(":")
    address = urlunsplit(place._replace(netloc=f"{user}@{host}" if user else host))
    secret = {"PGPASSWORD": unquote(password)} if password else {}
    return ["--dbname", address], secret


@contextmanager
def running(
    name: str, words: Sequence[str | Path], env: Mapping[str, str] | None = None
) -> Iterator[IO[bytes]]:
    """Run a program, and read what it prints meanwhile. Raises Trouble when it fails."""
    command = [program(name), *words]
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, **(env or {})},
    ) as child:
        assert child.stdout
        try:
            yield child.stdout
        except BaseException:
            child.kill()
            raise
    if child.returncode:
        raise Trouble(f"{name} ended with code {child.returncode}")


def run(
    name: str, words: Sequence[str | Path], env: Mapping[str, str] | None = None
) -> Iterator[str]:
    """The lines a program prints, as it prints them. Raises Trouble with the last of them."""
    last: list[str] = []
    try:
        with running(name, words, env) as printed:
            for line in printed:
                last = [*last, line.decode(errors="replace").rstrip()][-LAST_LINES:]
                yield last[-1]
    except Trouble as trouble:
        raise Trouble("\n".join([str(trouble), *last])) from None
