"""What exchange knows of agencies, and who may see it."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.portal.edge.visit import POSITION_DIGITS_MAX, Visit
from services.portal.words import AGENCY, OPERATOR
from shared.kernel.errors import Forbidden, Missing
from shared.runtime import clock, log
from shared.runtime.asker import Answer
from shared.runtime.pause import pause

SERVICE = "exchange"
STREAM = "PUBLIC"
SHOWN_S, LOOK_S = 2.0, 0.1
TOLD_ONE_BY_ONE_MAX = 50
YEAR_OF_NEVER = 1

Row = Mapping[str, Any]


async def question(visit: Visit, what: str, **asked: Any) -> list[dict[str, Any]]:
    """The rows of an answer, once the view has seen what the address names. Raises a No."""
    answer = await _ask(visit, what, asked)
    source, _, position = visit.query("after").partition(":")
    if source == SERVICE and position.isdecimal() and len(position) <= POSITION_DIGITS_MAX:
        with suppress(TimeoutError):
            async with asyncio.timeout(SHOWN_S):
                while answer["seen"].get(SERVICE, 0) < int(position):
                    await pause(LOOK_S)
                    answer = await _ask(visit, what, asked)
    rows: list[dict[str, Any]] = answer["rows"]
    return rows


async def agency_of(visit: Visit, agency_id: UUID) -> Row:
    """An agency, for its own people and for operators of its area. Raises Missing or Forbidden."""
    rows = await question(visit, "AgencyById", agency_id=str(agency_id))
    if not rows:
        raise Missing("not-found")
    _must_concern(visit, rows[0]["area"], rows[0]["name"])
    return rows[0]


async def own_agency(visit: Visit) -> Row:
    """The agency of whoever is logged in. Raises Missing or Forbidden."""
    actor = visit.person.actor
    if actor.role != AGENCY:
        raise Forbidden("wrong-role", role=actor.role, needed=[AGENCY])
    for row in await question(visit, "AgencyNamed", name=actor.unit):
        return await agency_of(visit, UUID(row["agency_id"]))
    raise Missing("not-found")


async def subscription_of(visit: Visit) -> Row:
    """The subscription that the address names. Raises Missing or Forbidden."""
    subscription_id = str(visit.id("subscription_id"))
    rows = await question(visit, "SubscriptionById", subscription_id=subscription_id)
    if not rows:
        raise Missing("not-found")
    _must_concern(visit, rows[0]["area"], rows[0]["agency"])
    return rows[0]


def user_of(subscription_id: str) -> str:
    """Its user on NATS, and the name of its consumer."""
    return f"s{UUID(subscription_id).hex}"


async def standings(visit: Visit, rows: list[dict[str, Any]]) -> dict[str, Row]:
    """How far each of them is that fetches from NATS; nothing of those nobody can tell about."""
    live = [one for one in rows if (one["state"], one["channel"]) == ("live", "nats")]
    ids = [one["subscription_id"] for one in live[:TOLD_ONE_BY_ONE_MAX]]
    asker = visit.site.asker
    told = await asyncio.gather(*(asker.consumer(STREAM, user_of(one)) for one in ids))
    return {one: standing_of(info) for one, info in zip(ids, told, strict=True) if info}


def standing_of(info: Answer) -> Row:
    """What JetStream says of a consumer, as both sides want to know it."""
    taken = _moment(info["delivered"].get("last_active"))
    acknowledged = _moment(info["ack_floor"].get("last_active"))
    return {
        "waiting": info["num_pending"] + info["num_ack_pending"],
        "unacknowledged": info["num_ack_pending"],
        "connected": info["num_waiting"] > 0,
        "taken_at": taken,
        "acknowledged_at": acknowledged,
        "quiet": taken is not None and clock.now() - taken > timedelta(days=1),
    }


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return None if moment.year == YEAR_OF_NEVER else moment


def _must_concern(visit: Visit, area: str, name: str) -> None:
    actor = visit.person.actor
    if actor.role == OPERATOR:
        visit.person.must_hold(area)
    elif actor.role != AGENCY or actor.unit != name:
        raise Forbidden("wrong-role", role=actor.role, needed=[AGENCY, OPERATOR])


async def _ask(visit: Visit, name: str, asked: dict[str, Any]) -> Answer:
    actor = visit.person.actor
    return await visit.site.asker.question(SERVICE, name, asked, actor, log.correlation())
