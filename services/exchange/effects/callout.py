"""Lets agencies in to NATS: the server asks who comes, and is told what they may do (auth callout).

Every replica answers. What is told is decided from the log itself, not from a view: a subscription
that was revoked a moment ago lets nobody in, however late the views are.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error

from services.exchange.domain.subscription.decide import SUBSCRIPTION, Live
from services.exchange.effects.passes import ASKED, permissions
from services.exchange.words.agencies import user_of
from shared.kernel.errors import No
from shared.runtime import clock
from shared.runtime.log import logger
from shared.runtime.nkeys import Claims, Issuer, claims_in
from shared.runtime.postgres import AWAY
from shared.runtime.store import Store

log = logger()

GROUP = "exchange"
ACCOUNT = "$G"
GOOD_FOR = timedelta(hours=1)
"""A connection is let in anew so often: what was granted does not outlive its reason by more."""

USER_LETTERS = len(user_of(UUID(int=0)))


@dataclass(frozen=True)
class Coming:
    """Who wants to come in, at which server."""

    server: str
    nkey: str
    user: str
    password: str


class Callout:
    """Answers who may come in."""

    def __init__(self, store: Store, issuer: Issuer) -> None:
        self._store = store
        self._issuer = issuer

    async def run(self, nats: Client, stopping: asyncio.Event) -> None:
        """Answer until the service stops."""
        subscription = await nats.subscribe(ASKED, queue=GROUP, cb=self._on)
        await stopping.wait()
        try:
            await subscription.unsubscribe()
        except Error:
            log.info("nobody to leave")

    async def _on(self, message: Msg) -> None:
        try:
            coming = _coming(claims_in(message.data))
        except (ValueError, KeyError, TypeError):
            log.warning("a question that is none", subject=ASKED)
            return
        answer = await self.answer(coming)
        await message.respond(answer.encode())

    async def answer(self, coming: Coming) -> str:
        """The signed answer: a pass, or a no that says nothing of its reason."""
        now = clock.now()
        told: Claims = {"type": "authorization_response", "version": 2}
        try:
            claims = await self._pass(coming, now)
        except (No, *AWAY) as away:
            log.warning("nobody can be let in", reason=repr(away))
            claims = None
        if claims is None:
            log.info("not let in", user=coming.user[:USER_LETTERS])
            told["error"] = "unknown user or key"
        else:
            told["jwt"] = self._issuer.sign(claims, now)
        said = {"aud": coming.server, "sub": coming.nkey, "nats": told}
        return self._issuer.sign(said, now)

    async def _pass(self, coming: Coming, now: datetime) -> Claims | None:
        subscription_id = subscription_of(coming.user)
        if subscription_id is None:
            return None
        events = SUBSCRIPTION.events
        facts = [
            events.parse(one.type, one.version, one.data)
            for one in await self._store.read(subscription_id)
            if one.category == SUBSCRIPTION.category
        ]
        found = SUBSCRIPTION.fold(facts)
        if not isinstance(found, Live) or found.channel != "nats":
            return None
        until = found.good_until(sha256(coming.password.encode()).hexdigest(), now)
        if until is None:
            return None
        return {
            "sub": coming.nkey,
            "aud": ACCOUNT,
            "name": coming.user,
            "exp": int(min(until, now + GOOD_FOR).timestamp()),
            "nats": permissions(subscription_id, found.agency_id),
        }


def subscription_of(user: str) -> UUID | None:
    """The subscription whose user this is; None where it is nobody's."""
    if len(user) != USER_LETTERS:
        return None
    try:
        found = UUID(user[1:])
    except ValueError:
        return None
    return found if user_of(found) == user else None


def _coming(claims: Mapping[str, Any]) -> Coming:
    asked = claims["nats"]
    options = asked["connect_opts"]
    return Coming(
        server=asked["server_id"]["id"],
        nkey=asked["user_nkey"],
        user=str(options.get("user", "")),
        password=str(options.get("pass", "")),
    )
