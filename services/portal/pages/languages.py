"""In which language a program is answered: the one it prefers, as far as we have it."""

from services.portal.pages.texts import CHINESE

ENGLISH = "en"
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


def _quality(text: str) -> float:
    try:
        return float(text.strip().removeprefix("q=") or 1)
    except ValueError:
        return 0
