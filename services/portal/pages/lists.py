"""Every sheet there is, in the order in which boards name them."""

from dataclasses import dataclass

from services.portal.pages.sheets import EVERY, OFFICES, Sheet
from services.portal.pages.sheets_of_handling import COMMITMENTS, FOLLOW_UPS, OVERDUE
from services.portal.pages.sheets_of_ledger import CASES, LEDGER
from services.portal.pages.sheets_of_pace import ABOVE, OF_PACE
from services.portal.pages.sheets_of_people import (
    DRAWS,
    FIELDS,
    MEMBERS,
    OBSERVERS,
    STRANGERS,
    TALENTS,
)
from services.portal.pages.sheets_of_plans import (
    FORM_QUOTAS,
    PLAN_ITEMS,
    SESSIONS,
    YEAR_PLANS,
    YEAR_TOPICS,
)
from services.portal.pages.sheets_of_scores import OF_SCORES
from services.portal.pages.sheets_of_venues import BUDGET, COVERAGE, VENUES
from shared.kernel.areas import Level

SHEETS: tuple[Sheet, ...] = (
    LEDGER,
    OVERDUE,
    FOLLOW_UPS,
    COMMITMENTS,
    YEAR_PLANS,
    PLAN_ITEMS,
    YEAR_TOPICS,
    FORM_QUOTAS,
    SESSIONS,
    VENUES,
    COVERAGE,
    BUDGET,
    MEMBERS,
    OBSERVERS,
    STRANGERS,
    TALENTS,
    FIELDS,
    DRAWS,
    CASES,
    *OF_SCORES,
    *OF_PACE,
)


@dataclass(frozen=True)
class Overview:
    """A page of an area that is more than one table; it stands among the sheets."""

    name: str
    levels: tuple[Level, ...]
    may: frozenset[str] = OFFICES


OVERVIEWS = (
    Overview("indicators", EVERY),
    Overview("ranking", EVERY),
    Overview("charter-registry", ABOVE),
)


def sheets_for(level: Level, role: str) -> list[Sheet | Overview]:
    """The sheets that a role may read of an area at this level."""
    known: tuple[Sheet | Overview, ...] = (*OVERVIEWS, *SHEETS)
    return [one for one in known if level in one.levels and role in one.may]
