"""What is said of one version of a county's charter (规则)."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class _Said(Event):
    charter_id: UUID = Field(title="规则编号")
    charter: str = Field(title="规则版本")


class _SaidOfText(_Said):
    digest: str = Field(title="规则文本摘要(SHA-256)")
    in_force: date = Field(title="生效日期")


class CharterDrafted(_SaidOfText):
    """There is a draft of this text."""

    label: ClassVar[str] = "规则起草"

    note: str = Field(title="起草说明")


class CharterActivated(_SaidOfText):
    """The services read this version in force for the first time; its text had this digest."""

    label: ClassVar[str] = "规则生效"


class CharterTextAccepted(_Said):
    """The text was changed in place, and somebody stands for it."""

    label: ClassVar[str] = "规则文本变更备案"

    digest: str = Field(title="规则文本摘要(SHA-256)")
    former: str = Field(title="原文本摘要(SHA-256)")
    reason: str = Field(title="变更理由")


class CharterDeviationRecorded(_Said):
    """A matter was not dealt with as the charter says."""

    label: ClassVar[str] = "偏离备案"

    topic_id: UUID = Field(title="议题编号")
    key: str = Field(title="偏离的规则")
    instead: str = Field(title="实际做法")
    reason: str = Field(title="理由")
    approved_by: str = Field(title="批准机构")


type CharterEvent = (
    CharterDrafted | CharterActivated | CharterTextAccepted | CharterDeviationRecorded
)

EVENTS: Registry[CharterEvent] = registry(CharterEvent)
