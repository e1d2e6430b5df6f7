"""What a county may choose: its brand, its stages in its own words, and what it calls bodies."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

Canonical = Literal[
    "PLAN",
    "SOURCE",
    "SCREEN",
    "APPROVE",
    "PARTIES",
    "WORKPLAN",
    "NOTICE",
    "RESEARCH",
    "MEET",
    "RECORD",
    "ROUTE",
    "HANDLE",
    "FEEDBACK",
    "FOLLOWUP",
    "EVALUATE",
    "CASE",
    "PUBLICITY",
    "CLOSE",
]
"""The stages the engine knows. A county's stage is a label over one or more of them."""


ROAD: tuple[Canonical, ...] = (
    "SOURCE",
    "SCREEN",
    "APPROVE",
    "MEET",
    "RECORD",
    "ROUTE",
    "HANDLE",
    "FEEDBACK",
    "CLOSE",
)
"""What every matter goes through in this order: the rules of the engine leave no other."""

BEFORE_MEETING: frozenset[Canonical] = frozenset({"PARTIES", "WORKPLAN", "NOTICE", "RESEARCH"})
"""What every matter goes through as well, before it is consulted on. 英山: "不调研不协商"."""


class Stage(BaseModel):
    """One stage of the bar on a matter's page."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    label: str = Field(min_length=2, max_length=20)
    of: list[Canonical] = Field(min_length=1)
    provisional: bool = False
    """The county has not published this name; it is shown as 省级默认,待确认."""


def _contradictions(stages: list[Stage]) -> Iterator[str]:
    at: dict[Canonical, int] = {}
    for number, stage in enumerate(stages):
        at.update(dict.fromkeys(stage.of, number))
    named = Counter(one for stage in stages for one in stage.of)
    yield from (f"{one} stands in two places" for one, times in named.items() if times > 1)
    missing = [one for one in (*ROAD, *sorted(BEFORE_MEETING)) if one not in at]
    yield from (f"no stage is for {one}, which every matter goes through" for one in missing)
    if missing:
        return
    late = [one for one in sorted(BEFORE_MEETING) if at[one] > at["MEET"]]
    yield from (f"nobody reaches {one} after MEET, which waits for it" for one in late)
    turned = [(one, then) for one, then in pairwise(ROAD) if at[one] > at[then]]
    yield from (f"nobody reaches {one} after {then}, which waits for it" for one, then in turned)


def _can_be_gone_through(stages: list[Stage]) -> list[Stage]:
    if found := list(_contradictions(stages)):
        raise PydanticCustomError("stages", "{found}", {"found": "; ".join(found)})
    return stages


class Documents(BaseModel):
    """How a county's documents are headed and called. Without an issuer none has a red head."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    issuer: str = Field(default="", max_length=40)
    """The body under whose name documents go out: '中国人民政治协商会议某县委员会'."""

    names: dict[str, str] = Field(default_factory=dict)
    """What the county calls a kind of document: 'minutes' = '协商会议纪要'."""


class PortalRules(BaseModel):
    """The table [portal] of a charter."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    brand: str = Field(min_length=2, max_length=30)
    stages: Annotated[list[Stage], AfterValidator(_can_be_gone_through)] = Field(
        min_length=2, max_length=12
    )
    documents: Documents = Field(default_factory=Documents)
    words: dict[str, str] = Field(default_factory=dict)
    """What the county calls bodies, roles and modes: 'target-office' = '县委目标绩效办'; and steps,
    facts and the documents they bring about: 'PlanIssued' = '《协商工作计划》印发'."""
