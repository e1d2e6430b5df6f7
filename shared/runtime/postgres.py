"""How a service is connected to its log in PostgreSQL, and what says that the server is away."""

import asyncpg

STATEMENT_S = 3.0
CONNECT_S = 1.0
CONNECTIONS_MIN, CONNECTIONS_MAX = 2, 8

SETTINGS = {
    "default_transaction_isolation": "read committed",
    "statement_timeout": f"{STATEMENT_S}s",
    # Plans that suit a large log, even where they are made while it is small.
    "enable_seqscan": "off",
    "plan_cache_mode": "force_generic_plan",
    "jit": "off",
}

AWAY = (
    OSError,  # TimeoutError is one
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # an idle connection was told to end, and is not closed yet
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.PostgresSystemError,
    asyncpg.ReadOnlySQLTransactionError,
)
"""The server is away or in distress; nothing is said about the statement."""


async def connect(dsn: str, schema: str) -> asyncpg.Connection:
    """One connection to the log in a schema."""
    connection = await asyncpg.connect(
        dsn, timeout=CONNECT_S, server_settings={**SETTINGS, "search_path": schema}
    )
    await keep_bytes(connection)
    return connection


async def open_pool(dsn: str, schema: str) -> asyncpg.Pool:
    """Connections for reading the log in a schema."""
    return await asyncpg.create_pool(
        dsn,
        min_size=CONNECTIONS_MIN,
        max_size=CONNECTIONS_MAX,
        init=keep_bytes,
        reset=_leave_as_it_is,
        timeout=CONNECT_S,
        # Also how long asyncpg waits for the end of a statement that it gave up.
        command_timeout=CONNECT_S,
        server_settings={**SETTINGS, "search_path": schema},
    )


async def keep_bytes(connection: asyncpg.Connection) -> None:
    """JSON goes in and comes out as the bytes that are hashed."""
    await connection.set_type_codec(
        "json", schema="pg_catalog", encoder=bytes, decoder=bytes, format="binary"
    )


async def _leave_as_it_is(_connection: asyncpg.Connection) -> None:
    """Reading changes nothing about a connection; a reset would be one more round trip."""
