"""The proof of a draw as a file that needs nothing of ours."""

from starlette.responses import Response

from services.portal.edge.visit import HEADERS, Visit
from services.portal.pages.luck import instructions
from services.portal.projections.members import MEMBERS
from shared.kernel.errors import Missing


async def send_proof(visit: Visit) -> Response:
    """What anybody needs to draw again, as plain text. No names are in it."""
    view, draw_id = visit.site.views[MEMBERS], visit.id("draw_id")
    for row in await view.ask("one draw", draw_id=draw_id):
        visit.person.must_see(row["area"])
        lots = await view.ask("lots of draw", draw_id=draw_id)
        pool = [one["talent_id"] for one in lots]
        excluded = [one["talent_id"] for one in lots if one["lot"] == "excluded"]
        text = instructions(row, pool, excluded, visit.site.pages.texts.persons)
        name = f"attachment; filename=draw-{draw_id}.txt"
        head = HEADERS | {"Content-Disposition": name}
        return Response(text, headers=head, media_type="text/plain; charset=utf-8")
    raise Missing("no-such-page")
