"""Keeps the files that a form brought with what they belong to, and lists what is kept.

A page that takes files calls `stage_files` before its command and `keep_staged` after it, or
`keep_files` where there is no command; it shows them by `files_of` and the macro `files`.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from services.portal.edge.files.kinds import JPEG, harmless
from services.portal.edge.filling import Upload
from services.portal.edge.patience import Patience
from services.portal.edge.site import Site
from services.portal.edge.visit import Visit
from services.portal.edge.who import Person
from services.portal.projections.files import FILES
from services.portal.words import CONFIDANTS, RESIDENT
from shared.kernel.errors import Invalid, No, Refused
from shared.kernel.message import Actor
from shared.runtime import clock, log

BROUGHT_MAX = 160
SHOWN_S = 5.0
"""How long whoever brings a file waits for it to show, before they go on all the same."""

_brought = Patience(BROUGHT_MAX)
_one_at_a_time = asyncio.Semaphore(1)
"""A picture may take 200 MB to look at: never two of them at once."""


@dataclass(frozen=True)
class Kept:
    """A kept file, as lists show it. Without a name its subject was erased or is locked."""

    file_id: UUID
    subject_id: UUID
    name: str | None
    media: str
    size: int
    purpose: str
    public: bool
    keeper: str
    kept_at: datetime

    @property
    def is_picture(self) -> bool:
        """Whether there is a small picture of it to show."""
        return self.media == JPEG


@dataclass(frozen=True)
class Purpose:
    """Why files are kept, and who may see them."""

    name: str
    public: bool = False


async def stage_files(visit: Visit, subject_id: UUID) -> list[UUID]:
    """Lay by what the form brought, less what it says to `drop`; all that is laid by for it.

    Raises Invalid or Refused for the first that is wrong: all others are laid by all the same.
    """
    chest = visit.site.chest
    wrong: No | None = visit.form.refused
    for file_id in dropped(visit):
        await chest.drop(subject_id, file_id)
    for one in visit.form.files:
        try:
            await stage(visit, subject_id, one)
        except (Invalid, Refused) as no:
            wrong = wrong or no
    if wrong:
        raise wrong
    return [row["file_id"] for row in await chest.staged(subject_id)]


async def stage(visit: Visit, subject_id: UUID, one: Upload) -> None:
    """Lay one file by. Raises Invalid or Refused."""
    _brought.count(_who(visit), clock.now())
    content = await one.read()
    async with _one_at_a_time:
        made = await asyncio.to_thread(harmless, one.name, content)
    await visit.site.chest.stage(subject_id, made)


async def keep_staged(
    visit: Visit, subject_id: UUID, area: str, purpose: Purpose, actor: Actor | None = None
) -> list[UUID]:
    """Say that what is laid by for a subject is kept with it, and wait for it. Raises a No."""
    site, kept, position = visit.site, [], 0
    for row in await site.chest.staged(subject_id):
        file_id: UUID = row.pop("file_id")
        data = {
            **row,
            "file_id": str(file_id),
            "area": area,
            "subject_id": str(subject_id),
            "purpose": purpose.name,
            "public": purpose.public,
        }
        answer = await site.asker.ask(
            "portal", "KeepFile", data, actor or _actor(visit, area),
            uuid5(file_id, "keep"), log.correlation(),
        )  # fmt: skip
        position = answer["position"]
        await site.chest.keep(file_id)
        kept.append(file_id)
    if kept:  # Open pages are not told of files: whoever goes on must find them there.
        await site.views[FILES].wait("portal", position, SHOWN_S)
    return kept


async def keep_files(visit: Visit, subject_id: UUID, area: str, purpose: Purpose) -> list[UUID]:
    """Keep what the form brought with a subject. Raises a No."""
    await stage_files(visit, subject_id)
    return await keep_staged(visit, subject_id, area, purpose)


async def files_of(site: Site, subject_ids: Iterable[UUID]) -> list[Kept]:
    """What is kept with these subjects, the oldest first."""
    rows = await site.views[FILES].ask("of subjects", subject_ids=list(subject_ids))
    names = await site.vault.unseal(row["name"] for row in rows)
    fields = Kept.__dataclass_fields__
    told = [{**dict(row), "name": names.get(row["name"])} for row in rows]
    return [Kept(**{name: row[name] for name in fields}) for row in told]


async def files_seen(visit: Visit, row: Mapping[str, Any]) -> list[Kept]:
    """What is kept with a matter and the lead it came from, for whoever looks at its page."""
    subjects = [one for one in (row["lead_id"], row["matter_id"]) if one]
    me, role = str(visit.person.account_id), visit.person.actor.role
    return [
        one
        for one in await files_of(visit.site, subjects)
        if one.purpose != "photo" or one.public or role in CONFIDANTS or one.keeper == me
    ]


async def staged_of(site: Site, subject_id: UUID) -> list[tuple[UUID, str]]:
    """What is laid by for a form that comes back, by id and name."""
    rows = await site.chest.staged(subject_id)
    names = await site.vault.unseal(row["name"] for row in rows)
    return [(row["file_id"], names.get(row["name"]) or "") for row in rows]


def dropped(visit: Visit) -> list[UUID]:
    """The files that the form says not to keep; what is no id is passed over."""
    came = visit.filled.get("drop", [])
    found = []
    for one in [came] if isinstance(came, str) else came:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found


def _who(visit: Visit) -> str:
    if isinstance(visit.who, Person):
        return str(visit.who.account_id)
    return visit.request.client.host if visit.request.client else ""


def _actor(visit: Visit, area: str) -> Actor:
    if isinstance(visit.who, Person) and visit.who.current:
        return visit.who.actor
    return Actor("public", RESIDENT, area)
