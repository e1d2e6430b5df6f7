"""A policy: what a service asks of itself when it hears a fact.

The command's id follows from the fact's id and the policy's name:
hearing a fact twice asks once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, get_type_hints
from uuid import UUID, uuid5

import pydantic_core

from shared.kernel.envelope import Envelope
from shared.kernel.message import Command, Heard

Reaction = Command | Sequence[Command] | None


@dataclass(frozen=True)
class Policy[H: Heard]:
    """One reaction to one kind of fact."""

    name: str
    hears: type[H]
    react: Callable[[H], Reaction]

    def commands(self, fact: H) -> Sequence[Command]:
        """What the fact makes us ask, in order; often one command, sometimes none."""
        reaction = self.react(fact)
        if reaction is None:
            return ()
        return (reaction,) if isinstance(reaction, Command) else tuple(reaction)

    def command_id(self, fact_id: UUID, ordinal: int = 0) -> UUID:
        """The id of the command asked because of a fact."""
        return uuid5(fact_id, self.name if ordinal == 0 else f"{self.name}/{ordinal}")


AnyPolicy = Policy[Any]


def policy[H: Heard](react: Callable[[H], Reaction]) -> Policy[H]:
    """The policy of a function with one annotated parameter; its name is the function's."""
    hints = get_type_hints(react)
    hints.pop("return", None)
    (hears,) = hints.values()
    return Policy(react.__name__, hears, react)


def hear[H: Heard](cls: type[H], envelope: Envelope) -> H:
    """The fact as the listener knows it; ValidationError when a promised field is gone."""
    data = pydantic_core.from_json(envelope.data)
    known = {"area": envelope.area, "at": envelope.at, "fact_id": envelope.id}
    known["position"] = envelope.position
    return cls.model_validate(known | data)
