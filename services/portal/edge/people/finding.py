"""Accounts as operators look for them: by name or login, role, area and state, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from services.portal.edge.visit import PAGE, Visit

STATES = ("in-office", "no-office", "closed")
NAMED_MAX = 10_000
"""Names are ciphertext in the view; to look for one, those of so many accounts are opened."""


@dataclass(frozen=True)
class Found:
    """The accounts of one page, and what was asked for."""

    accounts: Sequence[Mapping[str, Any]]
    count: int
    asked: Mapping[str, str]
    areas: Sequence[str]
    granters: Mapping[str, str]
    """The names of those who appointed them, by account."""

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.count // PAGE)

    @property
    def is_filtered(self) -> bool:
        """Whether there may be more without what was asked for."""
        return any(self.asked.values())

    def link(self, page: int) -> str:
        """The address of a page of these."""
        return "/accounts?" + urlencode({k: v for k, v in self.asked.items() if v} | {"page": page})


async def find(visit: Visit, roles: Sequence[str], who: str = "", most: int = 0) -> Found:
    """What the address asks for within the own area; `who` instead, if it is given.

    So many at `most` are all on one page.
    """
    asked = {"who": who, "role": "", "area": "", "state": ""} if who else _asked(visit, roles)
    people, site = visit.site.people, visit.site
    within = visit.person.actor.area
    areas = await people.ask("areas of accounts", prefixes=site.prefixes(within))
    page = {"most": most, "skipped": 0} if most else visit.window
    window = {"most": NAMED_MAX, "skipped": 0} if asked["who"] else page
    rows = await people.ask(
        "found", prefixes=site.prefixes(asked["area"] or within), role=asked["role"],
        state=asked["state"], today=visit.today, **window,
    )  # fmt: skip
    names = await site.vault.unseal(row["name"] for row in rows)
    count = rows[0]["found"] if rows else 0
    if asked["who"]:
        rows = [row for row in rows if _is(asked["who"], row, names)]
        count, first = len(rows), page["skipped"]
        rows = rows[first : first + page["most"]]
    offices = await people.ask("offices of", account_ids=[row["account_id"] for row in rows])
    return Found(
        accounts=[_with_offices(row, names, offices) for row in rows],
        count=count,
        asked=asked,
        areas=[row["area"] for row in areas],
        granters=await site.names(one["granted_by"] for one in offices),
    )


def _asked(visit: Visit, roles: Sequence[str]) -> dict[str, str]:
    role, area, state = (visit.query(name) for name in ("role", "area", "state"))
    areas = visit.site.areas
    own = area in areas and areas.contains(visit.person.actor.area, area)
    return {
        "who": visit.query("who"),
        "role": role if role in roles else "",
        "area": area if own else "",
        "state": state if state in STATES else "",
    }


def _is(who: str, row: Mapping[str, Any], names: Mapping[str, str | None]) -> bool:
    return who.lower() in row["login"] or who in (names.get(row["name"]) or "")


def _with_offices(
    row: Mapping[str, Any],
    names: Mapping[str, str | None],
    offices: Sequence[Mapping[str, Any]],
) -> Mapping[str, Any]:
    account: UUID = row["account_id"]
    held = [one for one in offices if one["account_id"] == account]
    return {**row, "name": names.get(row["name"]), "name_sealed": row["name"], "held": held}
