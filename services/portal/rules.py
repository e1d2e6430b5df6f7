"""What a county may choose: its brand, its stages in its own words, and what it calls bodies."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

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


class Stage(BaseModel):
    """One stage of the bar on a matter's page."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    label: str = Field(min_length=2, max_length=20)
    of: list[Canonical] = Field(min_length=1)
    provisional: bool = False
    """The county has not published this name; it is shown as 省级默认,待确认."""


class PortalRules(BaseModel):
    """The table [portal] of a charter."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    brand: str = Field(min_length=2, max_length=30)
    stages: list[Stage] = Field(min_length=2, max_length=12)
    words: dict[str, str] = Field(default_factory=dict)
    """What the county calls bodies, roles and modes: 'target-office' = '县委目标绩效办'."""
