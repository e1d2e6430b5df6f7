"""What a county may choose about meetings: the table [meetings] of its charter."""

from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from services.meetings.words import Form, Line, Mode, Slug, WorkPlanField


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


class DutyRule(_Table):
    """One kind of duty: what each counts, and the most that a year of them counts."""

    kind: Slug = Field(title="履职类别")
    points: int = Field(title="每次分值", ge=0, le=100)
    year_max: int = Field(title="年度最高分", ge=1, le=1000)


class GradeRule(_Table):
    """One grade of the yearly evaluation, and the points it takes."""

    grade: Slug = Field(title="等次")
    least: int = Field(title="最低分", ge=0, le=1000)


def _kinds_once(duties: tuple[DutyRule, ...]) -> tuple[DutyRule, ...]:
    kinds = [rule.kind for rule in duties]
    if len(set(kinds)) < len(kinds):
        raise PydanticCustomError("duty-twice", "a kind of duty is listed twice")
    return duties


def _down_to_nothing(grades: tuple[GradeRule, ...]) -> tuple[GradeRule, ...]:
    least = [rule.least for rule in grades]
    if least != sorted(set(least), reverse=True) or least[-1] != 0:
        raise PydanticCustomError("grades", "grades go down from the best to one that takes 0")
    if len({rule.grade for rule in grades}) < len(grades):
        raise PydanticCustomError("grade-twice", "a grade is listed twice")
    return grades


class MemberRules(_Table):
    """What a county expects of its members: the table [meetings.members].

    襄城: 《常务委员述职办法》《委员履职综合评价办法》《委员分批次列席政协常委会会议制度》 (their
    texts, and so all numbers, are unpublished), and 双联: "101位党员委员与155名党外委员建立了结对
    联系".
    """

    duties: Annotated[tuple[DutyRule, ...], AfterValidator(_kinds_once)] = Field(
        title="履职类别与分值", min_length=1
    )
    grades: Annotated[tuple[GradeRule, ...], AfterValidator(_down_to_nothing)] = Field(
        title="综合评价等次", min_length=1
    )
    report_before_evaluation: bool = Field(title="常委先述职后评价")
    pairs_max: int = Field(title="每名党员委员结对人数上限", ge=1, le=20)
    observer_batches: int = Field(title="列席常委会会议批次", ge=1, le=50)
    observes_once_a: Literal["year", "term"] = Field(title="多长时间内不重复列席")

    @model_validator(mode="after")
    def _best_grade_can_be_reached(self) -> Self:
        most = sum(rule.year_max for rule in self.duties)
        if self.grades[0].least > most:
            raise PydanticCustomError(
                "grade-out-of-reach",
                "all duties of a year make {most}, the best grade takes {least}",
                {"most": most, "least": self.grades[0].least},
            )
        return self

    def duty(self, kind: str) -> DutyRule | None:
        """The rule of a kind of duty; None where the county does not count it."""
        return next((rule for rule in self.duties if rule.kind == kind), None)

    def grade(self, total: int) -> str:
        """The best grade that so many points take."""
        return next(rule.grade for rule in self.grades if rule.least <= total)


class TalentRules(_Table):
    """Who helps a county to consult: the table [meetings.talent].

    邻水: 《协商人才管理(试行)办法》 is about "产生、基本权利和职责、保障以及考核、奖惩、退出" (its
    text is unpublished); there are "专业人才200余名" and 五老人员, of whom it "随机抽取相关人才参与
    调研、协商". 泸县: "吸纳住地政协委员、老党员干部、乡贤人士、群众代表等组成工作室协商人才库".
    """

    groups: frozenset[Slug] = Field(title="人才来源", min_length=1)
    specialties: frozenset[Line] = Field(title="专业领域", min_length=1)
    term_years: int = Field(title="聘期(年)", ge=1, le=10)
    grades: frozenset[Slug] = Field(title="考核等次", min_length=1)
    fails: frozenset[Slug] = Field(title="不合格等次", min_length=1)
    fails_max: int = Field(title="连续几年不合格即退出", ge=1, le=10)
    suspension_days: int = Field(title="暂停参加抽取天数", ge=1, le=730)
    seed_wait_days: int = Field(title="随机数最早在几天后产生", ge=1, le=60)

    @field_validator("fails")
    @classmethod
    def _are_grades(cls, fails: frozenset[str], so_far: ValidationInfo) -> frozenset[str]:
        if strange := fails - so_far.data.get("grades", fails):
            raise PydanticCustomError(
                "no-such-grade", "{strange} is no grade", {"strange": ", ".join(sorted(strange))}
            )
        return fails


class MeetingRules(_Table):
    """不调研不协商 is a rule of the engine: a county may ask for more research, never for none.

    邻水: "将调查研究作为协商的必经程式…对所有需要协商的议题,都要深入开展调研".
    英山: "向参加协商的各个主体,提前通报协商内容,事先告知相关信息" (no number of days is published).
    What follows from a topic lives under the topic's charter; a research that somebody plans takes
    the one in force on that day.
    """

    reports_per_topic: int = Field(title="每个议题调研报告数", ge=1, le=10)
    parties_min: PartiesMin = Field(title="协商主体最少数量")
    workplan_fields: frozenset[WorkPlanField] = Field(title="工作方案必备内容", min_length=1)
    notice_days: int = Field(title="提前通报天数", ge=1, le=60)
    urgent_notice_days: int = Field(title="急事现场协商提前通报天数", ge=0, le=60)
    venue_needed: bool = Field(title="须在召集人合格的阵地协商")
    modes: frozenset[Mode] = Field(title="协商方式", min_length=1)
    forms: Annotated[tuple[FormRule, ...], AfterValidator(_each_once)] = Field(
        title="协商形式", min_length=1
    )
    members: MemberRules = Field(title="委员")
    talent: TalentRules = Field(title="协商人才")

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
