"""Administrative areas as 12-digit codes, and which of them contains which.

A code is province 2 + city 2 + county 2 + town 3 + village 3 digits, padded with zeros.
Containment is a prefix after trimming whole trailing levels, never digit by digit:
a code may end in a meaningful 0.
"""

from functools import lru_cache
from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

Level = Literal["everywhere", "province", "city", "county", "town", "village"]

EVERYWHERE = "000000000000"
"""Contains every area; nothing takes place there. Where clocks, policies and operators act."""

AreaCode = Annotated[str, StringConstraints(pattern=r"^\d{12}$")]

DRILL = "990101001000"
"""A place that is nobody's, for what is only tried: no division has a code that begins with 99."""

LEVELS: tuple[tuple[Level, int], ...] = (
    ("province", 2),
    ("city", 4),
    ("county", 6),
    ("town", 9),
    ("village", 12),
)


@lru_cache(4096)
def prefix(code: str) -> str:
    """The digits that say something: '511623000000' → '511623'."""
    if code == EVERYWHERE:
        return ""
    for _, length in LEVELS:
        if code[length:].strip("0") == "":
            return code[:length]
    return code


def level(code: str) -> Level:
    """The level a code names, from its shape alone."""
    length = len(prefix(code))
    return next((name for name, end in LEVELS if end == length), "everywhere")


def contains(outer: str, inner: str) -> bool:
    """Whether `inner` lies within `outer`, or is it."""
    return inner.startswith(prefix(outer))


def lineage(code: str) -> list[str]:
    """The code itself and all above it, from the province down: at most five 12-digit codes."""
    length = len(prefix(code))
    return [code[:end].ljust(12, "0") for _, end in LEVELS if end <= length]


def county(code: str) -> str:
    """The six digits of the county a code lies in; zeros where the code is above county level."""
    return code[:6]


def tokens(code: str) -> str:
    """The code as five tokens, '51.16.23.100.013': a county is a wildcard subscription."""
    return f"{code[:2]}.{code[2:4]}.{code[4:6]}.{code[6:9]}.{code[9:12]}"


def _below_city(code: str) -> str:
    if level(code) in ("everywhere", "province", "city"):
        raise PydanticCustomError(
            "wrong-level", "a county, town or village is needed here, not {code}", {"code": code}
        )
    return code


LocalArea = Annotated[AreaCode, AfterValidator(_below_city)]
"""An area at county level or below: where consultation takes place."""
