"""The life of a delivery (送达).

nothing ──plan──▶ waiting ──begin──▶ under way ──record──▶ over  (delivered)
                   ▲  └──drop──▶ over   │ │ └──begin: who sent before is gone; marked `again`
                   └─────fail, for now──┘ └──fail for good, or too often──▶ over  (given up)

What was begun may have been sent: a crash between sending and recording costs at most a second
message, never the first, and the second one is marked.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.notify.domain.delivery import commands as asked
from services.notify.domain.delivery import events as said
from services.notify.rules import NotifyRules
from services.notify.words.channels import Wishes
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused

type Ctx = Context[NotifyRules]
type Facts = list[said.DeliveryEvent]

WAITS = tuple(timedelta(minutes=n) for n in (1, 5, 30, 120, 480))
"""How long to wait after each failure; after the last there is one more attempt, and no other."""
ATTEMPTS_MAX = len(WAITS) + 1
JITTER = 0.25


@dataclass(frozen=True)
class Nothing:
    """Nobody planned it."""


@dataclass(frozen=True)
class Waiting:
    """For its moment. `attempts` were made; `unsure`: one of them may have arrived."""

    send_at: datetime
    attempts: int = 0
    unsure: bool = False


@dataclass(frozen=True)
class UnderWay:
    """Somebody sends it, or did and is gone."""

    attempts: int
    unsure: bool
    message_id: UUID


@dataclass(frozen=True)
class Over:
    """Delivered, or given up."""


type Delivery = Nothing | Waiting | UnderWay | Over


def evolve(delivery: Delivery, event: said.DeliveryEvent) -> Delivery:
    """The delivery after one more fact."""
    match delivery, event:
        case Nothing(), said.DeliveryPlanned() as e:
            return Waiting(e.send_at)
        case Waiting() | UnderWay(), said.DeliveryBegun() as e:
            return UnderWay(e.attempt, e.again, e.message_id)
        case UnderWay() as d, said.DeliveryFailed() as e:
            return Waiting(e.send_at, d.attempts, d.unsure or e.unsure)
        case Waiting() | UnderWay(), said.NoticeDelivered() | said.DeliveryGivenUp():
            return Over()
        case _:
            return delivery


def decide(command: asked.DeliveryCommand, delivery: Delivery, ctx: Ctx) -> Facts:
    """What may happen when."""
    match command, delivery:
        case asked.PlanDelivery() as c, Nothing():
            return plan(c, ctx)
        case asked.PlanDelivery(), _:
            return []
        case asked.BeginDelivery() as c, Waiting() | UnderWay() as d:
            return begin(c, d, ctx)
        case asked.RecordDelivery() as c, UnderWay() as d if c.attempt <= d.attempts:
            return [said.NoticeDelivered(**dict(c), perhaps_twice=d.unsure)]
        case asked.FailDelivery() as c, UnderWay() as d if c.attempt == d.attempts:
            return fail(c, d, ctx)
        case asked.DropDelivery() as c, Waiting() | UnderWay():
            return [said.DeliveryGivenUp(**dict(c))]
        case asked.RecordDelivery() | asked.FailDelivery(), Over() | UnderWay() | Waiting():
            return []  # Who was taken for dead speaks again, and others took over.
        case asked.DropDelivery(), Over():
            return []
        case _:
            raise Refused(
                "not-now", command=type(command).__name__, delivery=type(delivery).__name__
            )


def plan(command: asked.PlanDelivery, ctx: Ctx) -> Facts:
    """By the person's wishes, or else the county's."""
    wishes: Wishes = command.wishes or ctx.rules.wishes
    if not wishes.wants(command.text, command.channel):
        return []

    told = command.model_dump(exclude={"area", "wishes"})
    send_at = wishes.moment(command.text, ctx.now, ctx.rules.workdays)
    return [said.DeliveryPlanned(**told, send_at=send_at)]


def begin(command: asked.BeginDelivery, delivery: Waiting | UnderWay, ctx: Ctx) -> Facts:
    """One attempt at a time: who begins names the next one, and only the first to do so sends."""
    if command.attempt != delivery.attempts + 1:
        raise Refused("begun-already", attempts=delivery.attempts)
    if isinstance(delivery, Waiting) and ctx.now < delivery.send_at:
        raise Refused("not-due", due=delivery.send_at)
    if command.attempt > ATTEMPTS_MAX:
        return [said.DeliveryGivenUp(delivery_id=command.delivery_id, told="too many attempts")]

    again = delivery.unsure or isinstance(delivery, UnderWay)
    return [said.DeliveryBegun(**dict(command), again=again)]


def fail(command: asked.FailDelivery, delivery: UnderWay, ctx: Ctx) -> Facts:
    """Later, and later each time; a little apart from other messages that failed just now."""
    if command.permanent or command.attempt >= ATTEMPTS_MAX:
        return [said.DeliveryGivenUp(delivery_id=command.delivery_id, told=command.told)]

    wait = WAITS[command.attempt - 1]
    apart = delivery.message_id.int % 1000 / 1000
    told = command.model_dump(exclude={"permanent"})
    return [said.DeliveryFailed(**told, send_at=ctx.now + wait * (1 + JITTER * apart))]


DELIVERY: Decider[Delivery, asked.DeliveryCommand, said.DeliveryEvent, NotifyRules] = Decider(
    category="delivery",
    commands=asked.DeliveryCommand,
    events=said.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
    restricted=True,
)
