"""Which subjects of the stream of public facts a subscription is told of."""

from collections.abc import Sequence
from uuid import UUID

from shared.runtime.areas import Areas

ENDS = (2, 4, 6, 9, 12)
"""Where the levels of a code end: province, city, county, town, village."""


def subjects(
    agency_id: UUID, within: Sequence[str], kinds: Sequence[str], areas: Areas
) -> list[str]:
    """What is said of these areas, of these kinds, and what is said to the agency alone.

    No two of them fit the same subject: the server takes no others. Areas are meant as they are
    counted today, with what went into them under other codes.
    """
    patterns = {pattern for area in within for pattern in areas.counted(area)}
    places = sorted({_tokens(one) for one in patterns if not _is_told(one, patterns)})
    told = sorted(set(kinds)) or ["*"]
    public = [f"public.{place}.{kind}" for place in places for kind in told]
    return [*public, f"agency.{agency_id}.>"]


def _is_told(pattern: str, others: set[str]) -> bool:
    """Whether another pattern fits all that this one fits."""
    code = pattern.removesuffix("%")
    return any(
        code.startswith(one.removesuffix("%"))
        for one in others
        if one.endswith("%") and one != pattern
    )


def _tokens(pattern: str) -> str:
    """'511623%' as '51.16.23.*.*'."""
    code = pattern.removesuffix("%")
    starts = (0, *ENDS[:-1])
    return ".".join(code[a:b] if b <= len(code) else "*" for a, b in zip(starts, ENDS, strict=True))
