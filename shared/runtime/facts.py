"""A run of consecutive facts of one source, as a view or a policy takes it in."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import asyncpg
from nats.aio.msg import Msg

from shared.kernel.envelope import Envelope
from shared.runtime import sql, wire
from shared.runtime.store import Store

COLUMNS = (
    "source",
    "position",
    "stream",
    "category",
    "revision",
    "id",
    "type",
    "version",
    "area",
    "charter",
    "actor",
    "at",
    "correlation",
    "data",
)
FILL = sql.load(Path(__file__).with_suffix(".sql"))["fill"].text

Types = Collection[str] | None
"""The types of fact that are wanted; None: all."""


class Facts(Protocol):
    """The facts of one source after a position, up to and including `last`."""

    @property
    def source(self) -> str:
        """The service that said them."""

    @property
    def after(self) -> int:
        """The position before the first of them."""

    @property
    def last(self) -> int:
        """The position of the last of them."""

    @property
    def behind(self) -> int:
        """How many more are known to follow."""

    async def fill(
        self, connection: asyncpg.Connection, after: int, upto: int, types: Types
    ) -> None:
        """Put those in (after, upto] that are of the types into the connection's `batch`."""

    async def envelopes(self, types: Types) -> Sequence[Envelope]:
        """Those of the types, in order."""


@dataclass(frozen=True, slots=True)
class Logged:
    """Facts in a log beside us. PostgreSQL moves them to a batch by itself; Python sees none.

    With `before`, those of a later moment are passed over: a view is filled as it was then.
    """

    source: str
    after: int
    last: int
    behind: int = 0
    store: Store | None = None
    before: datetime | None = None

    async def fill(
        self, connection: asyncpg.Connection, after: int, upto: int, types: Types
    ) -> None:
        """See `Facts`."""
        fill = FILL.replace("log.", f'"{self.source}".')
        wanted = types and list(types)
        await connection.execute(fill, self.source, after, upto, wanted, self.before)

    async def envelopes(self, types: Types) -> Sequence[Envelope]:
        """See `Facts`."""
        assert self.store
        facts = await self.store.after(self.after, self.last - self.after)
        return [fact for fact in facts if types is None or fact.type in types]


@dataclass(frozen=True, slots=True)
class Said:
    """Facts as they came over NATS, one message each."""

    source: str
    after: int
    messages: Sequence[Msg]
    behind: int

    @property
    def last(self) -> int:
        """See `Facts`."""
        return self.after + len(self.messages)

    async def fill(
        self, connection: asyncpg.Connection, after: int, upto: int, types: Types
    ) -> None:
        """See `Facts`. Raises ValueError where a message is not the fact it should be."""
        rows = (self._row(*placed) for placed in self._wanted(after, upto, types))
        await connection.copy_records_to_table("batch", records=rows, columns=COLUMNS)

    async def envelopes(self, types: Types) -> Sequence[Envelope]:
        """See `Facts`."""
        wanted = self._wanted(self.after, self.last, types)
        return [wire.from_json(message.data) for _, message in wanted]

    def _wanted(self, after: int, upto: int, types: Types) -> Iterator[tuple[int, Msg]]:
        messages = self.messages[after - self.after : upto - self.after]
        for position, message in enumerate(messages, after + 1):
            # The type is the subject's last token: what nobody wants is not even decoded. Nobody
            # wants what is withheld: those who read the log instead do not see it either.
            said = message.subject.rpartition(".")[2]
            if said in types if types is not None else said != wire.RESTRICTED:
                yield position, message

    def _row(self, position: int, message: Msg) -> tuple[Any, ...]:
        head, data = wire.split(message.data)
        if head["position"] != position:
            raise ValueError(f"{self.source}: fact {head['position']} stands at {position}")
        return (
            self.source,
            position,
            head["stream"],
            head["category"],
            head["revision"],
            head["id"],
            head["type"],
            head["version"],
            head["area"],
            head["charter"],
            head["actor"],
            datetime.fromisoformat(head["at"]),
            head["correlation"],
            data,
        )
