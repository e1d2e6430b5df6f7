"""What of one matter went to and fro between its area and agencies, for the matter's own page."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.portal.edge.visit import Visit
from shared.kernel.errors import No
from shared.runtime import log

STAFF = frozenset({"operator", "cppcc", "clerk", "convenor"})
"""Who looks after what goes to and fro in an area; the views answer nobody else either."""

PATIENCE_S = 1.0
"""The page of a matter waits no longer for what stands elsewhere."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Exchanged:
    """Who handed it over, under which number, and to whom it was handed; `known` where asked."""

    brought: Sequence[Row] = ()
    given: Sequence[Row] = ()
    known: bool = True

    def __bool__(self) -> bool:
        return bool(self.brought or self.given or not self.known)


async def exchanged(visit: Visit, row: Row) -> Exchanged:
    """What is known of it; nothing for others, and nothing of a past day."""
    if visit.as_of or visit.person.actor.role not in STAFF:
        return Exchanged()
    matter_id, is_lead = str(row["matter_id"]), row["kind"] == "lead"
    try:
        async with asyncio.timeout(PATIENCE_S):
            brought, given = await asyncio.gather(
                _ask(visit, "HandoversOfMatter", matter_id=matter_id),
                _ask(visit, "DispatchesOfLead", lead_id=matter_id) if is_lead else _nothing(),
            )
    except (No, TimeoutError):
        return Exchanged(known=False)
    return Exchanged(brought, given)


async def _ask(visit: Visit, name: str, **asked: Any) -> Sequence[Row]:
    actor = visit.person.actor
    answer = await visit.site.asker.question("exchange", name, asked, actor, log.correlation())
    rows: Sequence[Row] = answer["rows"]
    return rows


async def _nothing() -> Sequence[Row]:
    return ()
