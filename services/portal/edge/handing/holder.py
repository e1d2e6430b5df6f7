"""Which agency a program speaks for: by its access key, or by the subject NATS let it speak on."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final
from uuid import UUID

from services.portal.edge.api.answering import Call
from services.portal.edge.api.bearer import NOBODY, token_in
from services.portal.edge.site import Site
from shared.kernel.areas import EVERYWHERE
from shared.kernel.errors import Forbidden, Missing, Unavailable
from shared.kernel.message import Actor
from shared.runtime import clock, log

AGENCY: Final = "agency"
CONNECTED: Final = "connected"
KEY_MAX = 200

DOOR = Actor("door", AGENCY, EVERYWHERE)
"""Who looks up which agency it is; it may look, and can hand nothing over."""


@dataclass(frozen=True)
class Holder:
    """An agency: its name, its seat with all it contains, and how often it may ask in a minute.

    `person` is the account of whoever acts for it; empty for its programs.
    """

    agency_id: UUID
    name: str
    area: str
    per_minute: int
    person: str = ""

    @property
    def actor(self) -> Actor:
        """Who asks in its name: one of its people, or its programs, known by its id."""
        who = self.person or f"agency:{self.agency_id}"
        return Actor(who, AGENCY, self.area, str(self.agency_id))


async def holder_in(call: Call) -> Holder:
    """The agency whose key came with a request. Raises Forbidden, TooOften."""
    found = await _by_key(call)
    if found is None:
        raise Forbidden(NOBODY)
    return found


async def count_somebody(call: Call) -> None:
    """Once more of what is for everybody: within the quota of an agency, or of an address.

    Raises TooOften.
    """
    with suppress(Unavailable):  # What needs no agency is told without exchange as well.
        if await _by_key(call):
            return
    client = call.request.client
    call.note(call.meter.count(f"host {client.host if client else ''}", clock.now()))


async def holder_of(site: Site, agency_id: UUID) -> Holder:
    """The agency that NATS let in. Raises Missing, Forbidden, TooOften."""
    for row in await _rows(site, "AgencyById", {"agency_id": str(agency_id)}):
        found = holder_as(row)
        site.quotas.count(str(found.agency_id), clock.now(), found.per_minute)
        return found
    raise Missing("unknown-agency")


def holder_as(row: Mapping[str, str], person: str = "") -> Holder:
    """The agency of a row, for one of its people. Raises Forbidden."""
    if row["state"] != CONNECTED:
        raise Forbidden("agency-suspended", name=row["name"])
    return replace(_holder(row), person=person)


async def _by_key(call: Call) -> Holder | None:
    """The agency whose key came, counted once more. Raises TooOften."""
    key, now = token_in(call.request), clock.now()
    if not 0 < len(key) <= KEY_MAX:
        return None
    asked = {"key_sha256": sha256(key.encode()).hexdigest(), "now": now.isoformat()}
    for row in await _rows(call.site, "HolderOfKey", asked):
        found = _holder(row)
        call.note(call.site.quotas.count(str(found.agency_id), now, found.per_minute))
        return found
    return None


def _holder(row: Mapping[str, str]) -> Holder:
    return Holder(UUID(row["agency_id"]), row["name"], row["area"], int(row["per_minute"]))


async def _rows(site: Site, question: str, data: dict[str, str]) -> list[dict[str, str]]:
    found = await site.asker.question("exchange", question, data, DOOR, log.correlation())
    rows: list[dict[str, str]] = found["rows"]
    return rows
