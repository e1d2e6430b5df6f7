"""Raising matters where there is no network: an app to install, drafts in the phone, sent once.

The pages that are kept in the phone are the same for everybody: nobody is looked for, and no token
is in them. A draft carries the id that its form was made with, so it is one matter however often it
is sent.
"""

import json
import re
from hashlib import sha256
from uuid import UUID

import orjson
from starlette.responses import Response

from services.portal.edge.gate import as_no, say
from services.portal.edge.residents.raising import submit
from services.portal.edge.visit import Visit
from services.portal.edge.who import VISITOR_COOKIE, Visitor
from services.portal.pages.render import STATIC
from shared.kernel.errors import Invalid

FRAME = ("/drafts", "/drafts/new")
PAGES = {"/drafts": "residents/drafts.html", "/drafts/new": "residents/draft_form.html"}
LINKED = re.compile(r'"(/static/[^"]+|/manifest\.webmanifest)"')
SCRIPT = {
    "Content-Security-Policy": "default-src 'none'; connect-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
    "Service-Worker-Allowed": "/",
}


async def show_drafts(visit: Visit) -> Response:
    """The list, which the browser fills in by itself."""
    return visit.page(PAGES["/drafts"])


async def show_draft_form(visit: Visit) -> Response:
    """The form that is there without a network."""
    return visit.page(PAGES["/drafts/new"])


async def token(visit: Visit) -> Response:
    """What a form has to bring back, for a draft that was written when nobody could say."""
    response = _json({"csrf": visit.who.csrf})
    if isinstance(visit.who, Visitor):
        response.set_cookie(VISITOR_COOKIE, visit.who.csrf, httponly=True, samesite="lax", path="/")
    return response


async def send(visit: Visit) -> Response:
    """Submit a draft: its receipt, or why not and what to do."""
    try:
        UUID(visit.typed("command_id"))
    except ValueError:
        return _no(visit, Invalid("malformed", reason="a draft has an id"))
    try:
        lead_id, link, position = await submit(visit)
        await visit.site.matters.wait("topics", position)
        rows = await visit.site.matters.ask("one", matter_id=lead_id)
    except Exception as error:
        return _no(visit, error)
    return _json({"link": link, "receipt": rows[0]["receipt"] if rows else ""})


async def worker(visit: Visit) -> Response:
    """The worker with all it needs: what it keeps, under a name that follows from that."""
    pages = [bytes(visit.page(PAGES[path]).body).decode() for path in FRAME]
    files = sorted({found for page in pages for found in LINKED.findall(page)})
    parts = [(STATIC / name).read_text("utf-8") for name in ("drafts_store.js", "worker.js")]
    version = sha256("".join([*pages, *parts]).encode()).hexdigest()[:16]
    kept = json.dumps([*FRAME, *files])
    text = f'const VERSION = "tongxin-{version}", FRAME = {kept};\n' + "\n".join(parts)
    return Response(text, headers=SCRIPT, media_type="text/javascript")


async def manifest(visit: Visit) -> Response:
    """What makes the portal an app that can be installed."""
    texts = visit.site.pages.texts
    told = {
        "name": texts.site.full_name,
        "short_name": texts.site.name,
        "lang": "zh-CN",
        "id": "/raise",
        "start_url": "/raise",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#14506b",
        "icons": [
            {"src": "/static/mark.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
        ],
    }
    return Response(orjson.dumps(told), media_type="application/manifest+json")


def _no(visit: Visit, error: Exception) -> Response:
    no = as_no(error)
    told = say(visit.site, no)
    return _json({"code": no.code, "what": told.what, "next": told.next}, no.status)


def _json(told: object, status: int = 200) -> Response:
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return Response(orjson.dumps(told), status, headers, "application/json")
