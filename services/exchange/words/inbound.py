"""The small values of what agencies hand over and are handed. Each title is its Chinese label."""

from typing import Annotated, Final, Literal
from uuid import UUID, uuid5

from pydantic import AwareDatetime, Field, StringConstraints

from shared.kernel.areas import LocalArea

AGENCY: Final = "agency"
"""The role of an agency, and of its people."""

Area = Annotated[LocalArea, Field(title="所在区划")]
AgencyId = Annotated[UUID, Field(title="机构编号")]
AgencyName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=2, max_length=60),
    Field(title="机构名称"),
]  # fmt: skip
HandoverId = Annotated[UUID, Field(title="转来事项编号")]
LeadId = Annotated[UUID, Field(title="线索编号")]
DispatchId = Annotated[UUID, Field(title="转出事项编号")]
Number = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80),
    Field(title="机构自编号", description="贵单位的编号,一件一号"),
]  # fmt: skip
Title = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=2, max_length=80),
    Field(title="事项名称", description="不写个人姓名、电话"),
]  # fmt: skip
Place = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=200),
    Field(title="具体地点", description="不写门牌号和个人姓名"),
]  # fmt: skip
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Sealed = Annotated[
    str,
    StringConstraints(pattern=r"^(sealed:1:[0-9a-f-]{36}:[A-Za-z0-9_-]{38,8000}={0,2})?$"),
    Field(json_schema_extra={"sealed": True}),
]
"""A private person's words as the vault sealed them, or nothing: plain words don't fit."""

Mark = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{24}$"), Field(title="内容标记")
]  # fmt: skip
"""Always the same for the same words, and made with a key: it tells nothing to who has it not."""

Receipt = Annotated[str, StringConstraints(pattern=r"^\d{12}$"), Field(title="回执号")]
Cause = Annotated[
    str, StringConstraints(pattern=r"^[a-z]+:\d{1,18}$"), Field(title="依据")
]  # fmt: skip
"""A fact by its service and its position there: 'topics:12'."""


def dispatch_of(lead_id: UUID) -> UUID:
    """What is handed on of a lead; one that was itself handed over has a stream of its own."""
    return uuid5(lead_id, "dispatch")


HappenedAt = Annotated[AwareDatetime, Field(title="发生时间")]

Step = Annotated[
    Literal[
        "accepted",
        "returned",
        "completed",
        "merged",
        "unmerged",
        "split",
        "screened-out",
        "transferred",
        "acknowledged",
        "adopted",
        "published",
        "closed",
        "ended",
    ],
    Field(title="进展"),
]
"""What becomes of a matter, in the words of whoever brought it: 立为线索, 退回补正 …; `published`
stands for every public step of the topic it became, which `told` names."""

Told = Annotated[
    dict[str, Annotated[str, StringConstraints(max_length=400)]],
    Field(title="告知内容", max_length=8),
]

LastStep = Annotated[
    str, StringConstraints(pattern=r"^[a-z-]{0,20}$"), Field(title="最近进展")
]  # fmt: skip
"""A step that lists are filtered by: `received` before the first one, empty for all."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40), Field(title="包含")]
"""What a title, a number or a name is to contain, however it is written."""

Standing = Annotated[Literal["", "waiting", "late", "acknowledged"], Field(title="签收情况")]
"""Whether an agency confirmed that it has something: late once it was reminded."""
