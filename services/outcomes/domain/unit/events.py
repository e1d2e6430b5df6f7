"""What the register of units (承办单位) says."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from services.outcomes import words as w
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class UnitRegistered(Event):
    """There is a unit of this name in a county; `county` are its six digits."""

    label: ClassVar[str] = "承办单位登记"

    unit_id: w.UnitId
    county: w.County
    name: w.UnitName
    kind: w.UnitKind
    short_names: w.ShortNames


class UnitRenamed(Event):
    """It has another name from a day on; `former` still means it."""

    label: ClassVar[str] = "承办单位更名"

    unit_id: w.UnitId
    county: w.County
    name: w.UnitName
    former: w.UnitName
    since: date = Field(title="更名日期")


class UnitRetired(Event):
    """It is no more from a day on."""

    label: ClassVar[str] = "承办单位注销"

    unit_id: w.UnitId
    since: date = Field(title="注销日期")
    reason: w.Reason
    successor: w.UnitId | None = Field(title="承接单位")


type UnitEvent = UnitRegistered | UnitRenamed | UnitRetired

EVENTS: Registry[UnitEvent] = registry(UnitEvent)
