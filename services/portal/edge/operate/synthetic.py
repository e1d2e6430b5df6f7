"""A matter that is nobody's: every minute it takes a step, on the road that real ones take.

raised in the morning ──▶ returned ⇄ resubmitted, a step each time ──▶ screened out the day after

A step is decided and recorded by topics, said on NATS, shown by the portal's views, and told by
notify; and every service is asked how it stands. Where it is lost tells which part is broken. One
matter a day, so that neither views nor desks fill; one replica takes the steps.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import date, timedelta
from time import perf_counter
from typing import Any, NoReturn
from uuid import NAMESPACE_OID, UUID, uuid5

from prometheus_client import Counter, Gauge, Histogram

from services.portal.edge.operate.watch import SERVICES, WATCHER
from services.portal.edge.serve import PortalSettings
from services.portal.projections.story import STORY
from shared.kernel.errors import Missing, No, Refused
from shared.kernel.message import Actor
from shared.runtime import clock, log, telemetry
from shared.runtime.asker import Asker
from shared.runtime.leader import Leader, until
from shared.runtime.pause import pause
from shared.runtime.replica import Running
from shared.runtime.view import View

LEG_S = 15.0
AGAIN_S = 0.1
ME = str(uuid5(NAMESPACE_OID, "tongxin synthetic"))
WORDS: dict[str, dict[str, Any]] = {
    "SubmitLead": {"title": "平台巡检演练事项", "origin": "resident"},
    "ResubmitLead": {"title": "平台巡检演练事项"},
    "ReturnLeadForFix": {"reason": "平台巡检演练"},
    "ScreenOutLead": {"category": "empty", "reason": "平台巡检演练结束"},
}

STEPS = Counter(
    "tongxin_synthetic_steps",
    "Steps of the synthetic matter: done, or the part of the road it was lost on",
    ["outcome"],
)
LEG_SECONDS = Histogram(
    "tongxin_synthetic_seconds",
    "Each part of its road",
    ["leg"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15),
)
LAST = Gauge("tongxin_synthetic_last_seconds", "When a step was last taken to its end, as a time")

_log = log.logger()


class Lost(Exception):
    """A step did not come to its end; the message names the part of the road."""


async def keep_a_matter_going(running: Running) -> None:
    """Take steps until the service stops, where the settings name a place for it."""
    settings = PortalSettings()
    if not settings.synthetic_area:
        await running.stopping.wait()
        return
    road = Road(running.asker, running.views[STORY], settings.synthetic_area)
    dsn = running.settings.pg_dsn.get_secret_value()

    async def walk() -> None:
        await go_on(road, settings.synthetic_s)

    await until(running.stopping, Leader(dsn, "portal synthetic"), walk)


async def go_on(road: "Road", every_s: float) -> NoReturn:
    """A step, and a pause, for ever."""
    while True:
        outcome = "done"
        try:
            await road.step(clock.today())
        except Lost as lost:
            outcome = str(lost)
            _log.error("the synthetic matter is stuck", leg=outcome, reason=repr(lost.__cause__))
        else:
            LAST.set_to_current_time()
        STEPS.labels(outcome).inc()
        await asyncio.sleep(every_s)


class Road:
    """The road of a matter, from the asking to the notice."""

    def __init__(self, asker: Asker, story: View, area: str) -> None:
        self._asker = asker
        self._story = story
        self._area = area
        self._actor = Actor(ME, "clerk", area)

    async def step(self, today: date) -> None:
        """Take the next step of today's matter, and follow it to its end. Raises Lost."""
        correlation = clock.new_id()
        with (
            log.about(correlation),
            telemetry.span("synthetic step", correlation, correlation),
        ):
            async with _leg("answered"):
                await asyncio.gather(*map(self._answers, SERVICES))
                told = await self._told(correlation)
            async with _leg("decided"):
                name, position = await self._next(today, correlation)
            async with _leg("shown"):
                while not await self._story.wait("topics", position):
                    pass
            if name == "ReturnLeadForFix":
                async with _leg("told"):
                    while await self._told(correlation) == told:
                        await pause(AGAIN_S)

    async def _next(self, today: date, correlation: UUID) -> tuple[str, int]:
        """Which step it was, and where it stands in the log."""
        lead = self._lead(today)
        try:
            with suppress(Refused):  # It waits to be screened.
                return await self._ask("ResubmitLead", lead, correlation)
            return await self._ask("ReturnLeadForFix", lead, correlation)
        except Missing:
            with suppress(Missing):
                yesterday = self._lead(today - timedelta(days=1))
                await self._ask("ScreenOutLead", yesterday, correlation)
            return await self._ask("SubmitLead", lead, correlation)

    async def _ask(self, name: str, lead: UUID, correlation: UUID) -> tuple[str, int]:
        data = {"lead_id": str(lead), **WORDS[name]}
        if name == "SubmitLead":
            data["area"] = self._area
        answer = await self._asker.ask(
            "topics", name, data, self._actor, clock.new_id(), correlation
        )
        return name, answer["position"]

    async def _told(self, correlation: UUID) -> str:
        """The last notice to whoever brought the matter; '' before the first."""
        asked = {"reader": ME, "role": self._actor.role, "area": self._area, "most": 1}
        answer = await self._asker.question(
            "notify", "NoticesOfReader", asked, self._actor, correlation
        )
        return str(answer["rows"][0]["notice_id"]) if answer["rows"] else ""

    async def _answers(self, service: str) -> None:
        await self._asker.operate(service, "State", {}, WATCHER, clock.new_id())

    def _lead(self, day: date) -> UUID:
        return uuid5(NAMESPACE_OID, f"tongxin synthetic {self._area} {day}")


@asynccontextmanager
async def _leg(name: str) -> AsyncIterator[None]:
    began = perf_counter()
    try:
        async with asyncio.timeout(LEG_S):
            yield
    except (No, TimeoutError) as error:
        raise Lost(name) from error
    LEG_SECONDS.labels(name).observe(perf_counter() - began)
