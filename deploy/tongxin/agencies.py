"""Other agencies from the terminal: the commands that the portal's pages ask, in somebody's name.

Who names no account acts as `terminal`, as with accounts; keys are shown once, and kept nowhere.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from deploy.tongxin.accounts import TERMINAL, Doorway, doorway
from deploy.tongxin.home import Trouble
from deploy.tongxin.servers import Servers
from services.portal.edge.agencies.acting import MARK, webhook_secret
from services.portal.edge.agencies.known import SERVICE, STREAM, standing_of, user_of
from services.portal.words import AGENCY, OPERATOR
from shared.kernel.message import Actor
from shared.runtime import clock, log

MOST = 1000


@dataclass(frozen=True)
class Agency:
    """An agency: its state, how many subscriptions it has, and how many wait for an answer."""

    agency_id: str
    name: str
    kind: str
    area: str
    state: str
    taken: int
    asked: int


@dataclass(frozen=True)
class Subscription:
    """A subscription and how far its agency is; None where nobody can tell."""

    subscription_id: str
    state: str
    held_by: str
    channel: str
    areas: str
    kinds: str
    waiting: int | None
    unacknowledged: int | None
    connected: bool | None
    taken_at: str
    lost_at: str


@dataclass(frozen=True)
class Key:
    """What an agency comes in with; `secret` signs what is brought to a webhook."""

    subscription_id: str
    user: str
    key: str
    secret: str


@dataclass(frozen=True)
class Done:
    """A command that was taken, and where its facts stand."""

    about: str
    command: str
    by: str
    position: int


Row = Mapping[str, Any]


class Desk:
    """What one person asks about agencies. Every method raises a No, or Trouble."""

    def __init__(self, door: Doorway, login: str) -> None:
        self._door = door
        self._login = login

    async def listed(self, area: str) -> list[Agency]:
        """The agencies of an area, those that wait for an answer first."""
        within = area.ljust(12, "0") if area else (await self._operator()).area
        rows = await self._question("AgenciesInArea", area=within, most=MOST)
        return [Agency(**{name: row[name] for name in Agency.__annotations__}) for row in rows]

    async def subscriptions(self, agency: str) -> list[Subscription]:
        """All of an agency's, the newest first."""
        rows = await self._question("SubscriptionsOfAgency", agency_id=await self._id(agency))
        return [_row(row, await self._standing(row)) for row in rows]

    async def register(self, name: str, kind: str, area: str, quotas: Mapping[str, int]) -> Done:
        """Another agency."""
        told = {"name": name, "kind": kind, "area": area, **quotas}
        agency_id = str(clock.new_id())
        return await self._ask("RegisterAgency", name, agency_id=agency_id, **told)

    async def about_agency(self, command: str, agency: str, **told: str) -> Done:
        """Suspend, resume or remove it, named by its id or its name."""
        return await self._ask(command, agency, agency_id=await self._id(agency), **told)

    async def about_subscription(self, command: str, subscription: str, **told: str) -> Done:
        """Approve, decline or revoke it."""
        one = await self._subscription(subscription)
        return await self._ask(command, subscription, subscription_id=str(one), **told)

    async def rotate(self, subscription: str, old_hours: int) -> Key:
        """A new key; those before stay good for so many hours. It is given in the agency's name."""
        one, vault = await self._subscription(subscription), self._door.vault
        (row,) = await self._question("SubscriptionById", subscription_id=str(one))
        form, webhook = clock.new_id(), row["channel"] == "webhook"
        key = MARK + await vault.token(one, f"key/{form}")
        secret = await webhook_secret(vault, one, form) if webhook else ""
        told = {
            "subscription_id": str(one),
            "key_sha256": sha256(key.encode()).hexdigest(),
            "secret": await vault.seal(one, secret) if webhook else "",
            "old_hours": old_hours,
        }
        actor = await self._of_agency(row)
        await self._door.asker.ask(
            SERVICE, "IssueCredentials", told, actor, form, log.correlation()
        )
        return Key(str(one), user_of(str(one)), key, secret)

    async def _ask(self, command: str, about: str, **told: object) -> Done:
        actor, asker = await self._operator(), self._door.asker
        answer = await asker.ask(SERVICE, command, told, actor, clock.new_id(), log.correlation())
        return Done(about, command, self._login or actor.id, answer["position"])

    async def _question(self, what: str, **asked: object) -> list[dict[str, Any]]:
        actor = await self._operator()
        told = await self._door.asker.question(SERVICE, what, asked, actor, log.correlation())
        rows: list[dict[str, Any]] = told["rows"]
        return rows

    async def _operator(self) -> Actor:
        return await self._door.actor(self._login, OPERATOR) if self._login else TERMINAL

    async def _of_agency(self, row: Row) -> Actor:
        """Only an agency is given keys, and so the terminal speaks for it."""
        if not self._login:
            return Actor(TERMINAL.id, AGENCY, row["area"], row["agency"])
        return await self._door.actor(self._login, AGENCY)

    async def _id(self, agency: str) -> str:
        try:
            return str(UUID(agency))
        except ValueError:
            for row in await self._question("AgencyNamed", name=agency):
                return str(row["agency_id"])
        raise Trouble(f"there is no agency '{agency}'")

    async def _subscription(self, told: str) -> UUID:
        try:
            one = UUID(told)
        except ValueError:
            raise Trouble(f"'{told}' is not the id of a subscription") from None
        if not await self._question("SubscriptionById", subscription_id=str(one)):
            raise Trouble(f"there is no subscription {one}")
        return one

    async def _standing(self, row: Row) -> Row:
        """How far it is, where it fetches from NATS."""
        if (row["state"], row["channel"]) != ("live", "nats"):
            return {}
        info = await self._door.asker.consumer(STREAM, user_of(row["subscription_id"]))
        return standing_of(info) if info else {}


def _row(row: Row, standing: Row) -> Subscription:
    return Subscription(
        subscription_id=row["subscription_id"],
        state=row["state"],
        held_by=" ".join(row["holds"]),
        channel=row["channel"],
        areas=" ".join(row["areas"]),
        kinds=" ".join(row["kinds"]) or "all",
        waiting=standing.get("waiting", row["waiting"]),
        unacknowledged=standing.get("unacknowledged"),
        connected=standing.get("connected"),
        taken_at=str(standing.get("taken_at") or ""),
        lost_at=str(row["lost_at"] or ""),
    )


@asynccontextmanager
async def desk(servers: Servers, login: str) -> AsyncIterator[Desk]:
    """As long as the work goes on, in the name of an account, or of the terminal."""
    async with doorway(servers) as door:
        yield Desk(door, login)
