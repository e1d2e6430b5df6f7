"""What counts in areas, as columns for the questions that are asked of several at once."""

from collections.abc import Sequence
from typing import Any

from services.portal.edge.visit import Visit


def summed(visit: Visit, codes: Sequence[str]) -> dict[str, list[Any]]:
    """What adds up in each of these areas, as three columns."""
    areas = visit.site.areas
    rows = [(code, *one) for code in codes for one in areas.summed(code, visit.as_of)]
    named, patterns, signs = map(list, zip(*rows, strict=True))
    return {"areas": named, "patterns": patterns, "signs": signs}


def counted(visit: Visit, codes: Sequence[str]) -> dict[str, list[str]]:
    """Each area with each pattern of what counts in it, as two columns."""
    pairs = [(code, one) for code in codes for one in visit.site.prefixes(code, visit.as_of)]
    return {"areas": [code for code, _ in pairs], "prefixes": [one for _, one in pairs]}
