"""The facts that a score may rest on: what an office has shown in a period, and what is named."""

from collections.abc import Collection, Mapping
from datetime import datetime, time
from typing import Any
from uuid import UUID

from services.portal.edge.site import Site
from services.portal.pages.assessing import Proof, days_of
from services.portal.pages.render import SHANGHAI
from shared.runtime.charter import Charter

PROOFS_MAX = 60
"""How many facts are offered to choose from."""


async def proofs_for(
    site: Site, sheet: Mapping[str, Any], kind: str, name: str, chosen: Collection[UUID]
) -> list[Proof]:
    """What is named already comes first, then what the office showed in the period."""
    since, until = (datetime.combine(day, time(), SHANGHAI) for day in days_of(sheet["period"]))
    towns = {site.areas.name(one): one for one in site.areas.below(sheet["area"])}
    asked = {"since": since, "until": until, "most": PROOFS_MAX}
    own = towns.get(name, "") if kind == "town" else ""
    rows = await site.story.ask(
        "shown in areas",
        prefixes=site.prefixes(own or sheet["area"]),
        name="" if own else name,
        **asked,
    )
    known = {row["id"]: row for row in rows}
    named = await site.story.ask("facts named", ids=[one for one in chosen if one not in known])
    known = {row["id"]: row for row in named} | known
    return await told(site, known.values(), site.charters.at(sheet["charter"]), chosen)


async def told(
    site: Site, rows: Collection[Any], charter: Charter, chosen: Collection[UUID]
) -> list[Proof]:
    """Facts as they are called, with their matters."""
    ids = list({row["matter_id"] for row in rows if row["matter_id"]})
    titles = {
        row["matter_id"]: row["title"] for row in await site.matters.ask("titled", matter_ids=ids)
    }
    name, facts = site.teller(charter).name, site.catalogue.facts
    proofs = [
        Proof(
            row["id"],
            name(row["type"], facts.get(row["type"], {}).get("label", row["type"])),
            titles.get(row["matter_id"], ""),
            row["matter_id"] if row["matter_id"] in titles else None,
            row["at"],
            row["id"] in chosen,
        )
        for row in rows
    ]
    return sorted(proofs, key=lambda one: (not one.chosen, -one.at.timestamp()))
