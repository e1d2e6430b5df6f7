"""The kinds of message: asked (commands, questions), said (events), heard (others' events)."""

from dataclasses import dataclass
from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Message(BaseModel):
    """Strict when speaking: an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Command(Message):
    """Something asked of one aggregate. Its docstring is its public documentation.

    `<category>_id` names the stream it goes to; a command that may start a stream has a field
    `area`. The actor is never a field.
    """

    label: ClassVar[str]
    """What it is called on a form or button, in Chinese. (`title` is a word of many messages.)"""

    may: ClassVar[frozenset[str]]
    """The roles that may ask it. `SYSTEM` stands for the service's own policies and clocks."""

    traced: ClassVar[bool] = True
    """Whether spans and metrics tell that it was asked; of secret ballots they do not."""


class Question(Message):
    """Something asked of a view; it changes nothing."""

    may: ClassVar[frozenset[str] | None] = None
    """The roles that may ask it; None: everyone who is let in."""

    own: ClassVar[str | None] = None
    """The field that names who asks: what is answered is for nobody else."""


class Event(Message):
    """A fact, for ever: a changed shape is a new `version`, an upcast and a golden file."""

    label: ClassVar[str]
    """What it is called in a story or ledger, in Chinese."""

    version: ClassVar[int] = 1


class Heard(BaseModel):
    """A fact another service said, reduced to what we use: unknown fields are ignored.

    A model may also name `area`, `at`, `fact_id` and `position`: where the fact itself has none,
    the envelope's is used.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    source: ClassVar[str]


SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """Who asks: an opaque id, in one role, for one area and all it contains.

    `unit` is the office the role is held in, by name, where the role is held in one.
    """

    id: str
    role: str
    area: str
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.id}/{self.role}"
