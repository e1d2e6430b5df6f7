"""What an operation (运维操作) may be asked."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from services.portal import words as w
from shared.kernel.areas import AreaCode
from shared.kernel.message import Command


class OrderOperation(Command):
    """Write down what is about to be ordered of a service, before it is.

    Asked only by operators of the whole deployment. `area` is where the platform has its seat.
    """

    label: ClassVar = "登记运维操作"
    may: ClassVar = frozenset({w.OPERATOR})

    operation_id: UUID = Field(title="操作编号")
    area: AreaCode = Field(title="登记地区")
    kind: w.OperationKind = Field(title="操作")
    service: w.ServiceName = Field(title="服务")
    what: str = Field(default="", title="对象", max_length=300)


class EndOperation(Command):
    """Write down what came of it."""

    label: ClassVar = "登记运维结果"
    may: ClassVar = frozenset({w.OPERATOR})

    operation_id: UUID = Field(title="操作编号")
    outcome: w.OperationOutcome = Field(title="结果")
    result: str = Field(default="", title="结果说明", max_length=2000)


OperationCommand = OrderOperation | EndOperation
