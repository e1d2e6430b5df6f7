"""What everybody is told of the consultations on a matter."""

from datetime import date
from typing import ClassVar

from pydantic import AwareDatetime, Field

from services.exchange.domain.publication.notes.facts import PublicFact
from services.exchange.words import ConsultationId, Form, Mode, Unit


class ConsultationScheduled(PublicFact):
    """Time and place of a consultation are fixed; said again where they are fixed anew."""

    label: ClassVar[str] = "公开:协商排期"

    consultation_id: ConsultationId
    starts: AwareDatetime = Field(title="开始时间")
    place: str = Field(title="地点")
    form: Form
    mode: Mode


class ConsultationPostponed(PublicFact):
    """Time and place were taken back."""

    label: ClassVar[str] = "公开:协商延期"

    consultation_id: ConsultationId


class ConsultationCancelled(PublicFact):
    """The consultation was given up."""

    label: ClassVar[str] = "公开:取消协商"

    consultation_id: ConsultationId


class CommitmentMade(PublicFact):
    """A unit promised something on the spot, to be done by a day."""

    label: ClassVar[str] = "公开:当场表态"

    consultation_id: ConsultationId
    unit: Unit
    promise: str = Field(title="承诺")
    due: date = Field(title="期限")


class MeetingHeld(PublicFact):
    """The consultation took place."""

    label: ClassVar[str] = "公开:协商会议召开"

    consultation_id: ConsultationId
    place: str = Field(title="地点")
    form: Form
    mode: Mode
