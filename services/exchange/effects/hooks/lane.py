"""One target while it is carried to: what is in hand for it, and how it fares."""

import asyncio
from dataclasses import dataclass, field
from uuid import UUID

from services.exchange.effects.hooks import measures
from services.exchange.effects.hooks.messages import AGENT, MEDIA, Attempt, Message
from services.exchange.effects.hooks.signing import signed
from services.exchange.effects.hooks.wire import Outcome, Wire
from shared.runtime import clock

REFILL = 16
"""A target with no more messages than this in hand is given more."""


@dataclass
class Lane:
    """One target. `is_over`: it wants no more, ever."""

    wire: Wire
    few: asyncio.Semaphore
    down_after: int
    mine: set[UUID] = field(default_factory=set)
    fails: int = 0
    is_over: bool = False
    _failed_at: float = 0.0

    @property
    def is_down(self) -> bool:
        """Whether it is only knocked at."""
        return self.fails >= self.down_after

    @property
    def is_busy(self) -> bool:
        """Whether it should be given nothing now."""
        return self.is_over or (bool(self.mine) and (self.fails > 0 or len(self.mine) > REFILL))

    async def send(self, message: Message, secrets: list[str], *, knock: bool) -> Attempt | None:
        """Send it, and say what came of it. None: it went down meanwhile, and nothing was sent."""
        async with self.few:
            if self.is_over or (self.is_down and not knock):
                return None
            begun = asyncio.get_running_loop().time()
            attempt = Attempt(message, clock.now(), await self._post(message, secrets))
        if attempt.outcome.taken:
            self.fails = 0
        elif begun >= self._failed_at:  # Those that were under way together failed once.
            self.fails += 1
            self._failed_at = asyncio.get_running_loop().time()
        _measure(attempt.outcome)
        return attempt

    async def _post(self, message: Message, secrets: list[str]) -> Outcome:
        body = message.body()
        try:
            signatures = signed(str(message.message_id), clock.now(), body, secrets)
        except ValueError as bad:
            return Outcome(0, str(bad), 0)
        headers = {"content-type": MEDIA, "user-agent": AGENT, **signatures}
        return await self.wire.post(body, headers)


def _measure(outcome: Outcome) -> None:
    became = "taken" if outcome.taken else "refused" if outcome.code else "lost"
    measures.ATTEMPTS.labels(became).inc()
    measures.SECONDS.observe(outcome.took_s)
