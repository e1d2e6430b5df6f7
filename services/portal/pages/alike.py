"""How much two titles are alike: by the pairs of signs they share, which anybody can count."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID

STOCK = ("关于", "的问题", "问题", "建议", "请求", "希望", "进一步", "解决", "反映")
"""What titles say whatever they are about."""

LEAST = 0.25
"""Two titles of which a quarter of the pairs are the same are worth a look."""


@dataclass(frozen=True)
class Alike:
    """A matter whose title is like another. `shared` of `pairs`, counted in both titles."""

    matter_id: UUID
    kind: str
    title: str
    area: str
    state: str
    since: datetime
    words: tuple[str, ...]
    shared: int
    pairs: int

    @property
    def score(self) -> float:
        """0: nothing in common, 1: the same (Dice)."""
        return 2 * self.shared / self.pairs

    @property
    def to(self) -> str:
        """Where it is read: public matters by everybody, leads by those in office."""
        return f"/topics/{self.matter_id}" if self.kind == "topic" else f"/matters/{self.matter_id}"


def folded(text: str) -> str:
    """A text as it is compared: one width, small letters."""
    return unicodedata.normalize("NFKC", text).lower()


def pairs_of(title: str) -> list[str]:
    """The pairs of signs that stand side by side in a title, without stock phrases; each once."""
    plain = folded(title)
    for phrase in STOCK:
        plain = plain.replace(phrase, " ")
    runs = "".join(sign if sign.isalnum() else " " for sign in plain).split()
    return list(dict.fromkeys(a + b for run in runs for a, b in pairwise(run)))


def common(title: str, pairs: Sequence[str]) -> tuple[str, ...]:
    """The longest stretches of a title that are made of these pairs."""
    known, stretches, run = set(pairs), [], ""
    for a, b in pairwise(f"{folded(title)} "):
        if a + b in known:
            run = run + b if run else a + b
            continue
        stretches.append(run)
        run = ""
    told = dict.fromkeys(one for one in stretches if one)
    return tuple(one for one in told if not any(one in other for other in told if other != one))
