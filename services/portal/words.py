"""Of which small values the portal is made: the roles a person may be appointed to."""

from typing import Final, Literal

Role = Literal[
    "resident",
    "clerk",
    "convenor",
    "member",
    "cppcc",
    "party",
    "unit",
    "leader",
    "operator",
]

IN_OFFICE: Final = frozenset(
    {"clerk", "convenor", "member", "cppcc", "party", "unit", "leader", "operator"}
)
"""Whoever acts for others, and so may have a deputy."""

RESIDENT: Final = "resident"
OPERATOR: Final = "operator"
