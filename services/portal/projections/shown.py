"""Every view of the portal."""

from services.portal.projections.board import BOARD
from services.portal.projections.commons import COMMONS
from services.portal.projections.course import COURSE
from services.portal.projections.endings import ENDINGS
from services.portal.projections.erasures import ERASURES
from services.portal.projections.files import FILES
from services.portal.projections.handling import HANDLING
from services.portal.projections.ledger import LEDGER
from services.portal.projections.matters import MATTERS
from services.portal.projections.members import MEMBERS
from services.portal.projections.operations import OPERATIONS
from services.portal.projections.pace import PACE
from services.portal.projections.people import PEOPLE
from services.portal.projections.plans import PLANS
from services.portal.projections.polls import POLLS
from services.portal.projections.rankings import RANKINGS
from services.portal.projections.registers import REGISTERS
from services.portal.projections.scores import SCORES
from services.portal.projections.sittings import SITTINGS
from services.portal.projections.story import STORY
from services.portal.projections.waiting import WAITING

SHOWN = (
    STORY,
    MATTERS,
    BOARD,
    COURSE,
    LEDGER,
    HANDLING,
    PLANS,
    MEMBERS,
    SCORES,
    RANKINGS,
    PACE,
    PEOPLE,
    ERASURES,
    ENDINGS,
    POLLS,
    REGISTERS,
    OPERATIONS,
    FILES,
    COMMONS,
    WAITING,
    SITTINGS,
)

LOGS = frozenset(source for one in SHOWN for source in one.sources)
"""The services whose facts they show."""
