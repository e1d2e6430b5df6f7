"""What a file says."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from services.portal.words import FilePurpose, Media
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class FileKept(Event):
    """A file is kept with its subject.

    `size` is that of the readable bytes, `digest` the SHA-256 of the sealed ones: it can be
    checked for ever, and tells nothing about a picture once its key is destroyed.
    """

    label: ClassVar = "附件保存"

    file_id: UUID = Field(title="附件编号")
    subject_id: UUID = Field(title="所属事项编号")
    name: str = Field(title="文件名", json_schema_extra={"sealed": True})
    media: Media = Field(title="文件类型")
    size: int = Field(title="大小(字节)")
    digest: str = Field(title="密文校验值")
    purpose: FilePurpose = Field(title="用途")
    public: bool = Field(title="对外公开")
    keeper: str = Field(title="保存人")


class FileRemoved(Event):
    """The file was taken away."""

    label: ClassVar = "附件撤下"

    file_id: UUID = Field(title="附件编号")
    subject_id: UUID = Field(title="所属事项编号")
    reason: str = Field(title="撤下理由")


type FileEvent = FileKept | FileRemoved

EVENTS: Registry[FileEvent] = registry(FileEvent)
