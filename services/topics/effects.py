"""Says which text of each charter the services work by, and finds one that was changed in place.

Every replica looks, and looks again: to say the same once more is nothing, and a text that is not
the one which came into force is refused, counted, and stays in the alarm until somebody stands for
it. A running matter follows the file all the same: only its digest is in the log, not the text.
"""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from uuid import NAMESPACE_OID, UUID, uuid5

from services.topics.domain.charter.commands import ActivateCharter
from shared.kernel.errors import Refused, Unavailable
from shared.runtime import clock, telemetry
from shared.runtime.areas import Areas
from shared.runtime.charter import DEFAULT, Charters
from shared.runtime.handle import Asked, Handler
from shared.runtime.log import logger
from shared.runtime.past import is_told
from shared.runtime.postgres import AWAY
from shared.runtime.reactions import actor_of
from shared.runtime.replica import Running

LOOK_S = 20.0

_log = logger()


async def read_charters(running: Running) -> None:
    """Look at once, and then every so often, until the service stops."""
    while not running.stopping.is_set():
        try:
            if not await is_told(running.views.pool):
                await look(running.charters, running.areas, running.handler)
        except (*AWAY, Unavailable) as away:
            _log.warning("charters were not looked at", reason=str(away))
        with suppress(TimeoutError):
            await asyncio.wait_for(running.stopping.wait(), LOOK_S)


async def look(charters: Charters, areas: Areas, handler: Handler) -> list[str]:
    """Say what is in force; returns those whose text is another than the one that came so."""
    asked = list(in_force(charters, areas, clock.today()))
    answers = await handler.handle_many([_asked(one) for one in asked])
    changed = [
        one.charter
        for one, answer in zip(asked, answers, strict=True)
        if isinstance(answer, Refused) and answer.code == "text-differs"
    ]
    telemetry.CHARTERS_CHANGED.set(len(changed))
    for charter in changed:
        _log.error("charter is not what came into force", charter=charter)
    return changed


def in_force(charters: Charters, areas: Areas, today: date) -> Iterator[ActivateCharter]:
    """Every version of a county's charter that has come into force; of counties there still are."""
    for charter in map(charters.at, charters.ids()):
        area = charter.place.ljust(12, "0")
        if charter.place == DEFAULT or charter.in_force > today or not areas.in_force(area, today):
            continue
        yield ActivateCharter(
            charter_id=stream_of(charter.id),
            area=area,
            charter=charter.id,
            digest=charter.digest,
            in_force=charter.in_force,
        )


def stream_of(charter: str) -> UUID:
    """The stream of one version."""
    return uuid5(NAMESPACE_OID, f"charter:{charter}")


def _asked(command: ActivateCharter) -> Asked:
    command_id = uuid5(command.charter_id, command.digest)
    return Asked(command, actor_of("topics", "read_charters"), command_id, command_id)
