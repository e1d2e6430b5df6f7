"""Words that are looked for in a text: what was asked, where it stands, and what is around it."""

from collections.abc import Iterable, Sequence

from services.portal.pages.alike import folded

WORDS_MAX = 4
WORD_MAX = 20
AROUND = 24
"""How many signs an excerpt shows before and after what was found."""

Piece = tuple[str, bool]
"""A stretch of text, and whether it is what was looked for."""


def words_of(asked: str) -> list[str]:
    """What is looked for, word by word; each of them has to be there."""
    return list(dict.fromkeys(word[:WORD_MAX] for word in asked.split()))[:WORDS_MAX]


def pieces(text: str, words: Iterable[str]) -> list[Piece]:
    """The text in stretches that are a hit or are not, in whatever width it was typed."""
    hit = [False] * len(text)
    plain, at = _plain(text)
    for word in map(folded, words):
        start = plain.find(word) if word else -1
        while start >= 0:
            for sign in at[start : start + len(word)]:
                hit[sign] = True
            start = plain.find(word, start + 1)
    return _joined(text, hit)


def excerpt(text: str, words: Sequence[str]) -> list[Piece]:
    """What stands around the first word that is found; nothing where none is."""
    plain, at = _plain(text)
    found = [place for word in words if (place := plain.find(folded(word))) >= 0]
    if not found:
        return []
    middle = at[min(found)]
    start, end = max(0, middle - AROUND), min(len(text), middle + 2 * AROUND)
    cut = text[start:end].replace("\n", " ")
    shown = ("…" if start else "") + cut + ("…" if end < len(text) else "")
    return pieces(shown, words)


def _plain(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and for each of its signs where that stood."""
    signs, at = [], []
    for place, sign in enumerate(text):
        for one in folded(sign):
            signs.append(one)
            at.append(place)
    return "".join(signs), at


def _joined(text: str, hit: Sequence[bool]) -> list[Piece]:
    told: list[Piece] = []
    for sign, is_hit in zip(text, hit, strict=True):
        if told and told[-1][1] == is_hit:
            told[-1] = (told[-1][0] + sign, is_hit)
        else:
            told.append((sign, is_hit))
    return told
