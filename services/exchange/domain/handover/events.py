"""What a handover (转来事项) says.

`HandoverReceived`, `HandoverCompleted` and `HandoverAdvanced` are told to the agency itself; none
of them holds a private word. The shape of each is promised.
"""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from services.exchange.words import inbound as w
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class _Handed(Event):
    handover_id: w.HandoverId
    agency_id: w.AgencyId
    agency: w.AgencyName
    number: w.Number
    title: w.Title
    place: w.Place
    words: w.Sealed = Field(title="反映人原话")
    contact: w.Sealed = Field(title="联系方式")
    content: w.Mark
    matter: w.Mark


class MatterHandedOver(_Handed):
    """An agency handed a matter over.

    What is `same_as` an earlier one is no lead of its own, and hears of that one's steps.
    """

    label: ClassVar[str] = "事项转来"

    personal: bool = Field(title="个人诉求")
    again: bool = Field(title="再次发生")
    same_as: UUID | None = Field(title="相同事项")


class MatterCompleted(_Handed):
    """An agency completed what had been returned to it."""

    label: ClassVar[str] = "转来事项补正"


class _Told(Event):
    handover_id: w.HandoverId
    agency_id: w.AgencyId
    number: w.Number


class HandoverReceived(_Told):
    """The receipt. `receipt` is the number under which the matter is kept here: 12 digits."""

    label: ClassVar[str] = "转来事项回执"

    receipt: w.Receipt
    title: w.Title
    same_as: UUID | None = Field(title="相同事项")
    happened_at: w.HappenedAt


class HandoverAdvanced(_Told):
    """One step of the matter. `told` is what the agency may know of it; no names of people."""

    label: ClassVar[str] = "转来事项进展"

    cause: w.Cause
    step: w.Step
    told: w.Told
    topic_id: UUID | None = Field(title="议题编号")
    happened_at: w.HappenedAt


type HandoverEvent = MatterHandedOver | MatterCompleted | HandoverReceived | HandoverAdvanced

EVENTS: Registry[HandoverEvent] = registry(HandoverEvent)
