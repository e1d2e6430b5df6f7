"""Tells the demo's story to a running platform, and remembers what was answered."""

from dataclasses import dataclass, field
from typing import Any

from deploy.tongxin.demo import Teller
from deploy.tongxin.servers import Servers
from deploy.tongxin.story import Matter, Step, read
from shared.kernel.errors import No
from shared.runtime.asker import Answer, Asker
from shared.runtime.jetstream import connect
from tests.platform import people, sealed


@dataclass
class Told:
    """What came of a story: what was acknowledged, and what was refused as foreseen."""

    acknowledged: list[tuple[str, str, Answer]] = field(default_factory=list)
    """Service, command id and answer."""

    refused: list[tuple[Step, No]] = field(default_factory=list)

    def note(self, _matter: Matter, step: Step, no: No | None) -> None:
        """As the teller wants to be listened to."""
        if no:
            self.refused.append((step, no))


class NotingAsker(Asker):
    """Asks, and writes down what was acknowledged."""

    def __init__(self, nats: Any, told: Told) -> None:
        super().__init__(nats)
        self.told = told

    async def ask(self, service: str, command: str, *rest: Any, **named: Any) -> Answer:
        """As an Asker does."""
        answer = await super().ask(service, command, *rest, **named)
        command_id = rest[2]
        self.told.acknowledged.append((service, str(command_id), answer))
        return answer


async def tell(servers: Servers, telling: str) -> Told:
    """Tell all matters from their beginning to their end; another `telling` is another story."""
    told = Told()
    client = await connect(servers.login("portal"), "story")
    try:
        await Teller(NotingAsker(client, told), people(), sealed, told.note).tell_all(read(telling))
    finally:
        await client.close()
    return told
