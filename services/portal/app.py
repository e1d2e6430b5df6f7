"""The portal: hears everything, shows it, lets people in; it decides who enters and is erased."""

from services.portal.api import ROUTES
from services.portal.domain import DECIDERS
from services.portal.edge.serve import edge
from services.portal.policies import POLICIES
from services.portal.projections.board import BOARD
from services.portal.projections.erasures import ERASURES
from services.portal.projections.handling import HANDLING
from services.portal.projections.ledger import LEDGER
from services.portal.projections.matters import MATTERS
from services.portal.projections.members import MEMBERS
from services.portal.projections.pace import PACE
from services.portal.projections.people import PEOPLE
from services.portal.projections.plans import PLANS
from services.portal.projections.polls import POLLS
from services.portal.projections.rankings import RANKINGS
from services.portal.projections.registers import REGISTERS
from services.portal.projections.scores import SCORES
from services.portal.projections.story import STORY
from services.portal.rules import PortalRules
from shared.runtime.service import service

app = service(
    "portal",
    deciders=DECIDERS,
    rules=PortalRules,
    routes=ROUTES,
    projections=[
        STORY,
        MATTERS,
        BOARD,
        LEDGER,
        HANDLING,
        PLANS,
        MEMBERS,
        SCORES,
        RANKINGS,
        PACE,
        PEOPLE,
        ERASURES,
        POLLS,
        REGISTERS,
    ],
    policies=POLICIES,
    parts=[edge],
)
