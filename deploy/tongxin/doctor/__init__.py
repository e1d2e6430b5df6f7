"""Looks at everything that a platform needs, and says in words what is wrong with it."""

import asyncio
from collections.abc import AsyncIterator, Callable

from deploy.tongxin.doctor import facts, files, machine, replicas, servers
from deploy.tongxin.doctor.finding import Finding, Limits
from deploy.tongxin.home import Home, NothingRuns, names
from deploy.tongxin.servers import Servers
from deploy.tongxin.status import running, standing

__all__ = ["Finding", "Limits", "examine"]

LOOK_S = 30.0

Look = Callable[[Servers, Limits], AsyncIterator[Finding]]

LOOKS: tuple[Look, ...] = (
    servers.postgres,
    servers.nats,
    facts.schemas,
    facts.streams,
    facts.readers,
    facts.letters,
    replicas.replicas,
)
"""Those that need servers; the first that cannot look says what it was missing."""


async def examine(home: Home, limits: Limits) -> list[Finding]:
    """Everything that is wrong here. Raises NothingRuns where nothing was started.

    Where others run the servers, services run where others start them: there is no process here.
    """
    there = running(home)
    if there.own and not standing(home):
        raise NothingRuns("nothing runs here; `make run` starts it")
    found = [*machine.machine(home, limits), *files.files()]
    for look in LOOKS:
        found += await _looked(look, there, limits)
    return list(dict.fromkeys(found))


async def _looked(look: Look, there: Servers, limits: Limits) -> list[Finding]:
    """What one look finds; that it could not look is a finding, too."""
    try:
        async with asyncio.timeout(LOOK_S):
            return [finding async for finding in look(there, limits)]
    except Exception as error:
        what = f"{look.__name__} could not be looked at: {error!r}"
        return [Finding("look", what, f"see the logs in {names([there.home.data / 'logs'])}")]
