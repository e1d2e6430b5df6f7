"""In which language somebody is answered: the one that is preferred, as far as we have it."""

from functools import cache
from typing import Any

from services.portal.pages.render import Pages
from services.portal.pages.texts import Texts, read

CHINESE, ENGLISH = "zh-CN", "en"
ASKED_MAX = 8
"""How many languages of a header are looked at."""


def language_of(header: str) -> str:
    """The first of ours in the order in which 'Accept-Language' prefers them; else Chinese."""
    asked = [one.strip().partition(";") for one in header.lower().split(",")[:ASKED_MAX]]
    wanted = [(_quality(quality), tag) for tag, _, quality in asked]
    for quality, tag in sorted(wanted, key=lambda one: -one[0]):
        if quality > 0 and tag.startswith("zh"):
            return CHINESE
        if quality > 0 and tag.startswith("en"):
            return ENGLISH
    return CHINESE


@cache
def pages_in(language: str) -> Pages:
    """The pages in a language; what it lacks is told in Chinese."""
    return Pages(_over(read(), read(language)))


def _over(ours: Texts, theirs: Texts) -> Texts:
    """Two branches as one; where both have a text, theirs is meant."""
    return Texts({one: _either(ours[one], theirs, one) for one in ours.names()})


def _either(text: Any, theirs: Texts, name: str) -> Any:
    if name not in theirs:
        return text
    return _over(text, theirs[name]) if isinstance(text, Texts) else theirs[name]


def _quality(text: str) -> float:
    try:
        return float(text.strip().removeprefix("q=") or 1)
    except ValueError:
        return 0
