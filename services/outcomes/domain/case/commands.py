"""What a case (典型案例) may be asked."""

from typing import ClassVar

from pydantic import Field

from services.outcomes import words as w
from shared.kernel.message import Command


class DraftCase(Command):
    """Write the case up, or write it anew. What is not written yet may stay empty."""

    label: ClassVar[str] = "撰写典型案例"
    may: ClassVar[frozenset[str]] = frozenset({w.CPPCC, w.CONVENOR, w.CLERK, w.MEMBER})

    case_id: w.CaseId
    area: w.Area
    topic_id: w.TopicId
    outcome_id: w.OutcomeId
    headline: w.Line = Field(title="案例标题")
    sections: w.Sections = Field(title="案例内容")


class PublishCase(Command):
    """Put the case into the library, as it was last written.

    Either nobody can be recognised in it any more, or all who can have agreed: `consents` says
    where each consent is kept, never whose it is.
    """

    label: ClassVar[str] = "典型案例入库"
    may: ClassVar[frozenset[str]] = frozenset({w.CPPCC})

    case_id: w.CaseId
    deidentified: bool = Field(title="已去标识化")
    consents: tuple[w.Line, ...] = Field(title="同意书编号", default=(), max_length=100)


type CaseCommand = DraftCase | PublishCase
