"""The charter of a county: what holds there and why, its versions, and whether a draft is good."""

import asyncio
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from services.portal.edge.boards.indicators import county_in
from services.portal.edge.catalogue import READER, SERVICES
from services.portal.edge.visit import Visit
from services.portal.pages.rules_of import changes, groups, rules_of
from shared.kernel.errors import No, Unavailable
from shared.runtime import clock
from shared.runtime.charter import DEFAULT, Charter
from shared.runtime.draft import lay_over, remarks

DRAFT_MAX = 200_000

Row = Mapping[str, Any]


async def show_charter(visit: Visit) -> Response:
    """The rules of one version, the one in force unless another is asked for."""
    code = county_in(visit)
    versions = _versions(visit, code)
    charter = _picked(visit, "version", versions) or visit.site.charters.current(code, visit.today)
    before = _picked(visit, "against", versions)
    return await _page(visit, charter, before=before)


async def check_draft(visit: Visit) -> Response:
    """Whether a pasted draft is good: line and reason of each fault, from every service."""
    code = county_in(visit)
    charter = visit.site.charters.current(code, visit.today)
    place = charter.place if charter.place != DEFAULT else code[:6]
    own = [one.version for one in _versions(visit, code) if one.place == place]
    text = visit.typed("draft").replace("\r\n", "\n").replace("\0", "")
    draft = f"{place}@{max(own, default=0) + 1}"
    answers = await asyncio.gather(*(_checked(visit, one, draft, text) for one in SERVICES))
    found = {(row["line"], row["key"], row["reason"]) for rows in answers for row in rows or ()}
    silent = [one for one, rows in zip(SERVICES, answers, strict=True) if rows is None]
    return await _page(
        visit, charter, draft=text, name=draft, faults=sorted(found), silent=silent, checked=True
    )


async def _checked(visit: Visit, service: str, draft: str, text: str) -> Sequence[Row] | None:
    """What one service finds wrong; None where it does not answer."""
    asked = {"charter": draft, "text": text[:DRAFT_MAX]}
    try:
        answer = await visit.site.asker.question(
            service, "CheckCharter", asked, READER, clock.new_id()
        )
    except Unavailable:
        return None
    except No as no:
        return [{"line": 1, "key": "", "reason": str(no)}]
    rows: Sequence[Row] = answer["rows"]
    return rows


async def _page(
    visit: Visit, charter: Charter, before: Charter | None = None, **values: Any
) -> Response:
    site, code = visit.site, visit.path("code")
    texts = site.charters.text(charter.id)
    base = site.charters.text(f"{DEFAULT}@1")
    own = tomllib.loads(texts) if charter.place != DEFAULT else {}
    told = lay_over(remarks(base), remarks(texts))
    shown: dict[str, Any] = {"draft": "", "name": "", "faults": [], "silent": [], "checked": False}
    return visit.page(
        "boards/charter.html",
        as_of=visit.as_of,
        code=code,
        path=visit.person.within(site.areas.path(code)),
        charter=charter,
        versions=_versions(visit, code),
        groups=groups(rules_of(charter, told, own)),
        before=before,
        changes=changes(before, charter) if before else [],
        word=visit.word(charter),
        **(shown | values),
    )


def _versions(visit: Visit, code: str) -> list[Charter]:
    """Every version of the county, and what it stands on; the newest first."""
    charters = map(visit.site.charters.at, visit.site.charters.ids())
    here = [one for one in charters if one.place in (code[:6], DEFAULT)]
    return sorted(here, key=lambda one: (one.place == DEFAULT, -one.version))


def _picked(visit: Visit, name: str, versions: Sequence[Charter]) -> Charter | None:
    return next((one for one in versions if one.id == visit.query(name)), None)
