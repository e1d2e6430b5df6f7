"""Whose private words are where: the keys that seal what is known of a person."""

from dataclasses import dataclass
from uuid import UUID

from services.portal.edge.site import Site
from services.portal.projections.files import FILES
from services.portal.projections.members import MEMBERS
from shared.runtime.vault import persons_in

KINDS = ("lead", "account", "member", "talent")


@dataclass(frozen=True)
class Sealed:
    """What is sealed for one subject: where it belongs, the keys, and in how many records."""

    subject_id: UUID
    area: str
    keys: frozenset[UUID]
    records: int


async def find(site: Site, of: str, number: str) -> UUID | None:
    """The subject by what people know of it: a receipt, a login, or an id."""
    if of == "lead":
        digits = "".join(sign for sign in number if sign.isdecimal())
        for row in await site.matters.ask("by receipt", receipt=digits):
            return UUID(str(row["matter_id"]))
    if of == "account":
        for row in await site.people.ask("by login", login=number.lower()):
            return UUID(str(row["account_id"]))
    try:
        return UUID(number)
    except ValueError:
        return None


async def sealed_for(site: Site, of: str, subject_id: UUID) -> Sealed | None:
    """All that is sealed for a subject; None where there is no such subject.

    To an account belong the matters its person brought, and the memberships under it.
    """
    if of != "account":
        return await _in_streams(site, subject_id, [subject_id], {subject_id})
    rows = await site.people.ask("named", account_ids=[subject_id])
    if not rows:
        return None
    account = str(subject_id)
    leads = await site.matters.ask("leads of account", account=account)
    terms = await site.views[MEMBERS].ask("memberships of account", account=account)
    streams = [*(row["matter_id"] for row in leads), *(row["member_id"] for row in terms)]
    found = await _in_streams(site, subject_id, streams, {subject_id})
    more = found or Sealed(subject_id, "", frozenset({subject_id}), 0)
    return Sealed(subject_id, rows[0]["area"], more.keys, more.records + 1)


async def _in_streams(
    site: Site, subject_id: UUID, streams: list[UUID], keys: set[UUID]
) -> Sealed | None:
    facts = await site.story.ask("of streams", streams=streams)
    if not facts:
        return None
    files = await site.views[FILES].ask("sealed for subjects", subject_ids=streams)
    texts = [*(fact["data"] for fact in facts), *(file["name"] for file in files)]
    sealed = [persons for text in texts if (persons := persons_in(text))]
    return Sealed(subject_id, facts[0]["area"], frozenset(keys.union(*sealed)), len(sealed))
