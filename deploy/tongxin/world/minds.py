"""All services at once: who hears whom, and what was said and waits to be written."""

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import Sequence

from deploy.tongxin.mend import app_of
from deploy.tongxin.world.logs import Logs
from deploy.tongxin.world.mind import Mind
from shared.kernel.envelope import Envelope
from shared.kernel.errors import No
from shared.kernel.policy import AnyPolicy
from shared.runtime.decision import Asked
from shared.runtime.reactions import asked_because
from shared.runtime.store import Append
from shared.runtime.writer import FACTS_MAX

CHUNK_MAX = FACTS_MAX // 2
"""Commands of one service in a commit; what a step leads to comes on top."""

BREATH = 8
"""After so many steps others get a turn: the commit that is under way."""


class Minds:
    """What is asked of one is heard by the others at once, and written with all they say to it."""

    def __init__(self, minds: dict[str, Mind], logs: Logs) -> None:
        self.logs = logs
        self.said: Counter[str] = Counter()
        """How many facts of each service."""
        self.turned_down: Counter[str] = Counter()
        """How many commands of policies and clocks were refused, by the code."""
        self._minds = minds
        self._hearers: dict[tuple[str, str], list[tuple[Mind, AnyPolicy]]] = defaultdict(list)
        for service, mind in minds.items():
            for policy in app_of(service).policies:
                self._hearers[policy.hears.source, policy.hears.__name__].append((mind, policy))
        self._chunk: dict[str, list[Append]] = {service: [] for service in minds}
        self._breaths = 0

    def __getitem__(self, service: str) -> Mind:
        return self._minds[service]

    @property
    def blank(self) -> bool:
        """Whether nobody has ever said anything."""
        return not any(mind.streams for mind in self._minds.values())

    async def ask(self, service: str, asked: Asked) -> None:
        """Let it be decided, and everybody react to what is said. Raises a No for itself only."""
        said = await self._decide(self._minds[service], asked)
        heard = deque((service, fact) for fact in said)
        while heard:
            source, fact = heard.popleft()
            for hearer, policy in self._hearers.get((source, fact.type), ()):
                for reaction in asked_because(hearer.name, policy, fact, fact.at):
                    said = await self._decide_or_not(hearer, reaction)
                    heard.extend((hearer.name, one) for one in said)

    async def ask_or_not(self, service: str, asked: Asked) -> None:
        """The same, and a no is an answer: a clock may have looked too early."""
        try:
            await self.ask(service, asked)
        except No as no:
            self.turned_down[no.code] += 1

    async def _decide_or_not(self, mind: Mind, asked: Asked) -> Sequence[Envelope]:
        try:
            return await self._decide(mind, asked)
        except No as no:  # An answer, as everywhere.
            self.turned_down[no.code] += 1
            return ()

    async def _decide(self, mind: Mind, asked: Asked) -> Sequence[Envelope]:
        """The new facts, which will be written. Raises a No."""
        stream = mind.stream(asked.command)
        if mind.forgot(stream):
            await self.write()
            mind.recall(stream, await self.logs.read(mind.name, stream))
        decided = mind.decide(asked)
        if decided is None:
            return ()
        new, facts = decided
        self._chunk[mind.name].append(new)
        self.said[mind.name] += len(facts)
        return facts

    async def breathe(self) -> None:
        """Begin a commit where enough is waiting, and let the one under way go on."""
        self._breaths += 1
        if any(len(waiting) >= CHUNK_MAX for waiting in self._chunk.values()):
            await self._begin()
        elif self._breaths % BREATH == 0:
            await asyncio.sleep(0)

    async def _begin(self) -> None:
        chunk, self._chunk = self._chunk, {service: [] for service in self._minds}
        await self.logs.write(chunk)
        for mind in self._minds.values():
            mind.forget()

    async def write(self) -> None:
        """Returns when everything said so far stands in the logs."""
        await self._begin()
        await self.logs.settled()
