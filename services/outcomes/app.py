"""The outcomes service: what was agreed is written down, assigned, answered and closed."""

from services.outcomes.api import ROUTES
from services.outcomes.domain import DECIDERS
from services.outcomes.policies import POLICIES
from services.outcomes.projections.promises import PROMISES
from services.outcomes.projections.referrals import REFERRALS
from services.outcomes.projections.units import UNITS
from services.outcomes.rules import OutcomeRules
from shared.runtime.service import service

app = service(
    "outcomes",
    deciders=DECIDERS,
    rules=OutcomeRules,
    routes=ROUTES,
    projections=[PROMISES, REFERRALS, UNITS],
    policies=POLICIES,
)
