"""What open pages are compared by: a value that is another whenever the page would be."""

import asyncio
from collections.abc import Collection, Mapping
from typing import Literal, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from services.portal.edge.site import Site
from services.portal.projections.board import BOARD
from shared.runtime.view import View

Kind = Literal["matter", "area", "inbox", "operate"]
"""What can be listened to; what operators look at has marks of its own, see `operate`."""


class Watched(NamedTuple):
    """What a page listens to: a matter by its id, an area by its code, an inbox by its account."""

    kind: Kind
    what: str


async def watch(site: Site, kind: Kind, what: object, lead: object = None) -> str:
    """What a page listens to: a 'matter' by its id, an 'area' by its code, or an 'inbox'.

    To be asked before the page reads what it shows. A page that is seen by whoever knows a `lead`
    says so, see hearing.
    """
    watched = Watched(kind, str(what))
    told = {kind: what, "seen": (await marks(site, [watched]))[watched]}
    return urlencode(told | {"lead": lead} if lead else told)


async def marks(site: Site, watched: Collection[Watched]) -> Mapping[Watched, str]:
    """The mark of each, in at most three questions, however many there are."""
    parts = await asyncio.gather(
        _of_matters(site, [one for one in watched if one.kind == "matter"]),
        _of_areas(site, [one for one in watched if one.kind == "area"]),
        _of_inboxes(site, [one for one in watched if one.kind == "inbox"]),
    )
    return {one: mark for part in parts for one, mark in part.items()}


async def level(site: Site, views: Collection[View]) -> None:
    """Wait, though not for ever, until the matters too show what these views have seen."""
    seen = [one for view in views for one in (await view.positions()).items()]
    await asyncio.gather(*(site.matters.wait(source, position) for source, position in seen))


async def _of_matters(site: Site, watched: Collection[Watched]) -> dict[Watched, str]:
    if not watched:
        return {}
    ids = [UUID(one.what) for one in watched]
    rows = await site.story.ask("how much of matters", matter_ids=ids)
    told = {str(row["matter_id"]): str(row["n"]) for row in rows}
    return {one: told.get(one.what, "0") for one in watched}


async def _of_areas(site: Site, watched: Collection[Watched]) -> dict[Watched, str]:
    if not watched:
        return {}
    pairs = [(one.what, prefix) for one in watched for prefix in site.prefixes(one.what)]
    areas, prefixes = map(list, zip(*pairs, strict=True))
    rows = await site.views[BOARD].ask("how much of areas", areas=areas, prefixes=prefixes)
    told = {row["area"]: str(row["n"]) for row in rows}
    return {one: told.get(one.what, "0") for one in watched}


async def _of_inboxes(site: Site, watched: Collection[Watched]) -> dict[Watched, str]:
    if not watched:
        return {}
    return dict.fromkeys(watched, str(await site.story.seen("notify")))
