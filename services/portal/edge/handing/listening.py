"""What agencies' programs hand over on NATS, as a request on `hand.<agency_id>`.

The server lets each agency publish on its own subject alone, so the subject says who it is.
"""

import asyncio
from uuid import UUID

import orjson
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error

from services.portal.edge.gate import as_no, in_time
from services.portal.edge.handing.holder import holder_of
from services.portal.edge.handing.receiving import hand_over, read
from services.portal.edge.site import Site
from shared.kernel.errors import Invalid
from shared.runtime import log
from shared.runtime.problems import problem

SUBJECT, GROUP = "hand.*", "portal"
SIDE_BY_SIDE_MAX = 32

_log = log.logger()


async def listen(site: Site, nats: Client) -> None:
    """Answer until the portal stops; every replica takes its share."""
    free = asyncio.Semaphore(SIDE_BY_SIDE_MAX)

    async def on(message: Msg) -> None:
        async with free:
            try:
                answer = await in_time(_answer(site, message))
            except Exception as error:
                answer = problem(as_no(error))
        if message.reply:
            await message.respond(orjson.dumps(answer, default=str))

    subscription = await nats.subscribe(SUBJECT, queue=GROUP, cb=on)
    await site.stopping.wait()
    try:
        await subscription.unsubscribe()
    except Error as away:
        _log.info("nobody to leave", reason=type(away).__name__)


async def _answer(site: Site, message: Msg) -> dict[str, object]:
    try:
        agency_id = UUID(message.subject.partition(".")[2])
    except ValueError as error:
        raise Invalid("malformed", subject=message.subject) from error
    return await hand_over(site, await holder_of(site, agency_id), read(message.data))
