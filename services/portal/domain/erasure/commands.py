"""What an erasure may be asked."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from services.portal.words import (
    CPPCC,
    OPERATOR,
    Applicant,
    Ground,
    Received,
    RefusedBecause,
    Subject,
)
from shared.kernel.areas import AreaCode
from shared.kernel.message import Command

STAFF = frozenset({OPERATOR, CPPCC})


class RequestErasure(Command):
    """Enter a request. `keys` are the persons of the vault whose keys seal what is to go.

    The id of the erasure is uuid5(subject_id, 'erasure'): a subject is erased once.
    """

    label: ClassVar = "登记删除申请"
    may: ClassVar = STAFF

    erasure_id: UUID = Field(title="删除事项编号")
    area: AreaCode = Field(title="所属地区")
    of: Subject = Field(title="对象")
    subject_id: UUID = Field(title="对象编号")
    keys: tuple[UUID, ...] = Field(title="密钥", min_length=1, max_length=500)
    applicant: Applicant = Field(title="申请人")
    ground: Ground = Field(title="删除理由", description="个人信息保护法第四十七条")
    received: Received = Field(title="收到方式")
    received_on: date = Field(title="收到日期")


class ApproveErasure(Command):
    """Delete: the keys are destroyed, and nobody can ever undo it."""

    label: ClassVar = "批准删除"
    may: ClassVar = STAFF

    erasure_id: UUID = Field(title="删除事项编号")


class RefuseErasure(Command):
    """Do not delete, for a reason of law; what has to be kept is locked, and only kept."""

    label: ClassVar = "不予删除"
    may: ClassVar = STAFF

    erasure_id: UUID = Field(title="删除事项编号")
    because: RefusedBecause = Field(title="不予删除的情形")
    law: str = Field(
        title="法律依据",
        description="写明法律、行政法规名称和条款,不写个人信息",
        min_length=4,
        max_length=200,
    )
    until: date | None = Field(default=None, title="保存到")


type ErasureCommand = RequestErasure | ApproveErasure | RefuseErasure
