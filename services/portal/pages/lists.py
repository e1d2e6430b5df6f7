"""Every page about an area, grouped as people look for them."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.portal.pages.sheets import EVERY, LOCAL, OFFICES, Sheet
from services.portal.pages.sheets_of_handling import COMMITMENTS, FOLLOW_UPS, OVERDUE
from services.portal.pages.sheets_of_ledger import CASES, LEDGER
from services.portal.pages.sheets_of_pace import (
    ABOVE,
    EXEMPLARS,
    SAMPLE,
    TIME_IN_STAGE,
    UPREPORTS,
)
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
from services.portal.pages.sheets_of_registers import DEVIATIONS, UNIT_REGISTER
from services.portal.pages.sheets_of_scores import (
    DEED_LIST,
    DUTY_LIST,
    EVALUATIONS,
    TASK_LIST,
    UNITS,
)
from services.portal.pages.sheets_of_venues import BUDGET, COVERAGE, VENUES
from shared.kernel.areas import Level, level


@dataclass(frozen=True)
class Overview:
    """A page that is more than one table. It is of an area, or `to` is the one for the own area."""

    name: str
    levels: tuple[Level, ...] = EVERY
    may: frozenset[str] = OFFICES
    to: str = ""


@dataclass(frozen=True)
class Group:
    """Pages that stand together; the heading and titles are told in texts, [groups] and sheets."""

    name: str
    pages: tuple[Sheet | Overview, ...]


LEADING = Overview("leading")
INDICATORS = Overview("indicators")
RANKING = Overview("ranking")
ASSESSMENTS = Overview("assessments", ("county",))
CHARTER = Overview("charter", ("county",))
CHARTERS = Overview("charter-registry", ABOVE)
ROOM = Overview("room", ("town", "village"))
LOOP = Overview("closed-loop", may=frozenset({"cppcc", "leader", "party", "operator"}))
NOTICES = Overview(
    "notices-told", may=frozenset({"clerk", "cppcc", "operator"}), to="/notices-told"
)
SETTINGS = Overview("notice-settings", to="/notice-settings")
CERTIFICATION = Overview("certification", LOCAL)
OVERVIEWS = (LEADING, INDICATORS, RANKING, CHARTERS)

GROUPS = (
    Group("plans", (
        LEDGER, CERTIFICATION, YEAR_PLANS, PLAN_ITEMS, YEAR_TOPICS, FORM_QUOTAS, SESSIONS,
    )),
    Group(
        "handling",
        (
            OVERDUE, TASK_LIST, DUTY_LIST, DEED_LIST, FOLLOW_UPS, COMMITMENTS, UPREPORTS,
            TIME_IN_STAGE, UNIT_REGISTER,
        ),
    ),
    Group(
        "venues",
        (ROOM, VENUES, COVERAGE, BUDGET, MEMBERS, OBSERVERS, STRANGERS, TALENTS, FIELDS, DRAWS),
    ),
    Group(
        "scores",
        (LEADING, INDICATORS, RANKING, ASSESSMENTS, UNITS, EVALUATIONS, CASES, EXEMPLARS),
    ),
    Group("rules", (CHARTER, CHARTERS, DEVIATIONS, LOOP, SAMPLE, NOTICES, SETTINGS)),
)  # fmt: skip
"""Where everything about an area is found, in the order in which boards name it."""

SHEETS = tuple(one for group in GROUPS for one in group.pages if isinstance(one, Sheet))


@dataclass(frozen=True)
class Shelf:
    """What of a group somebody may read of an area: addresses by name."""

    name: str
    links: Mapping[str, str]


def shelves(code: str, role: str, *, own: bool) -> list[Shelf]:
    """What a role may read of an area, group by group; `own`: it is the reader's own area."""
    here = level(code)
    found = [
        Shelf(
            group.name,
            {
                one.name: _fixed(one) or f"/areas/{code}/{one.name}"
                for one in group.pages
                if here in one.levels and role in one.may and (own or not _fixed(one))
            },
        )
        for group in GROUPS
    ]
    return [shelf for shelf in found if shelf.links]


def _fixed(page: Sheet | Overview) -> str:
    """The address of a page that there is of the own area only; else empty."""
    return page.to if isinstance(page, Overview) else ""
