"""What a file may be asked."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field, StringConstraints

from services.portal.words import (
    FILE_BYTES_MAX,
    IN_OFFICE,
    KEEPERS,
    RESIDENT,
    FilePurpose,
    Media,
)
from shared.kernel.areas import LocalArea
from shared.kernel.message import Command

Name = Annotated[
    str,
    StringConstraints(pattern=r"^sealed:1:[0-9a-f-]{36}:[A-Za-z0-9_-]{38,1600}={0,2}$"),
    Field(json_schema_extra={"sealed": True}),
]
"""A name as the vault sealed it: what somebody called a file may name a person."""


class KeepFile(Command):
    """Keep a file with what it belongs to. Its bytes are sealed, and lie beside the log."""

    label: ClassVar = "保存附件"
    may: ClassVar = IN_OFFICE | {RESIDENT}

    file_id: UUID = Field(title="附件编号")
    area: LocalArea = Field(title="所在区划")
    subject_id: UUID = Field(title="所属事项编号")
    name: Name = Field(title="文件名")
    media: Media = Field(title="文件类型")
    size: int = Field(title="大小(字节)", ge=1, le=FILE_BYTES_MAX)
    digest: str = Field(title="密文校验值", pattern=r"^[0-9a-f]{64}$")
    purpose: FilePurpose = Field(title="用途")
    public: bool = Field(default=False, title="对外公开")


class RemoveFile(Command):
    """Take a file away, with a reason; that it was there stays on record."""

    label: ClassVar = "撤下附件"
    may: ClassVar = KEEPERS

    file_id: UUID = Field(title="附件编号")
    reason: str = Field(title="撤下理由", min_length=2, max_length=200)


type FileCommand = KeepFile | RemoveFile
