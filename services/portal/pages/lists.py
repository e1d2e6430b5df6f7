"""Every sheet there is, in the order in which boards name them."""

from services.portal.pages.sheets import Sheet
from services.portal.pages.sheets_of_handling import COMMITMENTS, FOLLOW_UPS, OVERDUE
from services.portal.pages.sheets_of_ledger import CASES, LEDGER
from services.portal.pages.sheets_of_people import DRAWS, FIELDS, MEMBERS, OBSERVERS, TALENTS
from services.portal.pages.sheets_of_plans import (
    FORM_QUOTAS,
    PLAN_ITEMS,
    SESSIONS,
    YEAR_PLANS,
    YEAR_TOPICS,
)
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
    TALENTS,
    FIELDS,
    DRAWS,
    CASES,
)


def sheets_for(level: Level, role: str) -> list[Sheet]:
    """The sheets that a role may read of an area at this level."""
    return [sheet for sheet in SHEETS if level in sheet.levels and role in sheet.may]
