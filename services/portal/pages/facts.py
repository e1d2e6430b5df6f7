"""The facts of one matter as rows of the story, grouped into the streams they were said in."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. `actor` is '<account or policy>/<role>'."""

    source: str
    position: int
    stream: UUID
    category: str
    revision: int
    type: str
    area: str
    charter: str
    actor: str
    at: datetime
    data: dict[str, Any]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """The fact of a row of the view."""
        fields = {name: row[name] for name in cls.__dataclass_fields__}
        return cls(**fields | {"data": json.loads(row["data"])})

    @property
    def who(self) -> str:
        """The account or policy that said it."""
        return self.actor.rpartition("/")[0]

    @property
    def role(self) -> str:
        """The role it was said in."""
        return self.actor.rpartition("/")[2]

    def says(self, **values: object) -> bool:
        """Whether these fields have these values."""
        return all(self.data.get(name) == value for name, value in values.items())


@dataclass(frozen=True)
class Thread:
    """One stream: a lead, a topic, a piece of research, a consultation, an outcome, …"""

    category: str
    stream: UUID
    facts: tuple[Fact, ...]

    def said(self, *types: str, **values: object) -> list[Fact]:
        """The facts of these types, in order, whose fields have these values."""
        return [fact for fact in self.facts if fact.type in types and fact.says(**values)]

    def last(self, *types: str) -> int:
        """The place of the last fact of these types in the stream; -1 if there is none."""
        return max((at for at, fact in enumerate(self.facts) if fact.type in types), default=-1)

    @property
    def first(self) -> Fact:
        """What it began with."""
        return self.facts[0]


@dataclass(frozen=True)
class Story:
    """All that was said about a matter, in the order of time."""

    facts: tuple[Fact, ...]
    threads: tuple[Thread, ...]

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, Any]]) -> Self:
        """The story of the view's rows. A deadline has the id of what it is set for."""
        facts = tuple(Fact.of(row) for row in rows)
        streams: dict[tuple[str, UUID], list[Fact]] = {}
        for fact in facts:
            streams.setdefault((fact.category, fact.stream), []).append(fact)
        threads = (
            Thread(category, stream, tuple(sorted(said, key=lambda one: one.revision)))
            for (category, stream), said in streams.items()
        )
        return cls(facts, tuple(threads))

    @property
    def is_over(self) -> bool:
        """Whether the topic has come to its end, and was not taken up again."""
        ended = ("TopicClosed", "TopicEnded")
        return any(one.last(*ended) > one.last("TopicReopened") for one in self.of_kind("topic"))

    def of_kind(self, category: str) -> list[Thread]:
        """The threads of one kind, oldest first."""
        return [thread for thread in self.threads if thread.category == category]
