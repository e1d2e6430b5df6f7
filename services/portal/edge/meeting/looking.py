"""Finds a meeting: its row in the calendar, and all that its own stream has said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.portal.edge.visit import Visit
from services.portal.pages.facts import Story, Thread
from services.portal.pages.sheets import OFFICES
from services.portal.pages.sitting import Sitting
from services.portal.projections.sittings import SITTINGS
from shared.kernel.errors import Forbidden, Missing
from shared.runtime.charter import Charter

RECORDERS = frozenset({"clerk", "convenor", "cppcc"})
"""Roles that keep the record of a meeting; each step asks its own service again."""

KINDS = ("research", "consultation", "outcome")
FACTS_MAX = 2000


@dataclass(frozen=True)
class Meeting:
    """A meeting with what was found out before it and what came of it."""

    row: Mapping[str, Any]
    sitting: Sitting
    story: Story
    charter: Charter

    @property
    def at(self) -> str:
        """Where it is prepared."""
        return f"/meetings/{self.sitting.id}"

    @property
    def rules(self) -> Mapping[str, Any]:
        """What its county asks of meetings."""
        return self.charter.table("meetings")

    @property
    def outcome(self) -> Thread | None:
        """What came of it, as soon as it is there."""
        found = (one for one in self.story.of_kind("outcome") if one.stream == self.outcome_id)
        return next(found, None)

    @property
    def outcome_id(self) -> UUID:
        """The outcome that follows from it."""
        return self.sitting.outcome_id


async def meeting_of(visit: Visit) -> Meeting:
    """The meeting of the address, for whoever is in office there. Raises Missing or Forbidden."""
    meeting = await find_meeting(visit, visit.id("consultation_id"))
    visit.person.must_see(meeting.row["area"])
    role = visit.person.actor.role
    if role not in OFFICES:
        raise Forbidden("wrong-role", role=role, needed=sorted(OFFICES))
    return meeting


async def find_meeting(visit: Visit, consultation_id: UUID) -> Meeting:
    """The meeting, whoever asks. Raises Missing."""
    site = visit.site
    for row in await site.views[SITTINGS].ask("one", consultation_id=consultation_id):
        facts = await site.story.ask(
            "of kinds", matter_id=row["topic_id"], categories=list(KINDS), most=FACTS_MAX
        )
        story = Story.of(facts)
        for thread in story.of_kind("consultation"):
            if thread.stream == consultation_id and thread.said("ConsultationPlanned"):
                return Meeting(dict(row), Sitting(thread), story, site.charters.at(row["charter"]))
    raise Missing("no-such-page")


def keeps_the_record(visit: Visit) -> bool:
    """Whether whoever is logged in may write down what happens at the table."""
    return visit.person.actor.role in RECORDERS


def must_keep_the_record(visit: Visit) -> None:
    """Raises Forbidden for whoever only reads."""
    if not keeps_the_record(visit):
        role = visit.person.actor.role
        raise Forbidden("wrong-role", role=role, needed=sorted(RECORDERS))
