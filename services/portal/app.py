"""The portal: hears everything, shows it, lets people in; it decides who enters and is erased."""

from services.portal.api import ROUTES
from services.portal.domain import DECIDERS
from services.portal.edge.operate.synthetic import keep_a_matter_going
from services.portal.edge.serve import edge
from services.portal.policies import POLICIES
from services.portal.projections.shown import SHOWN
from services.portal.rules import PortalRules
from shared.runtime.service import service

app = service(
    "portal",
    deciders=DECIDERS,
    rules=PortalRules,
    routes=ROUTES,
    projections=SHOWN,
    policies=POLICIES,
    parts=[edge, keep_a_matter_going],
)
