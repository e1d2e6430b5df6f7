"""Why a command could not be done, in a sentence, where a program only says that it could not."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import asyncpg

from deploy.tongxin.home import NothingRuns, Trouble
from deploy.tongxin.servers import Servers
from shared.kernel.errors import No, Unavailable
from shared.runtime import jetstream

REACH_S = 3.0
PG_PORT, NATS_PORT = 5432, 4222

NOT_MADE = (
    asyncpg.InvalidCatalogNameError,
    asyncpg.InvalidSchemaNameError,
    asyncpg.UndefinedTableError,
    asyncpg.UndefinedColumnError,
    asyncpg.UndefinedFunctionError,
)
NOT_LET_IN = (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InsufficientPrivilegeError)
AWAY = (ConnectionError, TimeoutError, socket.gaierror, asyncpg.CannotConnectNowError)
MAKES = "{}; `tongxin migrate` makes what is missing"

type Known = tuple[type[Exception] | tuple[type[Exception], ...], type[Trouble], str]

KNOWN: tuple[Known, ...] = (
    (Unavailable, NothingRuns, "nobody answers: {}; `tongxin status` says what runs"),
    (No, Trouble, "{}"),
    (NOT_MADE, Trouble, f"this is not the database of a platform yet: {MAKES}"),
    (NOT_LET_IN, Trouble, f"PostgreSQL does not let us in: {MAKES}"),
    (jetstream.Rejected, Trouble, f"JetStream says no: {MAKES}"),
    (AWAY, NothingRuns, "a server does not answer: {}"),
    (OSError, Trouble, "{}"),
    (jetstream.AWAY, NothingRuns, "NATS does not answer: {}"),
)
"""What a program says of itself, the kind of trouble it is, and its sentence; the first counts."""


def trouble_of(error: Exception) -> Trouble | None:
    """What went wrong, for the person at the terminal; None where nobody can say."""
    if isinstance(error, Trouble):
        return error
    if isinstance(error, ExceptionGroup):
        return next(filter(None, map(trouble_of, error.exceptions)), None)
    for kinds, trouble, told in KNOWN:
        if isinstance(error, kinds):
            return trouble(told.format(str(error) or type(error).__name__))
    return None


def must_answer(servers: Servers) -> None:
    """That servers which others run are there at all: a client would wait for them for ever.

    Raises NothingRuns.
    """
    for name, addresses in _told_of(servers):
        if addresses and not any(_reached(*address) for address in addresses):
            listed = ", ".join(f"{host}:{port}" for host, port in addresses)
            raise NothingRuns(f"{name} does not answer at {listed}")


def _told_of(servers: Servers) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    if dsn := servers.told.pg_dsn:
        place = urlsplit(dsn.get_secret_value())
        # Of several hosts, or of a socket, the driver knows more than a look at the address.
        alone = place.hostname and "," not in place.netloc
        yield "PostgreSQL", [(place.hostname or "", place.port or PG_PORT)] if alone else []
    if urls := servers.told.nats_url:
        places = [urlsplit(url) for url in urls.split(",")]
        yield "NATS", [(one.hostname or "", one.port or NATS_PORT) for one in places]


def _reached(host: str, port: int) -> bool:
    with suppress(OSError):
        socket.create_connection((host, port), timeout=REACH_S).close()
        return True
    return False
