"""What a handover (转来事项) may be asked."""

from typing import ClassVar
from uuid import UUID, uuid5

from pydantic import Field

from services.exchange.words import inbound as w
from shared.kernel.message import SYSTEM, Command


class HandOver(Command):
    """Hand a matter over, under the agency's own number. Private words come sealed.

    `content` and `matter` are marks made with a key: of all that was handed over, and of the
    matter alone, so that the same is known again without being read.
    """

    label: ClassVar[str] = "转来事项"
    may: ClassVar[frozenset[str]] = frozenset({w.AGENCY})

    area: w.Area
    agency_id: w.AgencyId
    agency: w.AgencyName
    number: w.Number
    title: w.Title
    personal: bool = Field(default=False, title="个人诉求")
    again: bool = Field(
        default=False, title="再次发生", description="与以前转来的内容相同,但事情又发生了一次"
    )
    place: w.Place = ""
    words: w.Sealed = Field(default="", title="反映人原话")
    contact: w.Sealed = Field(default="", title="联系方式")
    content: w.Mark
    matter: w.Mark
    same_as: UUID | None = Field(default=None, title="相同事项")

    @property
    def handover_id(self) -> UUID:
        """One number of one agency is one handover."""
        return uuid5(self.agency_id, self.number)


class TellStep(Command):
    """Tell the agency of one step of what it handed over; `cause` is where the step stands."""

    label: ClassVar[str] = "告知进展"
    may: ClassVar[frozenset[str]] = frozenset({SYSTEM})

    handover_id: w.HandoverId
    cause: w.Cause
    step: w.Step
    told: w.Told
    topic_id: UUID | None = Field(default=None, title="议题编号")
    happened_at: w.HappenedAt


type HandoverCommand = HandOver | TellStep
