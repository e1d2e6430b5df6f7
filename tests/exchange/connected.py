"""Agencies connected to a running platform, as operators connect them: with a key of their own."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any, Literal
from uuid import UUID, uuid4

import httpx

from deploy.tongxin.servers import Servers
from services.exchange.words.agencies import user_of
from shared.kernel.areas import EVERYWHERE
from shared.kernel.errors import No
from shared.kernel.message import Actor
from shared.runtime.asker import Asker
from shared.runtime.jetstream import connect

LINSHUI, LUXIAN = "511623000000", "510521000000"
LOOKS_MAX, LOOK_S = 900, 0.1
OPERATOR = Actor("operator", "operator", EVERYWHERE)


@dataclass(frozen=True)
class Agency:
    """An agency with one subscription, and the key it was shown once."""

    agency_id: UUID
    name: str
    area: str
    subscription_id: UUID
    key: str

    @property
    def user(self) -> str:
        """Its user and consumer on NATS."""
        return user_of(self.subscription_id)

    def client(self, url: str) -> httpx.AsyncClient:
        """A program of the agency."""
        headers = {"Authorization": f"Bearer {self.key}"}
        return httpx.AsyncClient(base_url=url, headers=headers, timeout=60)


async def seen[T](look: Callable[[], Awaitable[T]]) -> T:
    """What is seen, once it is something. Raises TimeoutError."""
    for _ in range(LOOKS_MAX):
        if found := await look():
            return found
        await asyncio.sleep(LOOK_S)
    raise TimeoutError(f"{look.__qualname__} saw nothing")


@asynccontextmanager
async def asking(servers: Servers) -> AsyncIterator[Asker]:
    """Somebody who may ask every service."""
    client = await connect(servers.login("portal"), "tests")
    try:
        yield Asker(client)
    finally:
        await client.close()


async def connected(
    asker: Asker,
    area: str = LINSHUI,
    *,
    channel: Literal["nats", "webhook"] = "nats",
    kinds: tuple[str, ...] = (),
    url: str = "",
    name: str = "",
    sealed: Callable[[UUID], Awaitable[str]] | None = None,
) -> Agency:
    """Register an agency, let it ask for the facts of its seat, approve that, and give it a key.

    `sealed` seals the secret of a webhook under the id of its subscription.
    """
    name = name or f"网格中心{uuid4().hex[:8]}"
    agency = Agency(uuid4(), name, area, uuid4(), token_urlsafe(24))
    people = Actor("grid", "agency", area, name)
    one = {"subscription_id": str(agency.subscription_id)}
    of = {"agency_id": str(agency.agency_id)}
    wanted = {"areas": [area], "kinds": list(kinds), "channel": channel, "url": url}
    issued = {"key_sha256": sha256(agency.key.encode()).hexdigest()}
    if sealed:
        issued["secret"] = await sealed(agency.subscription_id)
    steps: list[tuple[Actor, str, dict[str, Any]]] = [
        (OPERATOR, "RegisterAgency", of | {"area": area, "name": name, "kind": "grid"}),
        (people, "AskSubscription", of | one | wanted | {"purpose": "网格处置"}),
        (OPERATOR, "ApproveSubscription", one),
        (people, "IssueCredentials", one | issued),
    ]
    for who, command, data in steps:
        await seen(lambda w=who, c=command, d=data: _asked(asker, w, c, d))
    return agency


async def _asked(asker: Asker, who: Actor, command: str, data: dict[str, Any]) -> bool:
    """Whether it was done: a subscription is opened a moment after it was asked for."""
    try:
        await asker.ask("exchange", command, data, who, uuid4(), uuid4())
    except No as no:
        if no.code in ("unknown-subscription", "not-now"):
            return False
        raise
    return True
