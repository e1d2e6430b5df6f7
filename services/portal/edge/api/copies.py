"""Open lists for programs that keep a copy: what there is, what changed since, and what is gone.

After the manner of OParl: each thing has an id, says when it was made and changed, and where it is
gone stays as a tombstone, `deleted`. A list goes on by `next`; what changes meanwhile comes again
at its end, so that a copy is whole once `next` is null.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

import orjson
from starlette.datastructures import QueryParams
from starlette.responses import Response

from services.portal.edge.api.answering import Call, tagged
from services.portal.edge.api.events import LIMIT, LIMIT_MAX, number_in, since_in
from services.portal.edge.catalogue import READER
from services.portal.edge.handing.holder import count_somebody
from services.portal.edge.site import Site
from shared.kernel.areas import EVERYWHERE, contains, level
from shared.kernel.errors import Missing
from shared.runtime import clock, log
from shared.runtime.areas import Areas
from shared.runtime.charter import DEFAULT
from shared.runtime.divisions import ALWAYS

PATH = "/open"
GONE = frozenset({"ConsultationCancelled"})
"""The last word about what was called off."""

OBJECTS = ("topics", "meetings", "outcomes", "assignments", "evaluations", "cases")
LISTS = ("divisions", "charters", *OBJECTS)

Thing = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """Of which area, changed since when, behind which mark, and how many."""

    area: str
    since: str | None
    after: str
    limit: int

    def has(self, changed: date | None) -> bool:
        """Whether something that changed on that day is wanted; None: it always was as it is."""
        if self.since is None:
            return True
        day = datetime.fromisoformat(self.since).astimezone(clock.SHANGHAI).date()
        return changed is not None and changed >= day


async def send_system(call: Call) -> Response:
    """GET /api/v1/open: which lists there are, under which licence; asks for no token."""
    await count_somebody(call)
    texts, root = call.site.pages.texts, call.request.url.path
    told = {
        "id": root,
        "type": "System",
        "name": str(texts.site.full_name),
        "licence": str(texts.open.licence),
        "lists": {name: f"{root}/{name}" for name in LISTS},
        "events": root.removesuffix(PATH) + "/events",
        "contracts": "/contracts",
    }
    return tagged(call.request, orjson.dumps(told))


async def send_list(call: Call) -> Response:
    """GET /api/v1/open/<list>?area=&modified_since=&after=&limit=; asks for no token."""
    await count_somebody(call)
    name, params = call.request.path_params["list"], call.request.query_params
    if name not in LISTS:
        raise Missing("no-such-page")
    wanted = _wanted(call.site, params)
    things = await TOLD.get(name, _objects)(call, name, wanted)
    root = call.request.url.path
    items = [{"id": f"{root}/{one[0]}", **one[1]} for one in things]
    more = None
    if len(things) == wanted.limit:
        rest = [(key, value) for key, value in params.multi_items() if key != "after"]
        more = f"{root}?{urlencode([*rest, ('after', things[-1][2])])}"
    return tagged(call.request, orjson.dumps({"items": items, "next": more}))


Told = tuple[str, Thing, str]
"""The last part of the id of a thing, the thing, and the mark behind which the next one is."""


async def _objects(call: Call, name: str, wanted: Wanted) -> list[Told]:
    asked = {
        "list": name,
        "area": wanted.area,
        "after": number_in({"after": wanted.after}, "after", 0, 10**18 - 1),
        "since": wanted.since,
        "most": wanted.limit,
    }
    answer = await call.site.asker.question(
        "exchange", "OpenObjects", asked, READER, log.correlation()
    )
    return [(row["object_id"], _object(row), str(row["position"])) for row in answer["rows"]]


def _object(row: Mapping[str, Any]) -> Thing:
    gone = row["state"] in GONE
    known = {"created": row["created"], "modified": row["modified"], "deleted": gone}
    if gone:
        return known
    placed = {"topic_id": row["topic_id"], "area": row["area"], "state": row["state"]}
    web = f"/topics/{row['topic_id']}"
    return {**known, **placed, "web": web, **row["said"]}


async def _divisions(call: Call, _name: str, wanted: Wanted) -> list[Told]:
    # The table is long, and others are waiting while it is gone through.
    return await asyncio.to_thread(_some_divisions, call.site.areas, wanted)


def _some_divisions(areas: Areas, wanted: Wanted) -> list[Told]:
    found: list[Told] = []
    today = clock.today()
    for code in areas.codes(wanted.area):
        life = areas.life(code, today)
        gone = life.until <= today
        changed = life.until if gone else None if life.since == ALWAYS else life.since
        if code > wanted.after and wanted.has(changed) and len(found) < wanted.limit:
            told: Thing = {"modified": changed, "deleted": gone}
            if gone:
                told["into"] = areas.successors(code, today)
            else:
                path = [EVERYWHERE, *areas.path(code)]
                told |= {"name": life.name, "level": level(code), "parent": path[-2]}
            found.append((code, told, code))
    return found


async def _charters(call: Call, _name: str, wanted: Wanted) -> list[Told]:
    found: list[Told] = []
    for one in sorted(call.site.charters.ids()):
        charter = call.site.charters.at(one)
        place = f"{charter.place}000000"
        elsewhere = charter.place != DEFAULT and not contains(wanted.area, place)
        if elsewhere or one <= wanted.after or not wanted.has(charter.in_force):
            continue
        told = {"modified": charter.in_force, "deleted": False, "in_force": charter.in_force}
        of = {"county": charter.place, "version": charter.version, "digest": charter.digest}
        found.append((one, {**told, **of, "rules": charter.tables}, one))
    return found[: wanted.limit]


TOLD: Mapping[str, Callable[[Call, str, Wanted], Awaitable[list[Told]]]] = {
    "divisions": _divisions,
    "charters": _charters,
}
"""The lists that the portal itself knows; exchange keeps the others."""


def _wanted(site: Site, params: QueryParams) -> Wanted:
    """Raises Invalid, Missing."""
    area = params.get("area") or EVERYWHERE
    if area != EVERYWHERE and area not in site.areas:
        raise Missing("unknown-area", area=area)
    since = since_in(params.get("modified_since", ""))
    limit = max(1, number_in(params, "limit", LIMIT, LIMIT_MAX))
    return Wanted(area, since, params.get("after", ""), limit)
