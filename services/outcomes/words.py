"""The small values outcomes are made of. The title of each is its Chinese label."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from shared.kernel.areas import LocalArea
from shared.kernel.message import Message

CLERK, CONVENOR, MEMBER, CPPCC = "clerk", "convenor", "member", "cppcc"
PARTY, LEADER, UNIT_OFFICE = "party", "leader", "unit"
RESIDENT = "resident"

BALLOT = "ballot"
"""Who casts a ballot: nobody in particular. The edge makes up an id for each one."""

CHINA = timezone(timedelta(hours=8))


def day(at: datetime) -> date:
    """The calendar day in China; deadlines are counted in calendar days."""
    return at.astimezone(CHINA).date()


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
Sealed = Annotated[
    str,
    StringConstraints(pattern=r"^(sealed:1:[0-9a-f-]{36}:[A-Za-z0-9_-]{38,8000}={0,2})?$"),
    Field(default="", title="原话", json_schema_extra={"sealed": True}),
]
"""A private person's words as the vault sealed them, or nothing: plain words don't fit."""

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]

Area = Annotated[LocalArea, Field(title="行政区划")]
OutcomeId = Annotated[UUID, Field(title="协商成果")]
TopicId = Annotated[UUID, Field(title="议题")]
ConsultationId = Annotated[UUID, Field(title="协商活动")]
AssignmentId = Annotated[UUID, Field(title="交办事项")]
FollowupId = Annotated[UUID, Field(title="跟踪问效")]
Body = Annotated[Slug, Field(title="机关")]
Bodies = Annotated[tuple[Slug, ...], Field(title="报送对象", min_length=1)]
Number = Annotated[Line, Field(title="文号")]
ItemNo = Annotated[int, Field(title="条目序号", ge=1)]
ItemText = Annotated[Prose, Field(title="协商意见")]
Unit = Annotated[Line, Field(title="承办单位")]
Units = Annotated[tuple[Line, ...], Field(title="协办单位")]
Due = Annotated[date, Field(title="办理期限")]
Round = Annotated[int, Field(title="办理轮次", ge=1)]
Reason = Annotated[Prose, Field(title="理由")]
Content = Annotated[Prose, Field(title="内容")]

Via = Annotated[Literal["assign", "forward", "charge"], Field(title="转化途径")]
"""How an agreed item reaches a unit: 交办, 批转, 责成."""

UpreportForm = Annotated[Literal["proposal", "public-opinion"], Field(title="转报形式")]
"""委员提案 or 社情民意信息."""

ResultClass = Annotated[Literal["A", "B", "C", "D"], Field(title="办理结果")]
"""A solved, B begun, C planned, D kept for reference (留作参考)."""

FeedbackTo = Annotated[Literal["members", "people"], Field(title="反馈对象")]
FollowUpKind = Annotated[
    Literal["look-back", "press-back", "effect-check"], Field(title="跟踪方式")
]
"""回头看, 回头督, 问效."""

ClosingNeed = Literal[
    "record", "adoption", "reply", "follow-up", "feedback-to-members", "feedback-to-people",
    "solved", "confirmed", "case", "media",
]  # fmt: skip

EvaluationId = Annotated[UUID, Field(title="民主测评")]
ResearchId = Annotated[UUID, Field(title="调研")]
EndorsedTo = Annotated[tuple[Line, ...], Field(title="批转单位", min_length=1, max_length=50)]
AdoptedBy = Annotated[Literal["county", "city", "province", "national"], Field(title="采用层级")]
Evidence = Annotated[tuple[UUID, ...], Field(title="佐证材料", max_length=50)]
CaseId = Annotated[UUID, Field(title="典型案例")]
Section = Annotated[str, StringConstraints(strip_whitespace=True, max_length=8000)]
MinutesSection = Annotated[
    Literal[
        "minutes-heading", "minutes-opening", "minutes-attendance", "minutes-statements",
        "minutes-consensus", "minutes-dissent", "minutes-commitments",
    ],
    Field(title="纪要部分"),
]  # fmt: skip
"""Of which parts minutes are made: 标题, 时间地点, 参加人员, 发言, 共识, 分歧, 当场表态."""
Wording = Annotated[int, Field(title="第几稿", ge=1)]
ReferralId = Annotated[UUID, Field(title="纪检反馈")]
Evaluated = Annotated[Literal["assignment", "outcome", "topic"], Field(title="测评对象")]
SubjectId = Annotated[UUID, Field(title="测评对象编号")]
Voter = Annotated[str, Field(title="测评人", min_length=1, max_length=64)]
Voters = Annotated[tuple[Voter, ...], Field(title="测评人", min_length=1, max_length=500)]
Handlers = Annotated[tuple[Voter, ...], Field(title="办理人员", max_length=100)]
HandlingUnits = Annotated[tuple[Line, ...], Field(title="办理单位", max_length=20)]
Ballot = Annotated[str, Field(title="测评票", pattern="^[0-9a-f]{64}$")]
Ballots = Annotated[tuple[Ballot, ...], Field(title="测评票", min_length=1, max_length=500)]
Choice = Annotated[Slug, Field(title="评价")]
Satisfaction = Annotated[
    Literal["satisfied", "basically-satisfied", "dissatisfied"], Field(title="满意程度")
]

Verdict = Annotated[Literal["passed", "failed", "no-quorum"], Field(title="测评结论")]

SheetId = Annotated[UUID, Field(title="考核表")]
Period = Annotated[str, Field(title="考核周期", pattern=r"^\d{4}(-(H[12]|Q[1-4]))?$")]
Assessor = Annotated[Slug, Field(title="考核主体")]
SubjectName = Annotated[Line, Field(title="考核对象")]
SubjectKind = Annotated[
    Literal["town", "department", "committee", "area-group"], Field(title="对象类别")
]
"""镇街、部门、委室、片区小组: offices, never persons."""
Dimension = Annotated[Line, Field(title="考核维度")]
Score = Annotated[Decimal, Field(title="得分", ge=0, le=100, decimal_places=2)]
Share = Annotated[Fraction, Field(title="权重", gt=0, le=1)]
Proof = Annotated[tuple[UUID, ...], Field(title="佐证事实", min_length=1, max_length=50)]

UnitId = Annotated[UUID, Field(title="承办单位编号")]
UnitName = Annotated[Line, Field(title="单位名称")]
UnitKind = Annotated[
    Literal["department", "town", "committee", "enterprise", "other"], Field(title="单位类别")
]
"""部门、镇街、委室、企业, or something else that items are assigned to."""
ShortNames = Annotated[tuple[Line, ...], Field(title="简称", max_length=9)]
County = Annotated[str, Field(title="县(市、区)", pattern=r"^\d{6}$")]

LedgerId = Annotated[UUID, Field(title="台账")]
LedgerPeriod = Annotated[
    str, Field(title="台账周期", pattern=r"^2\d{3}(-(Q[1-4]|0[1-9]|1[0-2]))?$")
]
"""A year, a quarter or a month: '2026', '2026-Q2', '2026-06'."""
RowCount = Annotated[int, Field(title="行数", ge=0)]
Digest = Annotated[str, Field(title="摘要(SHA-256)", pattern="^[0-9a-f]{64}$")]


class Subject(Message):
    """An office that is assessed."""

    kind: SubjectKind
    name: SubjectName


class Item(Message):
    """One point of the record of a meeting: agreed or not, general or not, and for whom.

    An agreed item without a unit is an understanding reached (宣传, 释疑): nobody has to act.
    """

    no: ItemNo
    text: ItemText
    agreed: bool = Field(title="达成一致")
    general: bool = Field(title="普遍性问题")
    unit: str = Field(title="建议承办单位", default="", max_length=200)


class LedgerEntry(Message):
    """One row of a ledger: the consultation, or the outcome of research alone; what it says."""

    entry: UUID = Field(title="台账条目")
    digest: Digest


LedgerEntries = Annotated[tuple[LedgerEntry, ...], Field(title="台账条目", max_length=5000)]


class Sections(Message):
    """The five dimensions of a case (惠民)."""

    background: Section = Field(title="协商背景")
    participants: Section = Field(title="协商主体")
    process: Section = Field(title="协商过程")
    opinions: Section = Field(title="协商意见")
    effect: Section = Field(title="协商效果")
