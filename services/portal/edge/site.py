"""What every page works with."""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from services.portal.edge.api.keys import Keys
from services.portal.edge.api.meter import Meter
from services.portal.edge.boards.loop import Loop
from services.portal.edge.catalogue import Catalogue
from services.portal.edge.door import Door
from services.portal.edge.files.chest import Chest
from services.portal.edge.meeting.codes import Codes
from services.portal.edge.operate.watch import Watch
from services.portal.edge.paper.jobs import Jobs
from services.portal.pages.facts import Fact
from services.portal.pages.render import Pages, pages_in
from services.portal.pages.teller import Teller
from services.portal.pages.texts import CHINESE
from services.portal.projections.matters import MATTERS
from services.portal.projections.people import PEOPLE
from services.portal.projections.story import STORY
from services.portal.rules import PortalRules
from shared.runtime import clock
from shared.runtime.areas import Areas
from shared.runtime.asker import Asker
from shared.runtime.asof import AsOf
from shared.runtime.charter import Charter, Charters
from shared.runtime.vault import Vault, is_sealed
from shared.runtime.view import View, Views


@dataclass(frozen=True)
class Site:
    """The portal's views, its way to the other services, and what its pages are drawn with."""

    pages: Pages
    door: Door
    keys: Keys
    vault: Vault
    chest: Chest
    asker: Asker
    catalogue: Catalogue
    charters: Charters
    areas: Areas
    views: Views
    past: AsOf
    loop: Loop
    watch: Watch
    jobs: Jobs
    codes: Codes
    public_url: str = ""
    """Where people reach the portal; empty: wherever they asked."""
    quotas: Meter = field(default_factory=Meter)
    """How often each agency's programs asked, at whichever of the doors for them."""
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def story(self) -> View:
        """Every fact, matter by matter."""
        return self.views[STORY]

    @property
    def matters(self) -> View:
        """Leads and topics, and where they stand."""
        return self.views[MATTERS]

    @property
    def people(self) -> View:
        """Accounts and appointments."""
        return self.views[PEOPLE]

    def speaking(self, language: str) -> "Site":
        """The same site, whose pages and sentences are told in another language."""
        return self if language == CHINESE else replace(self, pages=pages_in(language))

    def charter(self, area: str) -> Charter:
        """The rules in force in an area today."""
        return self.charters.current(area, clock.today())

    def rules(self, charter: Charter) -> PortalRules:
        """What a charter says to the portal."""
        return charter.rules("portal", PortalRules)

    def teller(
        self,
        charter: Charter,
        names: Mapping[str, str] | None = None,
        private: Mapping[str, str | None] | None = None,
    ) -> Teller:
        """Tells facts in the words of a charter."""
        words = self.rules(charter).words
        return Teller(self.pages.texts, self.catalogue.facts, words, names or {}, private)

    def step_name(self, charter: Charter, service: str, command: str) -> str:
        """A command as a charter calls it, or else its service. Raises Missing or Unavailable."""
        usual: str = self.catalogue.command(service, command)["label"]
        return self.teller(charter).name(command, usual)

    def prefixes(self, area: str, on: date | None = None) -> list[str]:
        """LIKE patterns of the areas whose matters count in this one, today or on another day."""
        return self.areas.counted(area, on)

    def full_name(self, code: str) -> str:
        """An area with those above it, from the county down."""
        names = [self.areas.name(above) for above in self.areas.path(code)]
        return " ".join(names[2:] or names)

    async def names(self, accounts: Iterable[str]) -> dict[str, str]:
        """The names of people by account, or what became of them; who is no account has none."""
        ids = [found for one in set(accounts) if (found := _uuid(one))]
        rows = await self.people.ask("named", account_ids=ids)
        clear = await self.vault.unseal(row["name"] for row in rows)
        named = {str(row["account_id"]): clear.get(row["name"]) or self._gone(row) for row in rows}
        return {account: name for account, name in named.items() if name}

    def _gone(self, row: Mapping[str, Any]) -> str:
        """What a closed account is called: of who is erased not even ciphertext is shown."""
        texts = self.pages.texts.matter
        if not row["name"]:
            return str(texts.erased)
        return str(texts.locked) if row["closed"] else ""

    async def private(self, facts: Iterable[Fact]) -> dict[str, str | None]:
        """What the sealed texts of these facts say."""
        return await self.vault.unseal(
            value for fact in facts for value in fact.data.values() if is_sealed(value)
        )


def site_of(
    views: Views,
    asker: Asker,
    charters: Charters,
    areas: Areas,
    pool: asyncpg.Pool,
    past: AsOf,
) -> Site:
    """What the pages work with, in this process."""
    catalogue = Catalogue(asker)
    vault = Vault(pool)
    shown = (views[MATTERS], views[STORY], views[PEOPLE])
    return Site(
        pages=pages_in(CHINESE),
        door=Door(pool),
        keys=Keys(pool),
        vault=vault,
        chest=Chest(pool, vault),
        asker=asker,
        catalogue=catalogue,
        charters=charters,
        areas=areas,
        views=views,
        past=past,
        codes=Codes(pool),
        loop=Loop(*shown, charters, areas, catalogue.roles, pool),
        watch=Watch(asker, views),
        jobs=Jobs(pool),
    )


async def clear_names(site: Site, people: Collection[str]) -> dict[str, str]:
    """What accounts and sealed names are called; one that is gone or locked is told to be so."""
    unsealed = await site.vault.unseal(filter(is_sealed, people))
    accounts = await site.names(one for one in people if not is_sealed(one))
    texts = site.pages.texts.matter

    def gone(one: str) -> str:
        locked = is_sealed(one) and one not in unsealed
        return _else(one, str(texts.locked if locked else texts.erased))

    return {one: unsealed.get(one) or accounts.get(one) or gone(one) for one in people}


async def with_names(
    site: Site, rows: Sequence[Mapping[str, Any]], keys: Sequence[str]
) -> list[Mapping[str, Any]]:
    """The rows with the people listed under these keys called by their names."""
    people = {one for row in rows for key in keys for one in row[key]}
    clear = await clear_names(site, people) if people else {}
    told = [{key: "、".join(clear[one] for one in row[key]) for key in keys} for row in rows]
    return [{**row, **names} for row, names in zip(rows, told, strict=True)]


def accounts_in(facts: Iterable[Fact], fields: Iterable[str]) -> set[str]:
    """The accounts that said these facts, or are named in these fields of them."""
    told: list[Any] = [fact.data.get(name) for fact in facts for name in fields]
    return {fact.who for fact in facts} | {one for one in told if one}


def _else(one: str, gone: str) -> str:
    """Who has no account was perhaps entered by office: that stands as it is."""
    return gone if is_sealed(one) or _uuid(one) else one


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
