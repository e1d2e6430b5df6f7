"""What a dispatch (转出事项) may be asked."""

from typing import ClassVar

from pydantic import Field

from services.exchange.words import inbound as w
from shared.kernel.message import SYSTEM, Command


class _Ask(Command):
    dispatch_id: w.DispatchId


class OfferDispatch(_Ask):
    """Offer a personal appeal to the agency that it was transferred to."""

    label: ClassVar[str] = "转出事项"
    may: ClassVar[frozenset[str]] = frozenset({SYSTEM})

    area: w.Area
    lead_id: w.LeadId
    agency_id: w.AgencyId
    agency: w.AgencyName
    title: w.Title
    place: w.Place
    reason: w.Line = Field(title="转交理由")


class AcknowledgeDispatch(_Ask):
    """Confirm that it has arrived, under the agency's own number."""

    label: ClassVar[str] = "签收转出事项"
    may: ClassVar[frozenset[str]] = frozenset({w.AGENCY})

    agency_id: w.AgencyId
    number: w.Number


class NoteReceipt(_Ask):
    """Note the agency's number that a clerk entered: it had answered on paper."""

    label: ClassVar[str] = "记入签收回执"
    may: ClassVar[frozenset[str]] = frozenset({SYSTEM})

    area: w.Area
    number: w.Line = Field(title="收文号")


class RemindDispatch(_Ask):
    """Remind the agency of what it has not confirmed yet: the first time, the second, …"""

    label: ClassVar[str] = "催签转出事项"
    may: ClassVar[frozenset[str]] = frozenset({SYSTEM})

    nth: int = Field(title="第几次催签", ge=1)


type DispatchCommand = OfferDispatch | AcknowledgeDispatch | NoteReceipt | RemindDispatch
