"""The first walk through the pages: a few cards, remembered for each account and role."""

from starlette.responses import Response

from services.portal.edge.door import TOUR_DONE
from services.portal.edge.visit import Visit, go_to, local


async def go_on(visit: Visit) -> Response:
    """To the next card, to the end ('skip'), or from the start ('again')."""
    person = visit.person
    cards = visit.site.pages.texts.tour[person.actor.role]
    now = person.tours.get(person.actor.role, 0)
    match visit.typed("go"):
        case "again":
            card = 0
        case "next" if now + 1 < len(cards):
            card = now + 1
        case _:
            card = TOUR_DONE
    await visit.site.door.toured(person.account_id, person.actor.role, card)
    return go_to(local(visit.typed("back")))
