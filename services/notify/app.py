"""The notify service: who has to know, and by when somebody has to answer."""

from services.notify.api import ROUTES
from services.notify.domain import DECIDERS
from services.notify.domain.deadline.commands import BreachDeadline
from services.notify.policies import POLICIES
from services.notify.projections.deadlines import DEADLINES
from services.notify.projections.inbox import INBOX
from services.notify.rules import NotifyRules
from shared.runtime.service import service
from shared.runtime.ticker import tick

app = service(
    "notify",
    deciders=DECIDERS,
    rules=NotifyRules,
    routes=ROUTES,
    projections=[INBOX, DEADLINES],
    policies=POLICIES,
    ticks=[
        tick(
            "breach_the_deadline",
            DEADLINES,
            "overdue",
            lambda due: BreachDeadline(deadline_id=due["deadline_id"], due=due["due"]),
            key="clock",
        )
    ],
)
