"""What may be asked about one version of a county's charter (规则)."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from services.topics.words import CPPCC, CharterId, CharterKey, Digest, Line, Text
from shared.kernel.areas import LocalArea
from shared.kernel.message import SYSTEM, Command


class _Ask(Command):
    may: ClassVar = frozenset({CPPCC})

    charter_id: UUID = Field(title="规则编号")
    area: LocalArea = Field(title="所在县区")
    charter: CharterId = Field(title="规则版本")


class _AskText(_Ask):
    digest: Digest = Field(title="规则文本摘要(SHA-256)")
    in_force: date = Field(title="生效日期")


class DraftCharter(_AskText):
    """Write down that a version was drafted, and what it changes."""

    label: ClassVar[str] = "规则起草"

    note: Text = Field(title="起草说明")


class ActivateCharter(_AskText):
    """Write down that the running services work by this version, whose text has this digest."""

    label: ClassVar[str] = "规则生效"
    may: ClassVar = frozenset({SYSTEM})


class AcceptCharterText(_Ask):
    """Stand for a text that was changed after it came into force, and say why it was."""

    label: ClassVar[str] = "规则文本变更备案"

    digest: Digest = Field(title="规则文本摘要(SHA-256)")
    reason: Line = Field(title="变更理由")


class RecordDeviation(_Ask):
    """Write down where a matter was not dealt with as the charter says, and who approved that."""

    label: ClassVar[str] = "偏离备案"

    topic_id: UUID = Field(title="议题编号")
    key: CharterKey = Field(title="偏离的规则")
    instead: Line = Field(title="实际做法")
    reason: Line = Field(title="理由")
    approved_by: Line = Field(title="批准机构")


type CharterCommand = DraftCharter | ActivateCharter | AcceptCharterText | RecordDeviation
