"""Where a lead stands, for whoever knows the number on its receipt: no names, no private words."""

from starlette.responses import Response

from services.portal.edge.marks import watch
from services.portal.edge.matters.matter import find, topic_of
from services.portal.edge.patience import Patience
from services.portal.edge.visit import Visit, go_to
from services.portal.edge.who import Person
from services.portal.pages.stages import bar, read_marks
from services.portal.words import RESIDENT
from shared.kernel.errors import Missing
from shared.runtime import clock

LOOKED_UP_MAX = 60

_looked_up = Patience(LOOKED_UP_MAX)


async def show_receipt(visit: Visit) -> Response:
    """Find a matter by the number on its receipt."""
    number = "".join(sign for sign in visit.query("number") if sign.isdecimal())
    if not number:
        return visit.page("residents/lookup.html", number="", found=True)
    _looked_up.count(visit.request.client.host if visit.request.client else "", clock.now())
    for row in await visit.site.matters.ask("by receipt", receipt=number):
        return go_to(f"/leads/{row['matter_id']}")
    return visit.page("residents/lookup.html", number=number, found=False)


async def show_lead(visit: Visit) -> Response:
    """How far it is. Staff go to the page of the matter, and who brought it to the own one."""
    site = visit.site
    behind = await visit.behind(site.matters)
    row = await find(site.matters, visit.id("lead_id"))
    if row["kind"] != "lead":
        raise Missing("unknown-matter", matter_id=row["matter_id"])
    if isinstance(visit.who, Person) and visit.who.current:
        if visit.who.actor.role != RESIDENT:
            return go_to(f"/matters/{row['matter_id']}")
        if row["opened_by"] == str(visit.who.account_id):
            return go_to(f"/mine/{row['matter_id']}")
    topic_id = await topic_of(site.matters, row)
    live = await watch(site, "matter", topic_id or row["matter_id"], row["matter_id"])
    topic = await find(site.matters, topic_id) if topic_id else row
    marks = await site.matters.ask("marks of matters", matter_ids=[topic["matter_id"]])
    stages = site.rules(site.charters.at(topic["charter"])).stages
    return visit.page(
        "residents/lead.html",
        behind=behind,
        live=live,
        row=row,
        topic=topic,
        bar=bar(stages, read_marks(marks)) if topic_id else (),
    )
