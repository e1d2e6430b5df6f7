"""Of which small values the portal is made: roles of persons, and grounds of erasures."""

from datetime import date, datetime, timedelta, timezone
from typing import Final, Literal

CHINA = timezone(timedelta(hours=8))


def day(at: datetime) -> date:
    """The calendar day in China."""
    return at.astimezone(CHINA).date()


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
    "agency",
]

IN_OFFICE: Final = frozenset(
    {"clerk", "convenor", "member", "cppcc", "party", "unit", "leader", "operator"}
)
"""Whoever acts for others, and so may have a deputy."""

RESIDENT: Final = "resident"
OPERATOR: Final = "operator"
AGENCY: Final = "agency"
"""People of another agency, by whose name their unit is called."""

CPPCC: Final = "cppcc"
BALLOT: Final = "ballot"
"""Who casts a ballot: nobody in particular."""

DOOR: Final = "door"
"""Who checks somebody in by the code on the wall: this portal, for an account."""

Scope = Literal["read", "ask"]
"""What a token is good for: to read what its holder may read, or to ask commands as well."""

Subject = Literal["account", "lead", "member", "talent"]
"""Whose private words are meant: by the account, the matter or the record they were sealed for."""

Applicant = Literal["data-subject", "guardian", "next-of-kin", "ex-officio"]
"""Who asks. `ex-officio`: nobody did, and the law has it deleted without being asked."""

Ground = Literal[
    "purpose-fulfilled", "storage-over", "consent-withdrawn", "unlawful", "otherwise-by-law"
]
"""个人信息保护法 art. 47, one to five."""

Received = Literal["over-the-counter", "by-letter", "by-telephone", "by-internet"]

RefusedBecause = Literal["kept-by-law", "technically-hard", "no-ground"]
KEPT: Final = frozenset({"kept-by-law", "technically-hard"})
"""Where what is not deleted is to be locked."""

Media = Literal[
    "image/jpeg",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
]
"""What a kept file is; pictures of every kind are kept as JPEG."""

FilePurpose = Literal["photo", "material", "evidence", "minutes"]
"""`photo`: from somebody who brought a matter, for those who handle it; others: for its readers."""

FILE_BYTES_MAX: Final = 10 * 1024 * 1024

KEEPERS: Final = frozenset({"clerk", "convenor", "cppcc", "operator"})
"""Who may take a file away."""

CONFIDANTS: Final = frozenset({"clerk", "convenor", "cppcc"})
"""Roles that may read what residents wrote in private, and see what they photographed."""

OperationKind = Literal["retry", "rebuild", "verify"]
"""Dead letters taken up again, a view filled anew, the proof of a log computed again."""

OperationOutcome = Literal["done", "failed", "lost"]
"""`lost`: who did it is gone, and nobody knows how far it came."""

ServiceName = Literal["topics", "meetings", "outcomes", "notify", "exchange", "portal"]
