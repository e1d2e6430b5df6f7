"""The result of a poll against what its county asks for, in numbers that can be read aloud."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any


@dataclass(frozen=True)
class Grade:
    """The ballots for one grade; `content` grades mean satisfied."""

    choice: str
    ballots: int
    content: bool


@dataclass(frozen=True)
class Tally:
    """What was counted, and how much it takes to count and to pass. Shares are as published."""

    grades: Sequence[Grade]
    voters: int
    cast: int
    quorum: str
    threshold: str

    @property
    def quorum_needed(self) -> int:
        """So many voters have to cast a ballot."""
        return ceil(Fraction(self.quorum) * self.voters)

    @property
    def content(self) -> int:
        """Ballots that mean satisfied."""
        return sum(grade.ballots for grade in self.grades if grade.content)

    @property
    def content_needed(self) -> int:
        """So many ballots have to mean satisfied, of those cast."""
        return ceil(Fraction(self.threshold) * self.cast)

    @property
    def counts(self) -> bool:
        """Whether enough voters took part."""
        return bool(self.cast) and self.cast >= self.quorum_needed

    @property
    def passes(self) -> bool:
        """Whether it counts, and enough are satisfied."""
        return self.counts and self.content >= self.content_needed


def tally_of(poll: Mapping[str, Any], rules: Mapping[str, Any]) -> Tally:
    """The tally of a poll that may not have been counted yet; `rules` are [outcomes.evaluation]."""
    counts = json.loads(poll["counts"] or "[]")
    return Tally(
        grades=[
            Grade(one["choice"], one["ballots"], one["choice"] in rules["satisfied"])
            for one in counts
        ],
        voters=len(poll["voters"]),
        cast=poll["polled"] or 0,
        quorum=rules["quorum"],
        threshold=rules["threshold"],
    )
