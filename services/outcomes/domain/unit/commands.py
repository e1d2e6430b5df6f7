"""What the register of units (承办单位) may be asked."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from services.outcomes import words as w
from shared.kernel.message import Command

REGISTRARS = frozenset({w.CPPCC, w.CLERK})


class RegisterUnit(Command):
    """Enter a unit under its full name, and what people call it for short."""

    label: ClassVar[str] = "登记承办单位"
    may: ClassVar[frozenset[str]] = REGISTRARS

    unit_id: w.UnitId
    area: w.Area
    name: w.UnitName
    kind: w.UnitKind
    short_names: w.ShortNames = ()


class RenameUnit(Command):
    """Write down that a unit is called differently from a day on; the old name still means it."""

    label: ClassVar[str] = "承办单位更名"
    may: ClassVar[frozenset[str]] = REGISTRARS

    unit_id: w.UnitId
    name: w.UnitName
    since: date = Field(title="更名日期")


class RetireUnit(Command):
    """Write down that a unit is no more, why, and which one takes over what it had in hand."""

    label: ClassVar[str] = "注销承办单位"
    may: ClassVar[frozenset[str]] = REGISTRARS

    unit_id: w.UnitId
    since: date = Field(title="注销日期")
    reason: w.Reason
    successor: w.UnitId | None = Field(title="承接单位", default=None)


type UnitCommand = RegisterUnit | RenameUnit | RetireUnit
