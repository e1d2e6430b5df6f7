"""The scenarios of acceptance: stories in `stories/*.toml`, told to a platform of their own."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import httpx
import orjson

from deploy.tongxin.demo import Teller
from deploy.tongxin.home import read_json
from deploy.tongxin.servers import Servers
from deploy.tongxin.story import Matter, Step, accounts, read
from deploy.tongxin.world import Told as Moment
from deploy.tongxin.world import World
from services.portal.edge.people.newcomers import Newcomer, account_of, open_accounts
from shared.kernel.envelope import Envelope
from shared.kernel.message import Actor
from shared.runtime import clock
from shared.runtime.asker import Asker
from shared.runtime.jetstream import connect
from shared.runtime.settings import Settings
from shared.runtime.vault import Vault
from tests.platform import Platform
from tests.portal.conftest import PASSWORD
from tests.portal.test_pages import log_in
from tests.telling import NotingAsker, Told

FOLDER = Path(__file__).with_name("stories")
NOBODY = Actor(str(uuid4()), "ballot", "511623000000")
"""Who casts a ballot: whoever holds its code, under a name made up for it."""

VERSIONS = ("first-version", "second-version")
"""Stories that are told before and after a charter changes."""

Logs = dict[str, list[Envelope]]


@dataclass(frozen=True)
class Page:
    """What a reader finds, in this order, on the page of a matter, and what nowhere."""

    key: str
    matter_id: UUID
    by: str
    says: Sequence[str]
    hides: Sequence[str]

    @property
    def path(self) -> str:
        """Where it is."""
        return f"/matters/{self.matter_id}"


def matters() -> list[Matter]:
    """All of them; the same ones whenever they are read."""
    return read("scenarios", folder=FOLDER)


def told_at_once() -> list[Matter]:
    """Those that need not wait for another version of a charter."""
    return [one for one in matters() if one.key not in VERSIONS]


def pages() -> list[Page]:
    """Every page that these promise."""
    return [page for page in all_pages() if page.key not in VERSIONS]


def all_pages() -> list[Page]:
    """Every page that a story promises."""
    files = sorted(FOLDER.glob("[0-9]*.toml"))
    told = [tomllib.loads(file.read_text("utf-8"))["page"] for file in files]
    return [
        Page(one.key, stream(one, page["of"]), page["by"], page["says"], page.get("hides", ()))
        for one, all_ in zip(matters(), told, strict=True)
        for page in all_
    ]


def matter(key: str) -> Matter:
    """One of them."""
    return next(one for one in matters() if one.key == key)


def part(of: Matter, first: int, last: int | None = None) -> Matter:
    """Some of its steps."""
    return Matter(of.key, of.title, of.steps[first:last])


def stream(of: Matter, name: str) -> UUID:
    """An id of the matter, by the name of the field it stands in."""
    return next(UUID(step.data[name]) for step in of.steps if name in step.data)


def facts(logs: Logs, key: str, *types: str) -> list[Envelope]:
    """The facts of a matter's own streams, or those of these types, service by service.

    What exchange tells the public of them again, under the same names, is left out.
    """
    streams = {
        str(value) for step in matter(key).steps for name, value in step.data.items()
        if name.endswith("_id")
    }  # fmt: skip
    return [
        fact for service, log in logs.items() if service != "exchange" for fact in log
        if str(fact.stream) in streams and (not types or fact.type in types)
    ]  # fmt: skip


def text_of(page: str) -> str:
    """What stands on a page, without what it is drawn with."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def missing_from(page: str, promised: Page) -> list[str]:
    """What a page should say and does not, from there on, and what it says and should not."""
    text, at = text_of(page), 0
    for number, sentence in enumerate(promised.says):
        found = text.find(sentence, at)
        if found < 0:
            return [*promised.says[number:], text[at:]]
        at = found + len(sentence)
    return [one for one in promised.hides if one in text]


async def seen(stage: Platform, login: str, path: str) -> httpx.Response:
    """A page, as somebody is shown it."""
    url = read_json(stage.home.run_file)["url"]
    async with httpx.AsyncClient(base_url=url, timeout=20) as client:
        await log_in(client, login)
        return await client.get(path)


def newcomers() -> list[Newcomer]:
    """Everybody in the stories."""
    return [Newcomer(password=PASSWORD, **vars(one)) for one in accounts(FOLDER)]


async def tell(servers: Servers, settings: Settings) -> Told:
    """Let them in, write down what is past, and ask the rest of the running services."""
    told = Told()
    client = await connect(servers.login("portal"), "scenarios")
    try:
        async with asyncpg.create_pool(servers.service_dsn("portal"), min_size=0) as pool:
            people = await open_accounts(Asker(client), pool, newcomers())
            vault = Vault(pool)

            async def seal(login: str, text: str) -> str:
                return await vault.seal(account_of(login), text)

            await _write_past(servers, settings, people)
            present = [
                Matter(one.key, one.title, [step for step in one.steps if step.at is None])
                for one in told_at_once()
            ]
            actors = {**people, "nobody": NOBODY}
            await Teller(NotingAsker(client, told), actors, seal, told.note).tell_all(present)
    finally:
        await client.close()
    return told


async def _write_past(servers: Servers, settings: Settings, people: Mapping[str, Actor]) -> None:
    """What was done before today, and what clocks said since then."""
    steps = [
        _moment(step, step.at, people)
        for one in matters() for step in one.steps if step.at
    ]  # fmt: skip
    async with World.open(servers.admin_dsn, servers.service_dsn, settings) as world:
        await world.tell(steps, until=clock.now())


def _moment(step: Step, at: datetime, people: Mapping[str, Actor]) -> Moment:
    command = step.command.model_validate_json(orjson.dumps(step.data))
    return Moment(at, people[step.who], step.service, command, step.id, step.refused)


def day(at: datetime) -> date:
    """The calendar day in China."""
    return at.astimezone(clock.SHANGHAI).date()
