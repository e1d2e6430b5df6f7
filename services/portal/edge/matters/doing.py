"""Asks a service to do what a form says, and brings the form back if the answer is no."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from starlette.responses import Response

from services.portal.edge.gate import as_no, say
from services.portal.edge.matters.matter import blank_of, find
from services.portal.edge.matters.units import must_be_registered, unit_names
from services.portal.edge.people.members import Members, members_for, naming
from services.portal.edge.visit import Visit, go_to
from services.portal.pages.forms import Blank
from services.portal.pages.offers import Step
from services.portal.pages.picking import Tree
from services.portal.pages.schemas import fields
from services.portal.pages.steps import STEPS
from shared.kernel.errors import Invalid, No
from shared.runtime import clock, log
from shared.runtime.asker import Answer
from shared.runtime.charter import Charter

AT_A_DESK = re.compile(r"/desk/[a-z0-9/-]{1,120}")


@dataclass(frozen=True)
class Doing:
    """One command on its way: where the form came from, and whose key seals private words."""

    service: str
    command: str
    charter: Charter
    back: str
    fixed: Mapping[str, Any] = field(default_factory=dict)
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    subject: UUID | None = None
    title: str = ""
    members: Members = field(default_factory=dict)
    area: str = ""
    units: Sequence[str] = ()
    """Where it takes place, and the units of that county to pick from."""

    words: Mapping[str, str] = field(default_factory=dict)
    """What values of this form alone are called."""

    tree: Tree | None = None
    """Areas to pick for one of its fields."""


async def do_step(visit: Visit) -> Response:
    """Take a step of a matter."""
    row = await find(visit.site.matters, visit.id("matter_id"))
    visit.person.must_see(row["area"])
    doing = Doing(
        service=visit.path("service"),
        command=visit.path("command"),
        charter=visit.site.charters.at(row["charter"]),
        back=_back(visit) or f"/matters/{row['matter_id']}",
        fixed=_placed(visit, fixed_of(visit.typed("fixed"))),
        subject=row["matter_id"],
        title=row["title"],
        area=row["area"],
        units=await unit_names(visit.site, row["area"]),
    )
    step = _step(doing)
    members = await members_for(visit, row["area"], [step] if step else [])
    return await do(visit, replace(doing, members=members))


def _back(visit: Visit) -> str:
    """The desk at which the form was filled in, if it says so; nothing that leads elsewhere."""
    back = visit.typed("back")
    return back if AT_A_DESK.fullmatch(back) else ""


def _placed(visit: Visit, fixed: Mapping[str, Any]) -> Mapping[str, Any]:
    """What goes on in an area that is no more goes on where it lies now."""
    if "area" not in fixed:
        return fixed
    return {**fixed, "area": visit.site.areas.now(fixed["area"])}


async def do(visit: Visit, doing: Doing) -> Response:
    """Ask, and go where the answer shows; or show the form again with all that was typed."""
    try:
        answer = await ask(visit, doing)
    except Exception as error:
        return show_form(visit, doing, as_no(error))
    return go_to(f"{doing.back}?after={doing.service}:{answer['position']}")


async def ask(visit: Visit, doing: Doing) -> Answer:
    """The answer of the service. Raises a No."""
    site = visit.site
    entry = site.catalogue.command(doing.service, doing.command)
    blank = _blank(doing, entry)
    data = blank.read(visit.filled)
    for name in blank.sealed():
        if data.get(name):
            data[name] = await site.vault.seal(doing.subject or clock.new_id(), data[name])
    await must_be_registered(site, doing.command, data, doing.area, doing.charter)
    return await send(visit, doing.service, doing.command, data)


async def send(visit: Visit, service: str, command: str, data: Mapping[str, Any]) -> Answer:
    """Ask as whoever is logged in, under the id of their form. Raises a No."""
    return await visit.site.asker.ask(
        service, command, dict(data), visit.person.actor, command_id(visit), log.correlation()
    )


def show_form(visit: Visit, doing: Doing, no: No | None = None, *, again: bool = False) -> Response:
    """The form by itself; `again`, or with the reason of a no, with everything that was typed."""
    site = visit.site
    if not site.catalogue.knows(doing.service, doing.command):
        no = no or as_no(Invalid("unknown-command", command=doing.command))
        return visit.page("error.html", no.status, sentence=say(site, no), code=no.code)
    entry = site.catalogue.command(doing.service, doing.command)
    word = visit.word(doing.charter)
    titles = {name: one.get("title", name) for name, one in fields(entry["schema"]).items()}
    label = site.step_name(doing.charter, doing.service, doing.command)
    titles[doing.command] = label
    return visit.page(
        "act.html",
        no.status if no else 200,
        doing=doing,
        label=label,
        fields=_blank(doing, entry).draw(visit.filled if no or again else None),
        command_id=command_id(visit),
        fixed=json.dumps(doing.fixed),
        to=visit.request.url.path,
        sentence=say(site, no, titles, doing.charter) if no else None,
        word=naming({**doing.members, **doing.words}, word),
    )


def _blank(doing: Doing, entry: Mapping[str, Any]) -> Blank:
    blank = blank_of(_step(doing), entry["schema"], doing.charter, doing.fixed, {}, doing.members)
    return replace(blank, choices={**blank.choices, **doing.choices})


def _step(doing: Doing) -> Step | None:
    """The row of the table that offers this command; the first, where several do."""
    named = (one for one in STEPS if (one.service, one.command) == (doing.service, doing.command))
    return next(named, None)


def command_id(visit: Visit) -> UUID:
    """The form's own id, so that a second click does nothing twice."""
    try:
        return UUID(visit.typed("command_id"))
    except ValueError:
        return clock.new_id()


def fixed_of(text: str) -> dict[str, Any]:
    """What a form was drawn with and nobody types. Raises Invalid."""
    try:
        fixed = json.loads(text or "{}")
    except ValueError as error:
        raise Invalid("malformed", reason=str(error)) from error
    if not isinstance(fixed, dict):
        raise Invalid("malformed", reason="'fixed' is no object")
    return fixed
