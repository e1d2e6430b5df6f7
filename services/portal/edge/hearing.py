"""Who may listen to what: whoever may see the page that would be read again."""

from uuid import UUID

from starlette.requests import Request

from services.portal.edge.marks import Watched
from services.portal.edge.matters.matter import came_of
from services.portal.edge.site import Site
from services.portal.edge.who import Person, Who, looks_after_all, who
from services.portal.projections.commons import COMMONS


async def watched_by(site: Site, request: Request) -> Watched | None:
    """What is listened to; None where there is no such thing, or it is not for this person."""
    asked, here = request.query_params, await who(site, request)
    if "matter" in asked:
        return await _matter(site, here, asked["matter"], asked.get("lead", ""))
    if not isinstance(here, Person) or here.current is None:
        return None
    if "operate" in asked:
        return Watched("operate", "") if looks_after_all(here) else None
    if "inbox" in asked:
        return Watched("inbox", str(here.account_id))
    area = asked.get("area", "")
    return Watched("area", area) if area and here.may_see(area) else None


async def _matter(site: Site, here: Who, matter: str, lead: str) -> Watched | None:
    """A matter, for everybody if it is public, and else for those whose business it is.

    How far a lead is may be seen by whoever knows its id, and so is what came of it.
    """
    try:
        matter_id, lead_id = UUID(matter), UUID(lead) if lead else None
    except ValueError:
        return None
    watched = Watched("matter", str(matter_id))
    if await site.views[COMMONS].ask("one", topic_id=matter_id):
        return watched
    for row in await site.matters.ask("one", matter_id=lead_id or matter_id):
        if row["kind"] == "lead" and matter_id in (row["matter_id"], await came_of(site, row)):
            return watched
        if lead_id is None and isinstance(here, Person) and here.current:
            return watched if here.may_see(row["area"]) else None
    return None
