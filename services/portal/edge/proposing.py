"""Proposing a topic without a lead: a form by itself."""

from typing import Any
from uuid import UUID

from starlette.responses import Response

from services.portal.edge.doing import Doing, ask, command_id, show_form
from services.portal.edge.gate import as_no
from services.portal.edge.visit import Visit, go_to
from shared.kernel.areas import EVERYWHERE
from shared.runtime import clock

PLACES_MAX = 900


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
