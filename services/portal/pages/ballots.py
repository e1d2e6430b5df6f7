"""The codes on printed ballots: long, random, and easy to copy by hand from paper."""

from hashlib import sha256
from secrets import choice

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No 0, O, 1 or I: a voter reads them from a slip of paper."""

LENGTH = 20
"""Signs of a code; a hundred bits, so that nobody finds one from its digest."""

GROUP = 4


def codes(wanted: int) -> list[str]:
    """So many new codes, each another."""
    found: set[str] = set()
    while len(found) < wanted:
        found.add("".join(choice(SIGNS) for _ in range(LENGTH)))
    return list(found)


def digest(code: str) -> str:
    """What the log knows of a code."""
    return sha256(code.encode()).hexdigest()


def grouped(code: str) -> str:
    """As it is printed: 'ABCD-EFGH-…'."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def typed(text: str) -> str:
    """The code that somebody typed, whatever stands between its signs."""
    return "".join(sign for sign in text.upper() if sign in SIGNS)
