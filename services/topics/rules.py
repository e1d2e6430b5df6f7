"""What a county may choose about leads and topics: the table [topics] of its charter."""

from collections.abc import Collection
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from services.topics.words import (
    Criterion,
    HostKind,
    Issuer,
    Line,
    PartyBody,
    PlanBody,
    Quality,
    Rank,
    Reopener,
    Slug,
)
from shared.kernel.areas import Level

EXCLUSIONS = frozenset(
    {
        "secret",
        "forbidden",
        "party-personnel",
        "inside-a-party",
        "in-legal-proceedings",
        "academic",
        "for-oneself-or-kin",
        "promotion",
        "names-an-accused",
        "empty",
    }
)
"""What no county may take up, after the grounds on which proposals are not filed (不予立案):
秘密, 明令禁止, 党内人事, 党派内部, 进入诉讼、仲裁、行政程序, 学术, 为本人或亲属解决个人问题,
推介产品, 指名举报, 空泛."""


def _none_removed(exclusions: frozenset[str]) -> frozenset[str]:
    if removed := EXCLUSIONS - exclusions:
        raise PydanticCustomError(
            "may-not-remove",
            "a county may add to these, not remove {removed}",
            {"removed": sorted(removed)},
        )
    return exclusions


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class PlanRules(_Table):
    """The yearly plan: the table [topics.plan].

    惠民: "年初县委召开常委会会议专题议定《协商工作计划》,并以县委、县政府、县政协文件印发". 邻水:
    "大部分的协商议题按年初计划进行". Where the plan approves topics, one that is taken into an
    issued plan and meets the criteria needs no review of its own.
    """

    approver: PlanBody = Field(title="议定机构")
    issuers: frozenset[Issuer] = Field(title="印发机构", min_length=1)
    min_planned_share: int = Field(title="计划内议题最低占比(%)", ge=0, le=100)
    approves_topics: bool = Field(title="列入计划即为议题确定")


class ConvenorRule(_Table):
    """What the convenor of one rank must be, all of it at once.

    英山: "第一召集人为…党组织书记,第二召集人从联系社区和村的政协委员中选定". 襄城's convenor
    holds two offices: 乡镇党委专职副书记 and 委员.
    """

    rank: Rank = Field(title="召集人次序")
    needs: frozenset[Quality] = Field(title="须具备的身份", min_length=1)


class ChildQuota(_Table):
    """How many venues of another type stand below one. 英山: "每个乡镇要在1-2个村建立"."""

    type: Slug = Field(title="下级阵地类型")
    least: int = Field(title="最少", ge=0, le=99)
    most: int = Field(title="最多", ge=1, le=99)

    @model_validator(mode="after")
    def _least_to_most(self) -> Self:
        if self.least > self.most:
            raise PydanticCustomError("quota", "the least is more than the most")
        return self


def _ranks(convenors: tuple[ConvenorRule, ...]) -> tuple[ConvenorRule, ...]:
    ranks = [rule.rank for rule in convenors]
    if ranks != list(range(1, len(ranks) + 1)):
        raise PydanticCustomError("ranks", "the first convenor comes first, the second after")
    return convenors


class VenueRule(_Table):
    """One type of venue: where it may stand, whose it may be, who convenes, what is expected.

    A county may have published that it has such venues, but not who convenes there: `provisional`.
    """

    type: Slug = Field(title="阵地类型")
    levels: frozenset[Level] = Field(title="可设立的层级", min_length=1)
    hosts: frozenset[HostKind] = Field(title="可设立的单位", min_length=1)
    convenors: Annotated[tuple[ConvenorRule, ...], AfterValidator(_ranks)] = Field(
        title="召集人", min_length=1
    )
    children: ChildQuota | None = Field(default=None, title="下级阵地数量")
    activities_min: int = Field(default=0, title="年度最少活动次数", ge=0, le=99)
    provisional: bool = Field(default=False, title="省级默认,待确认")


def _hang_together(venues: tuple[VenueRule, ...]) -> tuple[VenueRule, ...]:
    types = {rule.type for rule in venues}
    if len(types) < len(venues):
        raise PydanticCustomError("venue-twice", "a type of venue is listed twice")
    below = {rule.children.type for rule in venues if rule.children}
    if strange := below - types:
        raise PydanticCustomError(
            "no-such-venue", "there is no venue {strange}", {"strange": ", ".join(sorted(strange))}
        )
    return venues


def _six_differ(standard: tuple[Line, ...]) -> tuple[Line, ...]:
    if len(set(standard)) < len(standard):
        raise PydanticCustomError("standard-twice", "the six of the standard differ")
    return standard


class TopicRules(_Table):
    """邻水: "政治性、群众性、前瞻性、民主性、可行性" are its criteria.

    A topic that comes of a lead lives under the lead's charter. All of `approved_by` decide on it,
    and of `approved_by_one_of` whichever has a report. 英山: "由召集人向县政协党组,向所在地或所在
    单位党委(党组),分别书面报告,由党委(党组)审核把关、研究确定".
    """

    criteria: frozenset[Criterion] = Field(title="选题原则", min_length=1)
    exclusions: Annotated[frozenset[Slug], AfterValidator(_none_removed)] = Field(
        title="不予受理情形"
    )
    evidence_pieces: int = Field(title="个人诉求转为群体事项所需佐证件数", ge=1)
    approved_by: frozenset[PartyBody] = Field(title="审核议题的党委(党组)", min_length=1)
    approved_by_one_of: frozenset[PartyBody] = Field(title="择一审核的党委(党组)")
    reopened_by: frozenset[Reopener] = Field(title="可重启已闭环议题的身份", min_length=1)
    plan: PlanRules = Field(title="年度协商计划")
    venues: Annotated[tuple[VenueRule, ...], AfterValidator(_hang_together)] = Field(
        title="协商阵地", min_length=1
    )
    standard: Annotated[tuple[Line, ...], AfterValidator(_six_differ)] = Field(
        title="六有标准", min_length=6, max_length=6
    )
    budget_lines: frozenset[Slug] = Field(title="经费科目", min_length=1)

    @model_validator(mode="after")
    def _a_choice_is_one(self) -> Self:
        choice = self.approved_by_one_of
        if len(choice) == 1 or choice & self.approved_by:
            raise PydanticCustomError(
                "no-choice", "to choose takes two, and none that is asked anyway"
            )
        return self

    @property
    def reviewers(self) -> frozenset[PartyBody]:
        """Every body that may be asked."""
        return self.approved_by | self.approved_by_one_of

    def lacking(self, bodies: Collection[str]) -> frozenset[PartyBody]:
        """Who is missing from these bodies; every one there is to choose from, if none was."""
        choice = self.approved_by_one_of
        none_of_them = choice if choice.isdisjoint(bodies) else frozenset[PartyBody]()
        return self.approved_by.difference(bodies) | none_of_them

    def venue(self, type_: str) -> VenueRule | None:
        """The rule of a type of venue; None where the county has none of it."""
        return next((rule for rule in self.venues if rule.type == type_), None)
