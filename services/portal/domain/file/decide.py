"""The life of a file (附件).

nothing ──keep──▶ kept ──remove──▶ removed

Its bytes lie beside the log, sealed with the key of its subject; the log holds their digest.
"""

from dataclasses import dataclass
from uuid import UUID

from services.portal.domain.file import commands as asked
from services.portal.domain.file import events as said
from services.portal.rules import PortalRules
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused


@dataclass(frozen=True)
class Nothing:
    """Nobody brought it."""


@dataclass(frozen=True)
class Kept:
    """With its subject, as bytes of this digest."""

    subject_id: UUID
    digest: str


@dataclass(frozen=True)
class Removed:
    """Taken away; it does not come back under this id."""


type File = Nothing | Kept | Removed
type Ctx = Context[PortalRules]
type Facts = list[said.FileEvent]


def evolve(file: File, event: said.FileEvent) -> File:
    """The file after one more fact."""
    match file, event:
        case Nothing(), said.FileKept() as e:
            return Kept(e.subject_id, e.digest)
        case Kept(), said.FileRemoved():
            return Removed()
        case _:
            return file


def decide(command: asked.FileCommand, file: File, ctx: Ctx) -> Facts:
    """What may happen when."""
    match command, file:
        case asked.KeepFile() as c, Nothing():
            told = c.model_dump(exclude={"area"})
            return [said.FileKept(**told, keeper=ctx.actor.id)]
        case asked.KeepFile() as c, Kept(subject_id=subject_id, digest=digest):
            if (c.subject_id, c.digest) == (subject_id, digest):
                return []
            raise Refused("another-file")
        case asked.RemoveFile() as c, Kept(subject_id=subject_id):
            return [said.FileRemoved(**dict(c), subject_id=subject_id)]
        case asked.RemoveFile(), Removed():
            return []
        case _:
            raise Refused("not-now", command=type(command).__name__, file=type(file).__name__)


FILE: Decider[File, asked.FileCommand, said.FileEvent, PortalRules] = Decider(
    category="file",
    commands=asked.FileCommand,
    events=said.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
)
