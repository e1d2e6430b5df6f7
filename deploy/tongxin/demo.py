"""Tells the demo's matters through the same commands as everybody else's.

Everything has an id that follows from the story, so a demo that was interrupted is told again from
its beginning, and nothing is doubled.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from time import monotonic
from typing import Any

import asyncpg

from deploy.tongxin import year
from deploy.tongxin.home import Trouble, write_json
from deploy.tongxin.servers import Servers
from deploy.tongxin.story import NEIGHBOURS, PROGRAMS, Account, Matter, Step, accounts, read
from services.portal.edge.people.newcomers import Newcomer, account_of, open_accounts
from shared.kernel import areas
from shared.kernel.errors import No, Unavailable
from shared.kernel.message import Actor
from shared.runtime.asker import Asker
from shared.runtime.jetstream import connect
from shared.runtime.vault import Vault

PATIENCE_S = 60.0  # Servers that were killed come back within it, and so do notes on their way.
PAUSE_S = 0.05

Seal = Callable[[str, str], Awaitable[str]]
"""What a person (by login) said, as only the vault can read it."""

Tell = Callable[[Matter, Step, No | None], None]
"""Called after each step, with the refusal if there was one."""


def password(servers: Servers) -> str:
    """The one that all people of the demo have here; short, for it is typed by hand."""
    return servers.home.password("demo", lambda: f"tongxin-{secrets.randbelow(10**6):06}")


def cast(servers: Servers) -> list[Account]:
    """Those who act in the demo."""
    return [*accounts(), *accounts(NEIGHBOURS), *year.people(servers)]


def people(servers: Servers) -> list[Newcomer]:
    """The same, as they are let in."""
    return [Newcomer(password=password(servers), **vars(one)) for one in cast(servers)]


def matters() -> list[Matter]:
    """What is told, on the first start."""
    return [*read(), *read(folder=NEIGHBOURS)]


def is_told(servers: Servers) -> bool:
    """Whether the demo was told here to its end."""
    return (servers.home.data / "demo.json").exists()


async def load(servers: Servers, tell: Tell) -> None:
    """Let the people of the demo in, and tell their matters. Raises Trouble, ExceptionGroup."""
    client = await connect(servers.login("portal"), "tongxin demo")
    try:
        async with asyncpg.create_pool(
            servers.service_dsn("portal"), min_size=0, max_size=2
        ) as pool:
            asker, vault = Asker(client), Vault(pool)

            async def seal(login: str, text: str) -> str:
                return await vault.seal(account_of(login), text)

            actors = await patiently(lambda: open_accounts(asker, pool, people(servers)))
            await Teller(asker, actors, seal, tell).tell_all(matters())
    finally:
        await client.close()
    write_json(servers.home.data / "demo.json", {"told": True})


def _never(_no: No) -> bool:
    return False


async def patiently[T](
    ask: Callable[[], Awaitable[T]], is_early: Callable[[No], bool] = _never
) -> T:
    """Ask again while the answer is "not now", or one that only means: not yet."""
    deadline = monotonic() + PATIENCE_S
    while True:
        try:
            return await ask()
        except No as no:
            passes = isinstance(no, Unavailable) or is_early(no)
            if not passes or monotonic() > deadline:
                raise
        await asyncio.sleep(PAUSE_S)


def not_for_that(step: Step, no: No) -> bool:
    """Whether it is refused as foreseen, but for other facts: a note may be on its way."""
    return no.code == step.refused and not step.because.items() <= no.facts.items()


class Teller:
    """Asks what the story says, as the people of the story."""

    def __init__(self, asker: Asker, people: Mapping[str, Actor], seal: Seal, tell: Tell) -> None:
        self._asker = asker
        self._people = people
        self._seal = seal
        self._tell = tell

    async def tell_all(self, matters: Sequence[Matter]) -> None:
        """All matters at once, each in its own order. Raises Trouble when one cannot go on."""
        tellings = [asyncio.create_task(self._tell_one(matter)) for matter in matters]
        try:
            await asyncio.gather(*tellings)
        finally:
            for telling in tellings:
                telling.cancel()

    async def _tell_one(self, matter: Matter) -> None:
        for step in matter.steps:
            data = await self._sealed(step)
            try:
                refusal = await self._take(step, data)
            except No as no:
                who = f"{step.command.__name__} by {step.who}"
                raise Trouble(f"{matter.title}: {who}: {no}") from no
            self._tell(matter, step, refusal)

    async def _take(self, step: Step, data: dict[str, Any]) -> No | None:
        """The refusal, where the story foresees it. Raises every other No.

        What should be refused and is not was accepted in an earlier run, when its time had come.
        """
        actor, name = self._actor(step), step.command.__name__
        try:
            await patiently(
                lambda: self._asker.ask(step.service, name, data, actor, step.id, step.id),
                lambda no: no.code in step.wait - {step.refused} or not_for_that(step, no),
            )
        except No as no:
            if no.code != step.refused or not_for_that(step, no):
                raise
            return no
        return None

    def _actor(self, step: Step) -> Actor:
        """A person; or the programs of an agency, which are known by its id."""
        if step.who != PROGRAMS:
            return self._people[step.who]
        agency, county = step.data["agency_id"], areas.county(step.data["area"])
        return Actor(f"agency:{agency}", "agency", f"{county}000000", agency)

    async def _sealed(self, step: Step) -> dict[str, Any]:
        fields = step.command.model_json_schema()["properties"]
        private = [name for name in step.data if fields[name].get("sealed")]
        return step.data | {name: await self._seal(step.who, step.data[name]) for name in private}
