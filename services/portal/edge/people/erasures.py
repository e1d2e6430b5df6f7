"""Requests to delete what is known of a person: entering, deciding, and what was decided."""

from typing import Any
from uuid import UUID, uuid5

from starlette.responses import Response

from services.portal.edge.gate import as_no, say
from services.portal.edge.matters.doing import Doing, ask, do, show_form
from services.portal.edge.matters.matter import blank_of
from services.portal.edge.matters.subjects import KINDS, Sealed, find, sealed_for
from services.portal.edge.visit import Visit, go_to
from services.portal.pages.forms import Field
from services.portal.projections.erasures import ERASURES
from services.portal.words import CPPCC, OPERATOR
from shared.kernel.errors import Forbidden, Missing, No, Refused
from shared.runtime import clock

MOST = 500
STAFF = frozenset({OPERATOR, CPPCC})


async def show_erasures(visit: Visit) -> Response:
    """The requests of the own area, those that wait first; and a way to enter one."""
    area = _staff(visit)
    behind = await visit.behind(visit.site.views[ERASURES])
    of, number = visit.query("of"), visit.query("number")
    if of in KINDS and number:
        if subject_id := await find(visit.site, of, number):
            return go_to(f"/erasures/new?of={of}&id={subject_id}")
        return await _list(visit, area, 404, behind, missing=number, of=of)
    return await _list(visit, area, 200, behind, missing="", of=of)


async def show_request(visit: Visit) -> Response:
    """The form of a request, and how much it is about."""
    of, sealed = await _subject(visit, visit.query("of"), visit.query("id"))
    return _form(visit, of, sealed)


async def request(visit: Visit) -> Response:
    """Enter a request."""
    of, sealed = await _subject(visit, visit.typed("of"), visit.typed("id"))
    doing = _requesting(visit, of, sealed)
    try:
        answer = await ask(visit, doing)
    except Exception as error:
        return _form(visit, of, sealed, as_no(error))
    return go_to(f"{doing.back}?after=portal:{answer['position']}")


async def show_erasure(visit: Visit) -> Response:
    """One request: who asked for what, and the two ways to decide."""
    _staff(visit)
    behind = await visit.behind(visit.site.views[ERASURES])
    row = await _one(visit)
    names = await visit.site.names([row["requester"], row["decided_by"] or ""])
    undecided = row["state"] == "ErasureRequested"
    sealed = await sealed_for(visit.site, row["of"], row["subject_id"]) if undecided else None
    return visit.page(
        "erasure.html",
        behind=behind,
        row=row,
        names=names,
        word=visit.word(visit.site.charter(row["area"])),
        undecided=undecided,
        mine=row["requester"] == visit.person.actor.id,
        more=bool(sealed and sealed.keys - set(row["keys"])),
        fields=_fields(visit, "RefuseErasure", {"erasure_id": row["erasure_id"]}),
    )


async def approve(visit: Visit) -> Response:
    """Delete it."""
    row = await _one(visit)
    doing = _deciding(visit, "ApproveErasure", row)
    sealed = await sealed_for(visit.site, row["of"], row["subject_id"])
    if sealed and sealed.keys - set(row["keys"]):
        return show_form(visit, doing, Refused("more-was-sealed"))
    return await do(visit, doing)


async def refuse(visit: Visit) -> Response:
    """Keep it, for a reason of law."""
    return await do(visit, _deciding(visit, "RefuseErasure", await _one(visit)))


async def _list(visit: Visit, area: str, status: int, behind: int, **values: Any) -> Response:
    site = visit.site
    rows = await site.views[ERASURES].ask("in area", prefixes=site.prefixes(area), most=MOST)
    word = visit.word(site.charter(area))
    shown = {"rows": rows, "kinds": KINDS, "word": word, "behind": behind, **values}
    return visit.page("erasures.html", status, **shown)


async def _subject(visit: Visit, of: str, text: str) -> tuple[str, Sealed]:
    """What is sealed for a subject in the own area. Raises Missing, Forbidden."""
    _staff(visit)
    try:
        sealed = await sealed_for(visit.site, of, UUID(text)) if of in KINDS else None
    except ValueError as error:
        raise Missing("no-such-page") from error
    if sealed is None:
        raise Missing("no-such-page")
    visit.person.must_hold(sealed.area)
    return of, sealed


def _form(visit: Visit, of: str, sealed: Sealed, no: No | None = None) -> Response:
    doing = _requesting(visit, of, sealed)
    entry = visit.site.catalogue.command(doing.service, doing.command)
    titles = {name: one.get("title", name) for name, one in entry["schema"]["properties"].items()}
    return visit.page(
        "erasure_request.html",
        no.status if no else 200,
        of=of,
        sealed=sealed,
        word=visit.word(doing.charter),
        fields=_fields(visit, doing.command, doing.fixed),
        sentence=say(visit.site, no, titles) if no else None,
    )


def _fields(visit: Visit, command: str, fixed: dict[str, Any] | Any) -> list[Field]:
    schema = visit.site.catalogue.command("portal", command)["schema"]
    charter = visit.site.charter(visit.person.actor.area)
    given = {"received_on": clock.today().isoformat()}
    return blank_of(None, schema, charter, fixed, given).draw(visit.filled or None)


def _requesting(visit: Visit, of: str, sealed: Sealed) -> Doing:
    erasure_id = uuid5(sealed.subject_id, "erasure")
    fixed = {
        "erasure_id": str(erasure_id),
        "area": visit.site.areas.now(sealed.area),
        "of": of,
        "subject_id": str(sealed.subject_id),
        "keys": sorted(map(str, sealed.keys)),
    }
    charter = visit.site.charter(sealed.area)
    return Doing("portal", "RequestErasure", charter, f"/erasures/{erasure_id}", fixed)


def _deciding(visit: Visit, command: str, row: dict[str, Any]) -> Doing:
    erasure_id = str(row["erasure_id"])
    charter = visit.site.charter(row["area"])
    back = f"/erasures/{erasure_id}"
    return Doing("portal", command, charter, back, {"erasure_id": erasure_id})


async def _one(visit: Visit) -> dict[str, Any]:
    """The request that the address names. Raises Missing, or Forbidden outside the own area."""
    _staff(visit)
    for row in await visit.site.views[ERASURES].ask("one", erasure_id=visit.id("erasure_id")):
        visit.person.must_hold(row["area"])
        return dict(row)
    raise Missing("no-such-page")


def _staff(visit: Visit) -> str:
    """The own area. Raises Forbidden for whoever is not staff."""
    actor = visit.person.actor
    if actor.role not in STAFF:
        raise Forbidden("wrong-role", role=actor.role, needed=sorted(STAFF))
    return actor.area
