"""Serves a kept file to whoever may see it, and takes one away."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from starlette.responses import Response

from services.portal.edge.files.kinds import JPEG
from services.portal.edge.residents.keys import must_hold_key
from services.portal.edge.visit import Visit, go_to
from services.portal.edge.who import Person
from services.portal.projections.files import FILES
from services.portal.words import CONFIDANTS
from shared.kernel.errors import Forbidden, Missing
from shared.runtime import log

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


async def show_file(visit: Visit) -> Response:
    """The bytes: pictures within the page, papers to be saved; with `small` a picture for lists."""
    row = await _one(visit)
    if visit.query("key") and row["purpose"] == "photo":
        await must_hold_key(visit, row["subject_id"], visit.query("key"))
    else:
        must_see(visit, row)
    return await answer(visit, row)


async def answer(visit: Visit, row: dict[str, Any]) -> Response:
    """The response for a file that may be seen."""
    small = visit.query("small") == "1" and row["media"] == JPEG
    tag = f'"{row["digest"][:32]}{"s" if small else ""}"'
    headers = HEADERS | {"Cache-Control": "no-cache" if row["public"] else "no-store", "ETag": tag}
    content = await visit.site.chest.content(row["file_id"], row["digest"], small=small)
    if content is None:
        raise Missing("file-gone")
    if row["public"] and visit.request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    names = await visit.site.vault.unseal([row["name"]])
    how = "inline" if row["media"] == JPEG else "attachment"
    name = quote(names.get(row["name"]) or str(row["file_id"]))
    headers["Content-Disposition"] = f"{how}; filename*=UTF-8''{name}"
    return Response(content, headers=headers, media_type=row["media"])


async def remove_file(visit: Visit) -> Response:
    """Take a file away: the fact first, then the bytes."""
    row = await _one(visit)
    visit.person.must_hold(row["area"])
    file_id: UUID = row["file_id"]
    answer = await visit.site.asker.ask(
        "portal",
        "RemoveFile",
        {"file_id": str(file_id), "reason": visit.typed("reason")},
        visit.person.actor,
        file_id,
        log.correlation(),
    )
    await visit.site.chest.take_away(file_id)
    # What a file belongs to may be a meeting or a task: the page is that of the matter above it.
    above = await visit.site.matters.ask("of stream", stream=row["subject_id"])
    to = f"/matters/{above[0]['matter_id']}" if above else "/"
    return go_to(f"{to}?after=portal:{answer['position']}")


def must_see(visit: Visit, row: dict[str, Any]) -> None:
    """Raises Missing for visitors, Forbidden for persons, unless the file is theirs to see.

    What somebody photographed who brought a matter is as private as what they wrote.
    """
    if row["public"]:
        return
    if not isinstance(visit.who, Person):
        raise Missing("no-such-page")
    if row["keeper"] == str(visit.who.account_id):
        return
    visit.who.must_see(row["area"])
    role = visit.who.actor.role
    if row["purpose"] == "photo" and role not in CONFIDANTS:
        raise Forbidden("wrong-role", role=role, needed=sorted(CONFIDANTS))


async def _one(visit: Visit) -> dict[str, Any]:
    """Raises Missing."""
    await visit.behind(visit.site.views[FILES])
    for row in await visit.site.views[FILES].ask("one", file_id=visit.id("file_id")):
        return dict(row)
    raise Missing("no-such-page")
