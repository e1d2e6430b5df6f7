"""What an erasure says. Nothing here names a person: ids, keys and grounds only."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from services.portal.words import Applicant, Ground, Received, RefusedBecause, Subject
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class _About(Event):
    """Whose words it is about, and the keys that they are sealed with."""

    erasure_id: UUID = Field(title="删除事项")
    of: Subject = Field(title="对象")
    subject_id: UUID = Field(title="对象编号")
    keys: tuple[UUID, ...] = Field(title="密钥")


class ErasureRequested(_About):
    """Somebody asked that this be deleted."""

    label: ClassVar = "删除申请登记"

    applicant: Applicant = Field(title="申请人")
    ground: Ground = Field(title="删除理由")
    received: Received = Field(title="收到方式")
    received_on: date = Field(title="收到日期")
    requester: str = Field(title="登记人")


class SubjectErased(_About):
    """It is deleted: from now on there is no key, and what it sealed is noise."""

    label: ClassVar = "依法删除"

    ground: Ground = Field(title="删除理由")


class ErasureRefused(_About):
    """It is not deleted. What is `locked` is stored, and used for nothing else."""

    label: ClassVar = "不予删除"

    because: RefusedBecause = Field(title="不予删除的情形")
    law: str = Field(title="法律依据")
    until: date | None = Field(title="保存到")
    locked: bool = Field(title="停止除存储外的处理")


type ErasureEvent = ErasureRequested | SubjectErased | ErasureRefused

EVENTS: Registry[ErasureEvent] = registry(ErasureEvent)
