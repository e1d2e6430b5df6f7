"""What an operation (运维操作) says."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from services.portal import words as w
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class OperationOrdered(Event):
    """An operator ordered something of a service; the envelope says who."""

    label: ClassVar = "运维操作登记"

    operation_id: UUID = Field(title="操作编号")
    kind: w.OperationKind = Field(title="操作")
    service: w.ServiceName = Field(title="服务")
    what: str = Field(title="对象")


class OperationEnded(Event):
    """It was done, or failed; or nobody knows, because who did it is gone."""

    label: ClassVar = "运维操作结果"

    operation_id: UUID = Field(title="操作编号")
    outcome: w.OperationOutcome = Field(title="结果")
    result: str = Field(title="结果说明")


OperationEvent = OperationOrdered | OperationEnded

EVENTS: Registry[OperationEvent] = registry(OperationEvent)
