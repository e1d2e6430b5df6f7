"""Proposing a topic without a lead: a form by itself."""

from uuid import UUID

from starlette.responses import Response

from services.portal.edge.gate import as_no
from services.portal.edge.matters.doing import Doing, ask, command_id, show_form
from services.portal.edge.visit import Visit, go_to
from shared.kernel.areas import LEVELS, level
from shared.runtime import clock
from shared.runtime.areas import Areas

PLACES_MAX = 900
LOCAL = [name for name, _ in LEVELS][2:]


async def show_propose(visit: Visit) -> Response:
    """An empty form, for a topic somewhere in the own area."""
    return show_form(visit, _doing(visit, clock.new_id()))


async def propose(visit: Visit) -> Response:
    """Propose, and go to the new matter."""
    topic_id = command_id(visit)
    doing = _doing(visit, topic_id)
    try:
        answer = await ask(visit, doing)
    except Exception as error:
        return show_form(visit, doing, as_no(error))
    return go_to(f"/matters/{topic_id}?after=topics:{answer['position']}")


def _doing(visit: Visit, topic_id: UUID) -> Doing:
    own = visit.person.actor.area
    return Doing(
        service="topics",
        command="ProposeTopic",
        charter=visit.site.charter(own),
        back="/matters",
        fixed={"topic_id": str(topic_id)},
        choices={"area": _places(visit.site.areas, own)},
    )


def _places(areas: Areas, own: str) -> list[str]:
    """The own area and what lies in it, as far down as a list can be long; in order of code."""
    places, edge = [own] if areas.in_force(own) else [], [own]
    while edge and len(places) < PLACES_MAX:
        edge = [below for area in edge for below in areas.below(area)]
        places += edge
    return sorted(place for place in places[:PLACES_MAX] if level(place) in LOCAL)
