"""Which codes count in an area, once some have been given up and count elsewhere: as patterns.

`homes` says where each code that was given up counts, in order of code; `below` which codes there
are or were right below each.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from shared.kernel.areas import EVERYWHERE, Level, contains, level, lineage, prefix

Homes = Mapping[str, str]
Below = Mapping[str, Sequence[str]]


def pattern(code: str) -> str:
    """The LIKE pattern of an area and all within it: '511623%', and of a village its code."""
    digits = prefix(code)
    return digits if len(digits) == len(code) else f"{digits}%"


def fitting(code: str, homes: Homes, below: Below) -> list[str]:
    """The patterns of all that counts in an area; no two of them fit the same code."""
    left = any(contains(code, one) and not contains(code, home) for one, home in homes.items())
    found = _cover(code, code, homes, below) if left else [pattern(code)]
    node = code
    for one, home in homes.items():
        # In order of code an area stands before all that lies in it, which comes with it.
        if contains(code, home) and not contains(code, one) and not contains(node, one):
            node = one
            found += _cover(one, code, homes, below)
    return sorted(found)


def adding(code: str, homes: Homes) -> list[tuple[str, int]]:
    """The area with all within it, without what was moved elsewhere, and with what went into it."""
    signs = [(one, contains(code, home) - contains(code, one)) for one, home in homes.items()]
    return [(pattern(code), 1), *((one, sign) for one, sign in signs if sign)]


def sizes(codes: Iterable[str]) -> Mapping[tuple[str, Level], int]:
    """How many of these areas lie in each area above them, by their level."""
    return Counter(
        (above, level(one)) for one in codes for above in (EVERYWHERE, *lineage(one)[:-1])
    )


def _cover(node: str, code: str, homes: Homes, below: Below) -> list[str]:
    """What of a node counts in an area; the one pattern of the node where all of it does."""
    own = [node] if contains(code, homes.get(node, node)) else []
    parts = [_cover(one, code, homes, below) for one in below.get(node, ())]
    whole = [[pattern(one)] for one in below.get(node, ())]
    return [pattern(node)] if own and parts == whole else [*own, *chain(*parts)]
