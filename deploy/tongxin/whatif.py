"""What if a county had lived under other rules: its history is decided again under a draft.

Every command is judged on what really happened before it, once under the charter it was decided
under and once under the draft. What is open is asked besides what it could do next. Nothing is
written anywhere.
"""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import asyncpg
from pydantic import BaseModel

from deploy.tongxin.mend import app_of
from deploy.tongxin.retrace import Step, Verdict, bare, decided, steps
from deploy.tongxin.terminal import progress
from shared.kernel.decider import AnyDecider
from shared.kernel.envelope import Envelope
from shared.kernel.errors import No
from shared.kernel.message import Actor, Event
from shared.runtime import clock
from shared.runtime.charter import DEFAULT, Charter, Charters
from shared.runtime.service import Service

PAGE = 2_000
WORDS_MAX = 200
FACTS = """
SELECT position, stream, category, revision, id, type, version, area, charter, actor, at,
       causation, correlation, data
  FROM {0}.events WHERE {1} ORDER BY stream, revision
"""
COUNT = "SELECT count(*) FROM {0}.events WHERE {1}"


@dataclass(frozen=True)
class Difference:
    """Where the draft says something else. `at` is '' of what could be asked today."""

    service: str
    category: str
    stream: str
    area: str
    at: str
    asked: str
    was: str
    would: str


@dataclass
class LookedAt:
    """How much of a service's history was decided again."""

    service: str
    streams: int = 0
    commands: int = 0
    retraced: int = 0
    refused: int = 0
    otherwise: int = 0
    next_steps: int = 0
    not_retraced: Counter[str] = field(default_factory=Counter)
    """Facts whose command could not be told from them, by type: what is not known of the draft."""


@dataclass(frozen=True)
class Trial:
    """One service's history under the charters it lived by, and under a draft."""

    app: Service
    charters: Charters
    draft: Charter
    looked_at: LookedAt

    async def run(
        self, admin: asyncpg.Connection, tell: Callable[[int, int | None], None]
    ) -> list[Difference]:
        """Every difference, stream by stream."""
        found: list[Difference] = []
        total = await admin.fetchval(COUNT.format(self.app.name, self._where), *self._what)
        done = 0
        async for stream in self._streams(admin):
            found += self._of(stream)
            done += len(stream)
            tell(done, total)
        return found

    @property
    def _where(self) -> str:
        return "charter LIKE $1" if self.draft.place == DEFAULT else "area LIKE $1"

    @property
    def _what(self) -> tuple[str]:
        return (f"{DEFAULT}@%" if self.draft.place == DEFAULT else f"{self.draft.place}%",)

    async def _streams(self, admin: asyncpg.Connection) -> AsyncIterator[list[Envelope]]:
        stream: list[Envelope] = []
        async with admin.transaction(readonly=True):
            query = FACTS.format(self.app.name, self._where)
            async for row in admin.cursor(query, *self._what, prefetch=PAGE):
                fact = Envelope(**{**row, "data": row["data"].encode()})
                if stream and stream[0].stream != fact.stream:
                    yield stream
                    stream = []
                stream.append(fact)
        if stream:
            yield stream

    def _of(self, stream: Sequence[Envelope]) -> Iterator[Difference]:
        decider = next(one for one in self.app.deciders if one.category == stream[0].category)
        lived = self.charters.at(stream[0].charter).rules(self.app.name, self.app.rules)
        drafted = self.draft.rules(self.app.name, self.app.rules)
        self.looked_at.streams += 1
        if lived == drafted:
            return
        *past, now = steps(decider, stream, lived)
        for step in past:
            yield from self._again(decider, step, drafted)
        for command in bare(decider, stream[0]):
            actor = Actor("what-if", min(command.may), stream[0].area)
            was, would = (
                decided(decider, command, now.state, clock.now(), actor, rules)
                for rules in (lived, drafted)
            )
            if not _same(was, would):
                self.looked_at.next_steps += 1
                yield self._difference(stream[0], "", type(command).__name__, was, would)

    def _again(self, decider: AnyDecider, step: Step, drafted: BaseModel) -> Iterator[Difference]:
        seen, first = self.looked_at, step.facts[0]
        seen.commands += 1
        if step.command is None:
            seen.not_retraced[first.type] += 1
            return
        seen.retraced += 1
        would = decided(decider, step.command, step.state, first.at, step.actor, drafted)
        if _same(list(step.events), would):
            return
        if isinstance(would, No):
            seen.refused += 1
        else:
            seen.otherwise += 1
        asked = type(step.command).__name__
        yield self._difference(first, first.at.isoformat(), asked, list(step.events), would)

    def _difference(
        self, fact: Envelope, at: str, asked: str, was: Verdict, would: Verdict
    ) -> Difference:
        told = (_told(was, would), _told(would, was))
        place = (self.app.name, fact.category, str(fact.stream), fact.area)
        return Difference(*place, at, asked, *told)


async def what_if(
    admin_dsn: str, charters: Charters, draft: Charter, services: Sequence[str]
) -> tuple[list[LookedAt], list[Difference]]:
    """The history of a draft's county, decided again; `charters` know every one it lived by."""
    looked_at, found = [], []
    admin = await asyncpg.connect(admin_dsn)
    try:
        for service in services:
            trial = Trial(app_of(service), charters, draft, LookedAt(service))
            with progress(service) as bar:
                found += await trial.run(admin, bar)
            looked_at.append(trial.looked_at)
    finally:
        await admin.close()
    return looked_at, found


def _same(was: Verdict, would: Verdict) -> bool:
    if isinstance(was, No) and isinstance(would, No):
        return (was.code, was.facts) == (would.code, would.facts)
    return was == would


def _told(verdict: Verdict, other: Verdict) -> str:
    """A verdict in a line; of the same kinds of fact only the fields in which they differ."""
    if isinstance(verdict, No):
        return f"refused: {verdict}"[:WORDS_MAX]
    names = [type(event).__name__ for event in verdict]
    if isinstance(other, No) or names != [type(event).__name__ for event in other]:
        return ", ".join(names) or "nothing"
    words = [
        f"{type(mine).__name__}.{name} {value}"
        for mine, theirs in zip(verdict, other, strict=True)
        for name, value in _fields(mine).items()
        if value != _fields(theirs)[name]
    ]
    return "; ".join(words)[:WORDS_MAX]


def _fields(event: Event) -> dict[str, Any]:
    return event.model_dump(mode="json")
