"""What a county may choose about its outcomes: the [outcomes] table of its charter."""

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from services.outcomes.words import (
    ClosingNeed,
    FollowUpKind,
    Line,
    Share,
    Slug,
    SubjectKind,
    UpreportForm,
    Via,
)
from shared.kernel.workdays import Workdays

ALWAYS_NEEDED: frozenset[ClosingNeed] = frozenset({"feedback-to-members", "feedback-to-people"})
"""No county may close without telling both. 泸县: 反馈“住地政协委员、涉及群众”,
“意见采纳及办理情况”."""


class FollowUpRule(BaseModel):
    """One way of going back to look at what was done, counted from the reply.

    邻水: “回头看”“回头督”; 泸县: “民主监督、调研视察、民主评议等方式” (问效).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    kind: FollowUpKind
    after_days: int = Field(ge=1, le=365)
    led_by: Line


class EvaluationRules(BaseModel):
    """How handling is evaluated (民主测评): by whom it is asked, on which scale, what passes.

    邻水 evaluates at 民主评议 and 常委会; its scale and shares are unpublished. The scale is that
    of proposals: 满意、基本满意、不满意. It passes where at least `threshold` of the ballots cast
    name one of `satisfied`, and counts where at least `quorum` of the voters cast one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    forums: frozenset[Slug] = Field(min_length=1)
    scale: tuple[Slug, ...] = Field(min_length=2, max_length=9)
    satisfied: frozenset[Slug] = Field(min_length=1)
    voters_min: int = Field(ge=3, le=500)
    quorum: Share
    threshold: Share
    reported_to: frozenset[Slug] = Field(min_length=1)

    @model_validator(mode="after")
    def _can_go_both_ways(self) -> Self:
        if len(set(self.scale)) < len(self.scale) or not self.satisfied < set(self.scale):
            raise PydanticCustomError(
                "scale", "each choice once, and some but not all of them mean satisfied"
            )
        return self


class ReferralRules(BaseModel):
    """Whether inaction is referred to the discipline inspection, who approves it, where it goes.

    邻水: “群众委员反映强烈、当场表态办理而又不作为的,反馈纪检监察部门处理”. Off until a county
    itself switches it on.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    active: bool
    approved_by: Slug
    to: Slug


class DimensionRule(BaseModel):
    """One dimension of an assessment, and what part of the whole it is."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    dimension: Line
    weight: Share


class AssessmentRule(BaseModel):
    """What one assessor scores, of whom.

    泸县: “组织领导”“人才库建设”“平台阵地建设”“工作机制运行”“协商活动开展”“创新亮点特色” (their
    weights are unpublished). 邻水: 三张清单 任务、责任、落实, and two assessors.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    assessor: Slug
    subjects: frozenset[SubjectKind] = Field(min_length=1)
    dimensions: tuple[DimensionRule, ...] = Field(min_length=1, max_length=20)

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        names = {one.dimension for one in self.dimensions}
        if len(names) < len(self.dimensions) or sum(one.weight for one in self.dimensions) != 1:
            raise PydanticCustomError("weights", "each dimension once, and all weights make 1")
        return self


class OutcomeRules(BaseModel):
    """The ways, bodies, days and needs of one county.

    `submitted_to`, `copies_to`: 邻水 “报送了县委、县政府,并抄送县委目标绩效办”.
    `routes`: 泸县 交办 and “提请县委责成镇(街)落实”, 襄城 “批转相关部门”.
    `files_to`: 泸县 “报县政协联络委备案”. `charged_by`: whom the CPPCC may ask to charge others.
    `from_research`: whether an outcome may come from a report alone, as in 襄城: “专题协商调研14次,
    形成调研报告14篇”.
    `upreport_forms`: 泸县 “积极转化为委员提案或社情民意信息上报”.
    `cosign`: assisting units sign before a reply counts (会签). `two_keys`: it takes those whom it
    concerns to say that it is solved; a reply they dispute is handled again.
    `look_days`: how many working days there are to go and look at what a resident says is not
    solved; no county has published one.
    `registered_units_only`: items are assigned to units of the register alone; asked at the edge.
    `reply_days` and `extension_days` are working days; the extra days are those of [notify].
    `closing_needs`: 惠民 五个一 “明确1个主题、开展1次协商活动、解决1个问题、形成1个典型案例、
    媒体宣传报道1次等”; the first two hold for every outcome.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    submitted_to: frozenset[Slug] = Field(min_length=1)
    copies_to: frozenset[Slug]
    files_to: frozenset[Slug]
    charged_by: frozenset[Slug] = Field(min_length=1)
    from_research: bool
    routes: frozenset[Via] = Field(min_length=1)
    upreport_forms: frozenset[UpreportForm] = Field(min_length=1)
    reply_days: int = Field(ge=1, le=365)
    returns_max: int = Field(ge=0, le=9)
    cosign: bool
    extensions_max: int = Field(ge=0, le=5)
    extension_days: int = Field(ge=1, le=180)
    two_keys: bool
    look_days: int = Field(default=10, ge=1, le=60)
    followups: tuple[FollowUpRule, ...]
    closing_needs: frozenset[ClosingNeed]
    evaluation: EvaluationRules
    referral: ReferralRules
    assessments: tuple[AssessmentRule, ...] = Field(min_length=1)
    appeal_days: int = Field(ge=1, le=60)
    registered_units_only: bool
    extra_days_off: frozenset[date]
    extra_working_days: frozenset[date]

    @property
    def workdays(self) -> Workdays:
        """The working days of the county, the same that notify counts."""
        return Workdays(self.extra_days_off, self.extra_working_days)

    @property
    def assessors(self) -> list[str]:
        """Who assesses."""
        return [rule.assessor for rule in self.assessments]

    def assessment(self, assessor: str) -> AssessmentRule | None:
        """What an assessor scores; None for a body that is none."""
        return next((rule for rule in self.assessments if rule.assessor == assessor), None)

    @model_validator(mode="after")
    def _closes_honestly(self) -> Self:
        needed = ALWAYS_NEEDED | ({"follow-up"} if self.followups else frozenset())
        needed |= {"confirmed"} if self.two_keys else frozenset()
        if missing := needed - self.closing_needs:
            raise PydanticCustomError(
                "closing-needs",
                "closing needs {missing} as well",
                {"missing": ", ".join(sorted(missing))},
            )
        if "follow-up" in self.closing_needs and not self.followups:
            raise PydanticCustomError("followups", "nothing can close: there are no followups")
        if "confirmed" in self.closing_needs and not self.two_keys:
            raise PydanticCustomError("two-keys", "nobody can confirm without two_keys")
        if len(set(self.assessors)) < len(self.assessors):
            raise PydanticCustomError("assessors", "each assessor may be named once")
        kinds = [rule.kind for rule in self.followups]
        if len(kinds) != len(set(kinds)):
            raise PydanticCustomError("followups", "each kind of follow-up may be named once")
        return self
