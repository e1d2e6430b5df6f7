"""The life of a notice (通知).

nothing ──send──▶ sent ◀──┐
                   └──────┴── address, once; read, once by each of those told
"""

from dataclasses import dataclass, replace

from services.notify.domain.notice import commands as asked
from services.notify.domain.notice import events as said
from services.notify.rules import NotifyRules
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused


@dataclass(frozen=True)
class Nothing:
    """Nobody was told."""


@dataclass(frozen=True)
class Sent:
    """Somebody was told; these have read it."""

    to: str
    addressed: bool = False
    readers: frozenset[str] = frozenset()


type Notice = Nothing | Sent


def evolve(notice: Notice, event: said.NoticeEvent) -> Notice:
    """The notice after one more fact."""
    match notice, event:
        case Nothing(), said.NoticeSent() as e:
            return Sent(e.to)
        case Sent() as n, said.NoticeAddressed():
            return replace(n, addressed=True)
        case Sent() as n, said.NoticeRead() as e:
            return replace(n, readers=n.readers | {e.reader})
        case _:
            return notice


def decide(
    command: asked.NoticeCommand, notice: Notice, ctx: Context[NotifyRules]
) -> list[said.NoticeEvent]:
    """What may happen when."""
    match command, notice:
        case asked.SendNotice() as c, Nothing():
            return send(c, ctx)
        case asked.SendNotice(), _:
            return []
        case asked.AddressNotice() as c, Sent() as n:
            return [] if n.addressed else [said.NoticeAddressed(**dict(c))]
        case asked.ReadNotice() as c, Sent() as n:
            return read(c, n, ctx)
        case _:
            raise Refused("not-now", command=type(command).__name__, notice=type(notice).__name__)


def send(command: asked.SendNotice, ctx: Context[NotifyRules]) -> list[said.NoticeEvent]:
    """A county may keep some notices to itself."""
    if command.text in ctx.rules.silent:
        return []

    return [said.NoticeSent(**command.model_dump(exclude={"area"}))]


def read(
    command: asked.ReadNotice, notice: Sent, ctx: Context[NotifyRules]
) -> list[said.NoticeEvent]:
    """Only who was told can have read it."""
    if ctx.actor.id in notice.readers:
        return []
    if not _told(notice.to, ctx):
        raise Refused("not-your-notice", to=notice.to)

    return [said.NoticeRead(notice_id=command.notice_id, reader=ctx.actor.id)]


def _told(to: str, ctx: Context[NotifyRules]) -> bool:
    """Whether a recipient means this actor. Anybody may follow a matter."""
    actor = ctx.actor
    kind, _, rest = to.partition(":")
    name, _, area = rest.rpartition("@")
    match kind:
        case "account":
            return rest == actor.id
        case "unit":
            return name == actor.unit and ctx.contains(actor.area, area)
        case "role":
            return name == actor.role and ctx.contains(actor.area, area)
        case _:
            return True


NOTICE: Decider[Notice, asked.NoticeCommand, said.NoticeEvent, NotifyRules] = Decider(
    category="notice",
    commands=asked.NoticeCommand,
    events=said.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
)
