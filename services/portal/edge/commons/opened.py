"""Open data: the public lists as CSV and JSON, whole or page by page."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response, StreamingResponse

from services.portal.edge.commons.listing import Asked, rows_of
from services.portal.edge.commons.place import commons
from services.portal.edge.gate import say
from services.portal.edge.patience import WINDOW, Patience
from services.portal.edge.visit import HEADERS, Visit
from services.portal.pages.opened import LISTS, OpenList, csv_head, csv_line, json_row
from services.portal.projections.rankings import RANKINGS
from shared.kernel.areas import EVERYWHERE
from shared.kernel.errors import Invalid, Missing, Refused
from shared.runtime import clock

PAGE = 1000
FETCHED_MAX = 120
MEDIA = {"csv": "text/csv", "json": "application/json"}

_fetched = Patience(FETCHED_MAX)


@dataclass(frozen=True)
class Edition:
    """A list as it is now: what it may be kept by."""

    tag: str
    changed: datetime | None


async def show_open(visit: Visit) -> Response:
    """Which lists there are, what stands in them, and how they may be used."""
    area = visit.query("area") if visit.query("area") in visit.site.areas else ""
    return visit.page("commons/open.html", lists=LISTS, area=area, most=FETCHED_MAX)


async def send_list(visit: Visit) -> Response:
    """A list in the form that is asked for; nothing of it where the reader has it already."""
    name, _, form = visit.path("list").partition(".")
    of = next((one for one in LISTS if one.name == name), None)
    if of is None or form not in MEDIA:
        raise Missing("no-such-page")
    try:
        client = visit.request.client
        _fetched.count(client.host if client else "", clock.now())
    except Refused as no:
        page = visit.page("error.html", 429, sentence=say(visit.site, no), code=no.code)
        page.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
        return page
    asked = _asked(visit, form)
    edition = await _edition(visit, of, form)
    headers = {**HEADERS, "ETag": edition.tag, "Cache-Control": "no-cache"}
    if edition.changed:
        headers["Last-Modified"] = format_datetime(edition.changed.astimezone(UTC), usegmt=True)
    if _is_known(visit, edition):
        return Response(status_code=304, headers=headers)
    headers["Content-Disposition"] = f'attachment; filename="tongxin-{name}.{form}"'
    write = _csv if form == "csv" else _json
    return StreamingResponse(
        write(visit, of, asked), media_type=f"{MEDIA[form]}; charset=utf-8", headers=headers
    )


def _asked(visit: Visit, form: str) -> Asked:
    """What of the list is wanted. Raises Invalid for what is no day, and Missing for no area."""
    area = visit.query("area") or EVERYWHERE
    if area != EVERYWHERE and area not in visit.site.areas:
        raise Missing("no-such-page")
    text = visit.query("modified_since")
    try:
        since = datetime.fromisoformat(text) if text else None
    except ValueError as error:
        raise Invalid("not-a-day", day=text) from error
    if since and since.tzinfo is None:
        since = since.replace(tzinfo=UTC)
    limit = visit.number("limit") or (PAGE if form == "json" else 0)
    return Asked(area, since, visit.query("after"), limit)


async def _edition(visit: Visit, of: OpenList, form: str) -> Edition:
    view = visit.site.views[RANKINGS] if of.name == "rankings" else commons(visit)
    seen = sorted((await view.positions()).items())
    kept = (of.name, form, str(visit.request.url.query), seen, visit.today.isoformat())
    tag = f'"{sha256(json.dumps(kept).encode()).hexdigest()[:32]}"'
    if of.name in ("rankings", "areas"):
        return Edition(tag, None)
    rows = await commons(visit).ask("changed")
    return Edition(tag, rows[0]["at"] if rows else None)


def _is_known(visit: Visit, edition: Edition) -> bool:
    headers = visit.request.headers
    if "if-none-match" in headers:
        return edition.tag in headers["if-none-match"]
    try:
        since = parsedate_to_datetime(headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return edition.changed is not None and edition.changed.replace(microsecond=0) <= since


async def _csv(visit: Visit, of: OpenList, asked: Asked) -> AsyncIterator[str]:
    texts = visit.site.pages.texts.open
    word = visit.site.teller(visit.site.charter(EVERYWHERE)).word
    yield csv_head([str(texts.columns[name]) for name in of.columns])
    async for some in rows_of(visit, of, asked):
        yield "".join(csv_line(of, row, word) for _, row in some)


async def _json(visit: Visit, of: OpenList, asked: Asked) -> AsyncIterator[str]:
    """An object whose last member says where the next page is: null after the last row."""
    texts = visit.site.pages.texts.open
    told: dict[str, Any] = {
        "list": of.name,
        "licence": str(texts.licence),
        "columns": {name: str(texts.columns[name]) for name in of.columns},
    }
    yield json.dumps(told, ensure_ascii=False)[:-1] + ', "rows": ['
    sent, last = 0, ""
    async for some in rows_of(visit, of, asked):
        yield (", " if sent else "") + ", ".join(json_row(of, row) for _, row in some)
        sent, last = sent + len(some), some[-1][0]
    more = None
    if asked.limit and sent == asked.limit:
        params = dict(visit.request.query_params) | {"after": last}
        more = f"/open/{of.name}.json?{urlencode(params)}"
    yield f'], "next": {json.dumps(more)}}}'
