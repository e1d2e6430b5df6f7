"""The small values the topics service is made of; their Chinese names stand in the charters."""

from datetime import date, datetime, timedelta, timezone
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

RESIDENT = "resident"
CLERK = "clerk"
CONVENOR = "convenor"
MEMBER = "member"
CPPCC = "cppcc"
PARTY = "party"
UNIT = "unit"

SCREENERS = frozenset({CLERK, CONVENOR, CPPCC})
ORGANISERS = frozenset({CONVENOR, CPPCC})

CHINA = timezone(timedelta(hours=8))


def day(at: datetime) -> date:
    """The calendar day in China."""
    return at.astimezone(CHINA).date()


Origin = Literal["resident", "member", "party", "agency", "clerk"]
"""Where a matter comes from: 群众, 委员, 党委政府点题, 界别与部门, 工作人员收集."""

PlanBody = Literal[
    "leading-group",
    "county-party-standing-committee",
    "chairpersons-meeting",
    "cppcc-party-group",
]
"""A body that may settle a yearly plan: 领导小组, 县委常委会, 主席会议, 县政协党组."""

Issuer = Literal["county-party-committee", "county-government", "county-cppcc"]
"""A body in whose name a plan is issued. 惠民: "以县委、县政府、县政协文件印发"."""

HostKind = Literal[
    "county-cppcc",
    "sector",
    "town",
    "subdistrict",
    "community",
    "village",
    "enterprise",
    "institution",
    "area-group",
    "merchants-mediation",
]
"""Whose a venue is. 英山 counts six: "乡镇、街道、社区和有条件的村、企事业单位,以及政协各界别";
then 邻水's 片区委员活动小组 and 商事调解委员会, and the county's own."""

Reopener = Literal["cppcc", "party"]
"""Who may be allowed to take up a closed matter again."""

Centre = Literal["party-service", "community-service", "civilization-practice", "mediation"]
"""With whom a venue may share its rooms. 惠民: "社区党群服务中心、新时代文明实践中心、人民调解中心
等平台与政协协商议事平台融合"; its village venues stand in 社区服务中心 as well."""

Quality = Literal[
    "party-secretary",
    "deputy-secretary",
    "party-member",
    "member",
    "linked-member",
    "liaison-head",
    "area-group",
    "town-convenor",
    "sector-convenor",
]
"""What a convenor may have to be: 该组织党组织书记, 乡镇党委专职副书记, 中共党员, 委员,
联系该阵地的委员, 镇(街)政协联络组组长, 片区委员活动小组, 乡镇政协活动召集人, 界别活动召集人."""

PartyBody = Literal[
    "leading-group",
    "cppcc-party-group",
    "county-party-committee",
    "town-party-committee",
    "unit-party-committee",
]
"""A body that may decide on topics. An actor speaks for the one its appointment names as unit."""

Criterion = Literal[
    "political",
    "group-interest",
    "foresight",
    "democratic",
    "feasible",
    "small-cut",
    "actionable",
    "effective",
    "wanted-by-party-and-government",
    "within-cppcc-reach",
    "hoped-for-by-people",
]
"""What a topic is checked for.

The first five are 邻水's principles 政治性, 群众性, 前瞻性, 民主性, 可行性; the next three 泸县's
"小切口、可操作、能见效"; the last three 英山's "党政所需、政协所能、群众所盼".
"""

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=80)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]
Year = Annotated[int, Field(ge=2000, le=2999)]
Rank = Literal[1, 2]
"""第一召集人, 第二召集人."""

Yuan = Annotated[int, Field(ge=1, le=100_000_000)]
"""An amount of money in whole yuan."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$", max_length=60)]

CharterId = Annotated[str, StringConstraints(pattern=r"^(\d{6}|default)@[1-9]\d{0,3}$")]
"""A version of the rules of a county, or of the province: '511623@2', 'default@1'."""

CharterKey = Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\.[a-z_]+){1,4}$", max_length=80)]
"""The place of a rule in a charter: 'topics.approved_by'."""

Digest = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]

Sealed = Annotated[
    str,
    StringConstraints(pattern=r"^(sealed:1:[0-9a-f-]{36}:[A-Za-z0-9_-]{38,8000}={0,2})?$"),
    Field(json_schema_extra={"sealed": True}),
]
"""A private person's words as the vault sealed them, or nothing: plain words don't fit."""

Place = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Photos = Annotated[tuple[UUID, ...], Field(max_length=9)]
"""The ids of attachments, which are kept elsewhere."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Part(_Value):
    """One matter of several that a lead speaks of."""

    title: Title = Field(title="事项名称")
    personal: bool = Field(default=False, title="个人诉求")


class SplitPart(Part):
    """The same, as the lead it became."""

    lead_id: UUID = Field(title="线索编号")
