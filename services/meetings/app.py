"""The meetings service: a topic is researched, and then consulted on; and by whom."""

from services.meetings.api import ROUTES
from services.meetings.domain import DECIDERS
from services.meetings.policies import POLICIES
from services.meetings.projections.calendar import CALENDAR
from services.meetings.projections.members import MEMBERS
from services.meetings.projections.talents import TALENTS
from services.meetings.rules import MeetingRules
from shared.runtime.service import service

app = service(
    "meetings",
    deciders=DECIDERS,
    rules=MeetingRules,
    routes=ROUTES,
    projections=[CALENDAR, MEMBERS, TALENTS],
    policies=POLICIES,
)
