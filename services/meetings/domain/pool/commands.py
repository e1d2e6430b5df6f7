"""What a pool is asked, by our own policies only: so nobody's hand chooses whom a draw may take."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.kernel.areas import LocalArea
from shared.kernel.message import SYSTEM, Command


class _Ask(Command):
    may: ClassVar = frozenset({SYSTEM})

    pool_id: UUID = Field(title="人才库编号")


class NoteTalent(_Ask):
    """Note whom a draw may take, for what, and until which day."""

    label: ClassVar[str] = "记入人才"

    area: LocalArea = Field(title="所在区划")
    talent_id: UUID = Field(title="人才编号")
    specialties: tuple[str, ...] = Field(title="专业领域")
    until: date = Field(title="聘期至")


class NoteSuspension(_Ask):
    """Note until which day no draw may take a talent."""

    label: ClassVar[str] = "记入暂停"

    talent_id: UUID = Field(title="人才编号")
    until: date = Field(title="暂停至")


class DropTalent(_Ask):
    """Note that no draw may take a talent any more."""

    label: ClassVar[str] = "记入退出"

    talent_id: UUID = Field(title="人才编号")


class ListPool(_Ask):
    """List for a draw all whom it may take at this moment."""

    label: ClassVar[str] = "列出人才库"

    area: LocalArea = Field(title="所在区划")
    draw_id: UUID = Field(title="抽取编号")
    specialty: str = Field(title="专业领域")


type PoolCommand = NoteTalent | NoteSuspension | DropTalent | ListPool
