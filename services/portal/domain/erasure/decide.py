"""The life of an erasure (依法删除), by 个人信息保护法 art. 47.

nothing ──request──▶ requested ──approve──▶ erased
                      │   ▲  ▲                │
                    refuse │  └──── request ──┘ where more was sealed since
                      ▼   │
                    refused (locked, where a law has it kept)
"""

from dataclasses import dataclass
from uuid import UUID, uuid5

from services.portal.domain.erasure import commands as asked
from services.portal.domain.erasure import events as said
from services.portal.rules import PortalRules
from services.portal.words import KEPT, day
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused


@dataclass(frozen=True)
class Nothing:
    """Nobody asked for it."""


@dataclass(frozen=True)
class Requested:
    """Somebody else has to decide; `before` are keys that were destroyed earlier."""

    request: said.ErasureRequested
    before: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Erased:
    """These keys are no more."""

    keys: frozenset[UUID]


@dataclass(frozen=True)
class Declined:
    """It stays, perhaps locked; one may ask again."""

    before: frozenset[UUID]


type Erasure = Nothing | Requested | Erased | Declined
type Ctx = Context[PortalRules]
type Facts = list[said.ErasureEvent]


def evolve(erasure: Erasure, event: said.ErasureEvent) -> Erasure:
    """The erasure after one more fact."""
    match event:
        case said.ErasureRequested() as e:
            return Requested(e, _destroyed(erasure))
        case said.SubjectErased() as e:
            return Erased(_destroyed(erasure) | set(e.keys))
        case said.ErasureRefused():
            return Declined(_destroyed(erasure))


def _destroyed(erasure: Erasure) -> frozenset[UUID]:
    match erasure:
        case Requested(before=keys) | Erased(keys=keys) | Declined(before=keys):
            return keys
        case Nothing():
            return frozenset()


def decide(command: asked.ErasureCommand, erasure: Erasure, ctx: Ctx) -> Facts:
    """What may happen when."""
    match command, erasure:
        case asked.RequestErasure() as c, _:
            return request(c, erasure, ctx)
        case asked.ApproveErasure() as c, Requested() as s:
            return approve(c, s, ctx)
        case asked.RefuseErasure() as c, Requested() as s:
            return refuse(c, s, ctx)
        case asked.ApproveErasure(), Erased():
            return []
        case _:
            raise Refused("not-now", command=type(command).__name__, erasure=type(erasure).__name__)


def request(command: asked.RequestErasure, erasure: Erasure, ctx: Ctx) -> Facts:
    """Asked again it is asked anew only where more is sealed than was, or will be, destroyed."""
    keys = set(command.keys)
    if command.erasure_id != uuid5(command.subject_id, "erasure"):
        raise Refused("not-its-erasure", subject_id=command.subject_id)
    if keys <= _destroyed(erasure):
        return []
    if isinstance(erasure, Requested) and keys <= set(erasure.request.keys):
        return []
    if command.received_on > day(ctx.now):
        raise Refused("day-to-come", day=command.received_on)

    told = command.model_dump(exclude={"area", "keys"})
    ordered = tuple(sorted(keys))
    return [said.ErasureRequested(**told, keys=ordered, requester=ctx.actor.id)]


def approve(command: asked.ApproveErasure, erasure: Requested, ctx: Ctx) -> Facts:
    """It cannot be undone, so two persons have looked at it."""
    _four_eyes(erasure, ctx)

    asked_for = erasure.request
    return [
        said.SubjectErased(
            erasure_id=command.erasure_id,
            of=asked_for.of,
            subject_id=asked_for.subject_id,
            keys=asked_for.keys,
            ground=asked_for.ground,
        )
    ]


def refuse(command: asked.RefuseErasure, erasure: Requested, ctx: Ctx) -> Facts:
    """个人信息保护法 art. 47: 法定保存期限未届满或者删除技术上难以实现的,停止除存储外的处理."""
    _four_eyes(erasure, ctx)

    asked_for = erasure.request
    return [
        said.ErasureRefused(
            erasure_id=command.erasure_id,
            of=asked_for.of,
            subject_id=asked_for.subject_id,
            keys=asked_for.keys,
            because=command.because,
            law=command.law,
            until=command.until,
            locked=command.because in KEPT,
        )
    ]


def _four_eyes(erasure: Requested, ctx: Ctx) -> None:
    if ctx.actor.id == erasure.request.requester:
        raise Refused("own-request")


ERASURE: Decider[Erasure, asked.ErasureCommand, said.ErasureEvent, PortalRules] = Decider(
    category="erasure",
    commands=asked.ErasureCommand,
    events=said.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
)
