"""What every replica says of itself: whether it has what it needs, and who leads."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from deploy.tongxin.doctor.finding import Finding, Limits, book
from deploy.tongxin.home import SERVICES
from deploy.tongxin.servers import Servers
from shared.kernel.areas import EVERYWHERE
from shared.kernel.message import Actor
from shared.runtime.asker import Asker
from shared.runtime.jetstream import connected

DOCTOR = Actor("tongxin:doctor", "operator", EVERYWHERE)
EACH_S = 1.0

Told = Sequence[Mapping[str, Any]]


async def replicas(there: Servers, _limits: Limits) -> AsyncIterator[Finding]:
    """Ask all of them."""
    builds: dict[str, list[str]] = {}
    async with connected(there.login("portal"), "doctor") as client:
        asker = Asker(client)
        for service in SERVICES:
            told = await asker.each(service, DOCTOR, EACH_S)
            for finding in _of(service, told):
                yield finding
            for one in told:
                builds.setdefault(one["build"], []).append(f"{service} ({one['pid']})")
    if len(builds) > 1:
        listed = "; ".join(f"{build}: {', '.join(who)}" for build, who in builds.items())
        yield Finding(
            "build",
            f"replicas of {len(builds)} builds run beside each other: {listed}",
            "end the upgrade: start again those of the older build",
            book("mixed-builds"),
            serious=False,
        )


def _of(service: str, told: Told) -> list[Finding]:
    if not told:
        what = f"no replica of {service} answers over NATS"
        return [
            Finding(service, what, "see whether it runs: `tongxin status`", book("service-gone"))
        ]
    found = [
        Finding(
            service,
            f"{service} (process {one['pid']}) misses: {', '.join(missing)}",
            "see what it logs; what it misses comes back by itself once that is there",
            book("replica-not-ready"),
        )
        for one in told
        if (missing := [part for part, ready in one["ready"].items() if not ready])
    ]
    if not any(one["leads"] for one in told):
        what = f"no replica of {service} leads: it says, shows and does nothing by itself"
        found.append(Finding(service, what, "wait ten seconds, look again", book("nobody-leads")))
    return found
