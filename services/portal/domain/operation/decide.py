"""The life of an operation (运维操作).

nothing ──order──▶ ordered ──end──▶ ended
"""

from dataclasses import dataclass

from services.portal.domain.operation import commands as asked
from services.portal.domain.operation import events as said
from services.portal.rules import PortalRules
from shared.kernel.areas import EVERYWHERE
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused


@dataclass(frozen=True)
class Nothing:
    """Nobody ordered it."""


@dataclass(frozen=True)
class Ordered:
    """It is under way."""

    order: said.OperationOrdered


@dataclass(frozen=True)
class Ended:
    """What came of it is known."""

    order: said.OperationOrdered
    end: said.OperationEnded


type Operation = Nothing | Ordered | Ended
type Ctx = Context[PortalRules]
type Facts = list[said.OperationEvent]


def evolve(operation: Operation, event: said.OperationEvent) -> Operation:
    """The operation after one more fact."""
    match operation, event:
        case _, said.OperationOrdered() as e:
            return Ordered(e)
        case Ordered(order) | Ended(order), said.OperationEnded() as e:
            return Ended(order, e)
        case _:
            return operation


def decide(command: asked.OperationCommand, operation: Operation, ctx: Ctx) -> Facts:
    """What may happen when. What concerns every county is not for the operator of one."""
    if ctx.actor.area != EVERYWHERE:
        raise Refused("not-everywhere", yours=ctx.actor.area)

    match command, operation:
        case asked.OrderOperation() as c, Nothing():
            return [_ordered(c)]
        case asked.OrderOperation() as c, Ordered(order) | Ended(order):
            if _ordered(c) != order:
                raise Refused("other-operation", operation_id=str(c.operation_id))
            return []
        case asked.EndOperation() as c, Ordered():
            return [_ended(c)]
        case asked.EndOperation() as c, Ended(_, end):
            if _ended(c) != end:
                raise Refused("operation-ended", outcome=end.outcome)
            return []
        case _:
            raise Refused(
                "not-now", command=type(command).__name__, operation=type(operation).__name__
            )


def _ordered(command: asked.OrderOperation) -> said.OperationOrdered:
    return said.OperationOrdered(**command.model_dump(exclude={"area"}))


def _ended(command: asked.EndOperation) -> said.OperationEnded:
    return said.OperationEnded(**dict(command))


OPERATION: Decider[Operation, asked.OperationCommand, said.OperationEvent, PortalRules] = Decider(
    category="operation",
    commands=asked.OperationCommand,
    events=said.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
)
