"""The rows of open lists, a few hundred at a time."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched
from typing import Any
from uuid import UUID

from services.portal.edge.commons.place import commons
from services.portal.edge.visit import Visit
from services.portal.pages.opened import OpenList
from services.portal.projections.rankings import RANKINGS
from shared.kernel.areas import EVERYWHERE, level

AT_ONCE = 500
NOWHERE = UUID(int=0)

Row = tuple[str, Mapping[str, Any]]
"""A row, and the mark behind which the next one is found."""


@dataclass(frozen=True)
class Asked:
    """Of which area, changed since when, behind which mark, and how many rows; 0 means all."""

    area: str
    since: datetime | None
    after: str
    limit: int


async def rows_of(visit: Visit, of: OpenList, asked: Asked) -> AsyncIterator[Sequence[Row]]:
    """The rows in their order, never all of a long list at once in memory."""
    if not of.source and of.name != "matters":
        # The table of areas is long, and others are waiting while it is gone through.
        whole = await (
            _rankings(visit, asked)
            if of.name == "rankings"
            else asyncio.to_thread(_areas, visit, asked)
        )
        behind = [row for row in whole if row[0] > asked.after]
        for some in batched(behind[: asked.limit or None], AT_ONCE):
            yield some
        return
    left, after = asked.limit, asked.after
    while left > 0 or not asked.limit:
        most = min(AT_ONCE, left) if asked.limit else AT_ONCE
        page = await _page(visit, of, asked, after, most)
        if not page:
            return
        yield page
        after, left = page[-1][0], left - len(page)


async def _page(visit: Visit, of: OpenList, asked: Asked, after: str, most: int) -> Sequence[Row]:
    if of.source:
        return await _facts(visit, of, asked, after, most)
    return await _matters(visit, asked, after, most)


async def _matters(visit: Visit, asked: Asked, after: str, most: int) -> Sequence[Row]:
    rows = await commons(visit).ask(
        "open matters",
        prefixes=visit.site.prefixes(asked.area),
        last=_uuid(after),
        since=asked.since,
        most=most,
    )
    return [
        (
            str(row["topic_id"]),
            {**_placed(visit, row), "url": f"{visit.base}/topics/{row['topic_id']}"},
        )
        for row in rows
    ]


async def _facts(visit: Visit, of: OpenList, asked: Asked, after: str, most: int) -> Sequence[Row]:
    rows = await commons(visit).ask(
        "open facts",
        source=of.source,
        types=list(of.types),
        prefixes=visit.site.prefixes(asked.area),
        after=int(after) if after.isdecimal() and len(after) < 18 else 0,
        since=asked.since,
        most=most,
    )
    labels = visit.site.pages.texts.commons.facts
    return [
        (
            str(row["position"]),
            {**_placed(visit, row), **_said(row["said"]), "type": str(labels[row["type"]])},
        )
        for row in rows
    ]


async def _rankings(visit: Visit, asked: Asked) -> list[Row]:
    view, areas = visit.site.views[RANKINGS], visit.site.areas
    sheets = await view.ask(
        "rankings about", prefixes=visit.site.prefixes(asked.area), above=areas.path(asked.area)
    )
    by_id = {one["sheet_id"]: one for one in sheets}
    rows = await view.ask("standings of rankings", sheet_ids=list(by_id))
    told = [
        (
            f"{row['sheet_id']} {row['issue'] + 1:04} {row['place']:06} {row['subject']}",
            {
                **by_id[row["sheet_id"]],
                **row,
                "area_name": visit.area_name(by_id[row["sheet_id"]]["area"]),
            },
        )
        for row in rows
        if asked.since is None or row["at"] >= asked.since
    ]
    return sorted(told, key=lambda one: one[0])


def _areas(visit: Visit, asked: Asked) -> list[Row]:
    areas, told = visit.site.areas, []
    waiting = areas.below(asked.area)
    levels = visit.site.pages.texts.words.levels
    while waiting:
        code = waiting.pop()
        path = [EVERYWHERE, *areas.path(code)]
        row = {"code": code, "name": areas.name(code), "level": levels[level(code)]}
        told.append((code, {**row, "parent": path[-2]}))
        waiting.extend(areas.below(code))
    return sorted(told, key=lambda one: one[0])


def _placed(visit: Visit, row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "area_name": visit.area_name(row["area"])}


def _said(text: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(text)
    return said | ({"due": date.fromisoformat(said["due"])} if said.get("due") else {})


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return NOWHERE
