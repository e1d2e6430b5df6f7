"""The small values the topics service is made of; their Chinese names stand in the charters."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

RESIDENT = "resident"
CLERK = "clerk"
CONVENOR = "convenor"
MEMBER = "member"
CPPCC = "cppcc"
PARTY = "party"
UNIT = "unit"

SCREENERS = frozenset({CLERK, CONVENOR, CPPCC})
ORGANISERS = frozenset({CONVENOR, CPPCC})

Origin = Literal["resident", "member", "party", "agency", "clerk"]
"""Where a matter comes from: 群众, 委员, 党委政府点题, 界别与部门, 工作人员收集."""

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
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$", max_length=60)]

Sealed = Annotated[
    str,
    StringConstraints(pattern=r"^(sealed:1:[0-9a-f-]{36}:[A-Za-z0-9_-]{38,8000}={0,2})?$"),
    Field(json_schema_extra={"sealed": True}),
]
"""A private person's words as the vault sealed them, or nothing: plain words don't fit."""
