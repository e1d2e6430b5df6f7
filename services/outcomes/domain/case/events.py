"""What a case (典型案例) says."""

from typing import ClassVar, Literal

from pydantic import Field

from services.outcomes import words as w
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class CaseDrafted(Event):
    """The case was written up, or written anew."""

    label: ClassVar[str] = "典型案例起草"

    case_id: w.CaseId
    topic_id: w.TopicId
    outcome_id: w.OutcomeId
    headline: w.Line = Field(title="案例标题")
    sections: w.Sections = Field(title="案例内容")


class CasePublished(Event):
    """The case is in the library, for others to learn from."""

    label: ClassVar[str] = "典型案例入库"

    case_id: w.CaseId
    topic_id: w.TopicId
    outcome_id: w.OutcomeId
    headline: w.Line = Field(title="案例标题")
    sections: w.Sections = Field(title="案例内容")
    basis: Literal["de-identified", "consent"] = Field(title="公开依据")
    consents: tuple[w.Line, ...] = Field(title="同意书编号")


type CaseEvent = CaseDrafted | CasePublished

EVENTS: Registry[CaseEvent] = registry(CaseEvent)
