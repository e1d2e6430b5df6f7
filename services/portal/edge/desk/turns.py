"""Asks the view 'waiting' for somebody: how much there is of each task, and which entries."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from services.portal.edge.site import Site
from services.portal.edge.visit import Visit
from services.portal.edge.who import Person
from services.portal.pages.clocks import Calendar
from services.portal.pages.turns import commands_of, rules_of
from services.portal.projections.waiting import WAITING
from shared.kernel.errors import No
from shared.kernel.message import Actor
from shared.runtime import clock
from shared.runtime.charter import Charter

KEPT_MAX = 2000

_kept: dict[tuple[object, ...], int] = {}


def calendar(charter: Charter) -> Calendar:
    """How a charter counts days."""
    return Calendar.of(charter.table("notify"))


def asked(site: Site, actor: Actor) -> dict[str, Any]:
    """For whom the view is asked."""

    def may(service: str, command: str) -> bool:
        catalogue = site.catalogue
        return catalogue.knows(service, command) and actor.role in catalogue.roles(service, command)

    return {
        "prefixes": site.prefixes(actor.area),
        "rules": rules_of(site.charters.at(one) for one in site.charters.ids()),
        "commands": commands_of(may),
        "me": [actor.id, actor.unit, actor.role],
        "body": actor.unit if actor.role == "party" else "",
    }


async def how_much(site: Site, actor: Actor, today: date) -> dict[str, Mapping[str, Any]]:
    """How many entries wait of each task, and how many of these are late."""
    rows = await site.views[WAITING].ask("how much", **asked(site, actor), today=today)
    return {row["task"]: dict(row) for row in rows}


async def count(site: Site, person: Person) -> int:
    """The figure beside the menu; counted anew only after something was said. 0 while away."""
    if person.current is None:
        return 0
    view, today = site.views[WAITING], clock.today()
    key = (id(view), view.heard, person.actor, today)
    if key not in _kept:
        try:
            found = await how_much(site, person.actor, today)
        except No:
            return 0
        if len(_kept) >= KEPT_MAX:
            _kept.clear()
        _kept[key] = sum(row["n"] for row in found.values())
    return _kept[key]


async def entries(
    visit: Visit, *, task: str, title: str, late: bool, most: int, skipped: int
) -> Sequence[Mapping[str, Any]]:
    """What waits for whoever is logged in, as it is filtered; each row knows how many there are."""
    return await visit.site.views[WAITING].ask(
        "waiting",
        **asked(visit.site, visit.person.actor),
        today=clock.today(),
        task=task,
        title=title,
        late=late,
        most=most,
        skipped=skipped,
    )
