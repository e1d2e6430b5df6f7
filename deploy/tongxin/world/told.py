"""What the world is told, and what it tells of the telling."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from shared.kernel.message import Actor, Command


@dataclass(frozen=True, slots=True)
class Told:
    """One command of somebody at a moment (with a time zone).

    `refused` is the code it must be refused with; empty: it must be accepted. `private` are plain
    words, by field, that the vault is to seal before anything else sees them.
    """

    at: datetime
    actor: Actor
    service: str
    command: Command
    id: UUID
    refused: str = ""
    private: Mapping[str, str] = field(default_factory=dict)


Seal = Callable[[str, str], Awaitable[str]]
"""What somebody (by the id of the account) said, as only the vault can read it."""


async def sealed(step: Told, seal: Seal | None) -> Command:
    """The command with its private words sealed; where nobody seals, without them if it may be."""
    if not step.private:
        return step.command
    fields = type(step.command).model_fields
    words: dict[str, str | None] = {}
    for name, text in step.private.items():
        if seal:
            words[name] = await seal(step.actor.id, text)
        elif not fields[name].is_required():
            words[name] = None
    return step.command.model_copy(update=words)


@dataclass(slots=True)
class Summary:
    """What came of a telling: how many facts of which service were written, and what was not.

    `turned_down` counts policies' commands by the code they were refused with, as it happens in a
    running platform too. `skipped` are steps that had been told before.
    """

    facts: Counter[str] = field(default_factory=Counter)
    turned_down: Counter[str] = field(default_factory=Counter)
    steps: int = 0
    refused: int = 0
    skipped: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0

    @property
    def total(self) -> int:
        """The facts of all services together."""
        return self.facts.total()
