"""What notify does to the world: it finds out whom a notice is for, and carries it there.

Only one replica does so at a time; which one is for liveness only. That two at once do no harm is
the doing of the ledger: whoever sends says so first, and only the first to say so may.
"""

import asyncio
import tomllib

import asyncpg

from services.notify.effects.channels import GatewayTable, NotifySettings, Table, Wire
from services.notify.effects.gateways import Gateway
from services.notify.effects.messages import Texts
from services.notify.effects.planner import Planner
from services.notify.effects.sender import Sender
from services.notify.effects.smtp import Email
from services.notify.words.channels import Channel
from shared.runtime.leader import Leader, until
from shared.runtime.log import logger
from shared.runtime.postgres import CONNECT_S
from shared.runtime.replica import Running

CONNECTIONS_MAX = 2
STATEMENT_S = 3.0
GOODBYE_S = 2.0

log = logger()


async def carry_out(running: Running) -> None:
    """Plan and send until the service stops."""
    settings = NotifySettings()
    wires = configured(settings)
    log.info("channels", configured=[wire.channel for wire in wires])
    dsn = running.settings.pg_dsn.get_secret_value()
    async with asyncpg.create_pool(
        dsn, min_size=0, max_size=CONNECTIONS_MAX, timeout=CONNECT_S, command_timeout=STATEMENT_S
    ) as pool:
        effects = Effects(running, pool, wires, Texts.read(settings.site))
        await until(running.stopping, Leader(dsn, "notify effects"), effects.run)
        await effects.finish()


class Effects:
    """The planner and one sender for each channel: a slow one holds up no other."""

    def __init__(
        self, running: Running, pool: asyncpg.Pool, wires: list[Wire], texts: Texts
    ) -> None:
        self._planner = Planner(running, pool, {wire.channel for wire in wires})
        self._senders = [Sender(running, pool, wire, texts) for wire in wires]

    async def run(self) -> None:
        """Work for as long as this replica leads."""
        async with asyncio.TaskGroup() as parts:
            parts.create_task(self._planner.run(), name="planner")
            for sender in self._senders:
                parts.create_task(sender.run(), name=f"sender {sender.channel}")

    async def finish(self) -> None:
        """Let those that are being sent say how it went."""
        under_way = {task for sender in self._senders for task in sender.under_way}
        if under_way:
            await asyncio.wait(under_way, timeout=GOODBYE_S)


def configured(settings: NotifySettings) -> list[Wire]:
    """The channels of the file; none without one. Raises ValidationError, OSError."""
    if settings.channels is None:
        return []
    table = Table.model_validate(tomllib.loads(settings.channels.read_text("utf-8")))
    wires: list[Wire] = [Email(table.email)] if table.email else []
    gateways: dict[Channel, GatewayTable | None] = {
        "sms": table.sms,
        "wecom": table.wecom,
        "dingtalk": table.dingtalk,
        "webhook": table.webhook,
    }
    return wires + [Gateway(name, one) for name, one in gateways.items() if one]
