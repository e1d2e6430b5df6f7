"""The notify service: who has to know, and by when somebody has to answer."""

from services.notify.api import ROUTES
from services.notify.domain import DECIDERS
from services.notify.domain.deadline.commands import BreachDeadline, EscalateDeadline, PassMark
from services.notify.effects import carry_out
from services.notify.effects.measures import measure
from services.notify.policies import POLICIES
from services.notify.projections.addressees import ADDRESSEES
from services.notify.projections.deadlines import DEADLINES
from services.notify.projections.deliveries import DELIVERIES
from services.notify.projections.inbox import INBOX
from services.notify.rules import NotifyRules
from services.notify.words import Mark, Rung
from shared.runtime.service import service
from shared.runtime.ticker import tick

LOOK_S = 20.0
"""A mark is said within a minute, even where two share their moment and one waits for the next."""

app = service(
    "notify",
    deciders=DECIDERS,
    rules=NotifyRules,
    routes=ROUTES,
    projections=[INBOX, DEADLINES, ADDRESSEES, DELIVERIES],
    policies=POLICIES,
    ticks=[
        tick(
            "breach_the_deadline",
            DEADLINES,
            "overdue",
            lambda due: BreachDeadline(deadline_id=due["deadline_id"], due=due["due"]),
            key="clock",
            every_s=LOOK_S,
        ),
        tick(
            "pass_the_mark",
            DEADLINES,
            "marks reached",
            lambda due: PassMark(
                deadline_id=due["deadline_id"], mark=Mark(what=due["mark"], at=due["mark_at"])
            ),
            key="clock",
            every_s=LOOK_S,
        ),
        tick(
            "escalate_the_deadline",
            DEADLINES,
            "rungs reached",
            lambda due: EscalateDeadline(
                deadline_id=due["deadline_id"], rung=Rung.model_validate_json(due["rung"])
            ),
            key="clock",
            every_s=LOOK_S,
        ),
    ],
    parts=[carry_out, measure],
)
