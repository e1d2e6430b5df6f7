"""Figures that are so many of so many; where there is nothing to count, there is no figure."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["rate", "mean", "count"]


@dataclass(frozen=True)
class Rate:
    """`n` of `d`, which is not 0."""

    n: Decimal | int
    d: int

    @property
    def share(self) -> float:
        """As a part of 1."""
        return float(self.n) / self.d

    def __lt__(self, other: "Rate") -> bool:
        return self.n * other.d < other.n * self.d


def rate(n: Decimal | int | None, d: int | None) -> Rate | None:
    """So many of so many; None of nothing."""
    return Rate(n or 0, d) if d else None


@dataclass(frozen=True)
class Indicator:
    """One measure that is taken of every area; its sentence stands in the texts.

    `view` counts it: n of d. A rate is n/d as percent, a mean n/d as it is, a count n alone.
    """

    name: str
    view: str
    kind: Kind = "rate"


INDICATORS = (
    Indicator("researched", "pace"),
    Indicator("led", "pace"),
    Indicator("masses", "pace"),
    Indicator("converted", "pace"),
    Indicator("five-ones", "pace"),
    Indicator("standard", "pace"),
    Indicator("per-room", "pace", "mean"),
    Indicator("answered", "scores"),
    Indicator("on-time", "scores"),
    Indicator("days", "scores", "mean"),
    Indicator("overdue", "scores", "count"),
    Indicator("solved", "scores"),
    Indicator("satisfied", "scores"),
    Indicator("kept", "scores"),
)
"""In the order in which a matter goes: first how it is consulted on, then how it is handled."""


@dataclass(frozen=True)
class Figure:
    """What an indicator comes to in one area."""

    of: Indicator
    n: Decimal
    d: int

    @property
    def value(self) -> str | None:
        """As it is read; None where there was nothing to count."""
        if self.of.kind == "count":
            return f"{self.n:.0f}"
        if not self.d:
            return None
        part = self.n / self.d
        return f"{part:.0%}" if self.of.kind == "rate" else f"{part:.1f}"

    @property
    def counted(self) -> str:
        """What it was counted from: '947/1108'; nothing where the value says it all."""
        if self.of.kind == "count" or not self.d:
            return ""
        return f"{self.n:.0f}/{self.d}" if self.of.name != "days" else f"n={self.d}"
