"""What changed from one wording to the next, phrase by phrase."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

PHRASE = re.compile(r"[^,。;:、!?\n]*[,。;:、!?\n]|[^,。;:、!?\n]+")


@dataclass(frozen=True)
class Piece:
    """Some words that stayed, that are gone, or that are new."""

    kind: Literal["same", "gone", "new"]
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """The pieces of both wordings in order; put together without the new ones they are `before`."""
    return list(_pieces(PHRASE.findall(before), PHRASE.findall(after)))


def _pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Piece("same", "".join(old[a:b]))
            continue
        if a < b:
            yield Piece("gone", "".join(old[a:b]))
        if c < d:
            yield Piece("new", "".join(new[c:d]))
