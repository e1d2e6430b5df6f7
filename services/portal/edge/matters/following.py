"""Asks notify about my own subscription, and whether I follow a matter."""

import asyncio
from contextlib import suppress
from typing import Any
from uuid import UUID

from services.portal.edge.visit import Visit
from shared.kernel.errors import No
from shared.runtime import clock, log
from shared.runtime.asker import Answer
from shared.runtime.pause import pause

SHOWN_S, LOOK_S = 2.0, 0.1


async def follows(visit: Visit, matter_id: UUID) -> bool | None:
    """Whether I chose to follow a matter, or not to; None: I was never asked, or notify is away."""
    asked = {"reader": visit.person.actor.id, "topic_id": str(matter_id)}
    try:
        rows = await question(visit, "Follows", asked)
    except No:
        return None
    return rows[0]["held"] if rows else None


async def seen(visit: Visit, matter_id: UUID, *, followed: bool) -> None:
    """Wait, though not for ever, until notify too shows what was just asked of it."""
    with suppress(TimeoutError):
        async with asyncio.timeout(SHOWN_S):
            while await follows(visit, matter_id) is not followed:
                await pause(LOOK_S)


async def ask(visit: Visit, command: str, **data: Any) -> Answer:
    """A command about my own subscription. Raises a No."""
    me = visit.person.actor
    told = {"subscription_id": me.id, "area": me.area, **data}
    return await visit.site.asker.ask(
        "notify", command, told, me, clock.new_id(), log.correlation()
    )


async def question(visit: Visit, name: str, asked: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of an answer. Raises a No."""
    answer = await visit.site.asker.question(
        "notify", name, asked, visit.person.actor, log.correlation()
    )
    rows: list[dict[str, Any]] = answer["rows"]
    return rows
