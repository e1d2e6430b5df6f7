"""What a dispatch (转出事项) says. All of it is told to the agency; the shapes are promised."""

from typing import ClassVar

from pydantic import Field

from services.exchange.words import inbound as w
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class _Told(Event):
    dispatch_id: w.DispatchId
    agency_id: w.AgencyId
    happened_at: w.HappenedAt


class DispatchOffered(_Told):
    """A personal appeal is with the agency now, which is to confirm it until `due`.

    Private words are in no event: the agency reads them where it confirms.
    """

    label: ClassVar[str] = "事项转出"

    lead_id: w.LeadId
    agency: w.AgencyName
    title: w.Title
    place: w.Place
    reason: str = Field(title="转交理由")
    due: w.HappenedAt = Field(title="签收期限")


class DispatchReminded(_Told):
    """It is late, and not confirmed; `due` is when the agency is reminded next."""

    label: ClassVar[str] = "转出事项催签"

    agency: w.AgencyName
    title: w.Title
    nth: int = Field(title="第几次催签")
    due: w.HappenedAt = Field(title="下次催签")


class DispatchAcknowledged(_Told):
    """The agency has it, under its own number. `on_paper`: a clerk entered what it wrote."""

    label: ClassVar[str] = "转出事项签收"

    lead_id: w.LeadId
    number: str = Field(title="机构自编号")
    on_paper: bool = Field(title="书面回执")


type DispatchEvent = DispatchOffered | DispatchReminded | DispatchAcknowledged

EVENTS: Registry[DispatchEvent] = registry(DispatchEvent)
