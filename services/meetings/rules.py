"""What a county may choose about meetings: the table [meetings] of its charter."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from services.meetings.words import Form, Mode, WorkPlanField


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class PartiesMin(_Table):
    """How many of each kind must be named: the people affected and a unit always."""

    masses: int = Field(title="群众代表", ge=1)
    unit: int = Field(title="责任单位", ge=1)
    member: int = Field(title="委员", ge=0)
    expert: int = Field(title="协商人才", ge=0)
    leader: int = Field(title="党政领导", ge=0)


class FormRule(_Table):
    """One form of consultation: how often a year, and how many leaders make it count.

    邻水: "保证'1+2+4+X'协商频次"; 主席会议 "每年组织召开2次以上有主席会议成员和县委、县政府领导
    参加".
    A form without a quota has no `per_year`.
    """

    form: Form = Field(title="形式")
    per_year: int | None = Field(default=None, title="每年次数", ge=1)
    leaders: int = Field(default=0, title="须到会领导人数", ge=0)


def _each_once(forms: tuple[FormRule, ...]) -> tuple[FormRule, ...]:
    names = [rule.form for rule in forms]
    if len(set(names)) < len(names):
        raise PydanticCustomError("form-twice", "a form is listed twice")
    return forms


class MeetingRules(_Table):
    """不调研不协商 is a rule of the engine: a county may ask for more research, never for none.

    邻水: "将调查研究作为协商的必经程式…对所有需要协商的议题,都要深入开展调研".
    英山: "向参加协商的各个主体,提前通报协商内容,事先告知相关信息" (no number of days is published).
    Every stream of one matter is born at its own time: a topic and its consultation may live under
    two versions of a charter.
    """

    reports_per_topic: int = Field(title="每个议题调研报告数", ge=1, le=10)
    parties_min: PartiesMin = Field(title="协商主体最少数量")
    workplan_fields: frozenset[WorkPlanField] = Field(title="工作方案必备内容", min_length=1)
    notice_days: int = Field(title="提前通报天数", ge=1, le=60)
    urgent_notice_days: int = Field(title="急事现场协商提前通报天数", ge=0, le=60)
    modes: frozenset[Mode] = Field(title="协商方式", min_length=1)
    forms: Annotated[tuple[FormRule, ...], AfterValidator(_each_once)] = Field(
        title="协商形式", min_length=1
    )

    def form(self, form: Form) -> FormRule | None:
        """The rule of a form; None where the county does not use it."""
        return next((rule for rule in self.forms if rule.form == form), None)

    def counts(self, form: Form, leaders: int) -> bool:
        """Whether a meeting of that form counts to its quota with so many leaders there."""
        rule = self.form(form)
        return rule is not None and leaders >= rule.leaders

    def notice(self, mode: Mode) -> int:
        """The days of notice a mode needs."""
        return self.urgent_notice_days if mode == "urgent-site" else self.notice_days
