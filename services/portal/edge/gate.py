"""The one way in for every page: who it is, whether the form is ours, and what a no looks like."""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import quote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from services.portal.edge import filling
from services.portal.edge.desk.turns import count
from services.portal.edge.files import carrying
from services.portal.edge.giving_back import inputs, resume, told
from services.portal.edge.site import Site
from services.portal.edge.visit import Show, Visit, go_to
from services.portal.edge.who import Person, Visitor, who
from services.portal.pages.ease import COOKIE as EASE_COOKIE
from services.portal.pages.ease import Ease, ease_of
from services.portal.pages.sentences import Sayer, Sentence
from shared.kernel.areas import EVERYWHERE
from shared.kernel.errors import Invalid, No, Unavailable
from shared.runtime import clock, log
from shared.runtime.asof import BeingMade
from shared.runtime.charter import Charter
from shared.runtime.postgres import AWAY

ANSWER_S = 4.9
FILE_S = 3.0
"""How much longer a form may take for each file it brings."""

YEARS = range(1900, 3000)
"""Of days that can be asked about: at the ends of the calendar there is none before or after."""

Endpoint = Callable[[Request], Awaitable[Response]]

_log = log.logger()


def page(
    site: Site,
    show: Show,
    *,
    to_all: bool = False,
    unseen: bool = False,
    files: bool = False,
    text_max: int = filling.BODY_MAX,
) -> Endpoint:
    """An endpoint that shows a page, to people who are logged in or to everybody.

    With `unseen` nobody looks who it is: no cookie is read or set. With `files` its form may bring
    some. `text_max` are the bytes of text that it takes.
    What everybody may see is shown as it is now, whatever day its address names.
    """

    async def endpoint(request: Request) -> Response:
        ease = Ease() if unseen else ease_of(request.cookies.get(EASE_COOKIE, ""))
        here, form = site.speaking(ease.language), filling.Form({})
        visit = Visit(here, request, Visitor(""), {}, ease=ease)
        try:
            form = await filling.read(request, files=files, text_max=text_max)
            visit = replace(
                visit, filled=form.filled, form=form, as_of=None if to_all else as_of(request)
            )
            seconds = ANSWER_S + FILE_S * len(form.files)
            return await in_time(_visit(visit, show, to_all=to_all, unseen=unseen), seconds)
        except ClientDisconnect:
            raise
        except Exception as error:
            return _error(carrying.without_files(visit), error)
        finally:
            await form.close()

    return endpoint


async def in_time[T](answering: Coroutine[Any, Any, T], seconds: float = ANSWER_S) -> T:
    """What is answered within so many seconds. Raises Unavailable: the rest is given up unseen.

    A driver that waits for a silent server may take long to notice that nobody waits for it.
    """
    task = asyncio.create_task(answering)
    task.add_done_callback(lambda done: done.cancelled() or done.exception())
    try:
        done, _ = await asyncio.wait({task}, timeout=seconds)
        if not done:
            raise Unavailable("away")
        return task.result()
    finally:
        task.cancel()


def as_no(error: Exception) -> No:
    """Any error as a no. What nobody foresaw is logged, and told as 'internal'."""
    if isinstance(error, No):
        return error
    if isinstance(error, AWAY):
        return Unavailable("away")
    _log.error("a page failed", exc_info=error)
    return No("internal")


def say(
    site: Site, no: No, titles: Mapping[str, str] | None = None, charter: Charter | None = None
) -> Sentence:
    """The sentence of a no; `titles` are what fields and commands are called."""
    named = titles or {}
    teller = site.teller(charter or site.charter(EVERYWHERE))
    areas = site.areas
    return Sayer(
        site.pages.texts,
        word=teller.word,
        role=teller.role,
        area=lambda code: areas.name(code) if code in areas else code,
        title=lambda name: named.get(name.split(".")[0], name),
    ).sentence(no)


async def _visit(visit: Visit, show: Show, *, to_all: bool, unseen: bool) -> Response:
    if unseen:
        return await show(visit)
    found = await who(visit.site, visit.request)
    to_do = await count(visit.site, found) if isinstance(found, Person) else 0
    here = replace(visit, who=found, to_do=to_do)
    try:
        return await _let_in(here, show, to_all=to_all)
    except ClientDisconnect:
        raise
    except Exception as error:
        return _error(here, error)


def _error(visit: Visit, error: Exception) -> Response:
    no = as_no(error)
    if isinstance(no, BeingMade):
        return visit.page("making.html", 202, making=no)
    sentence = say(visit.site, no)
    if isinstance(no, Unavailable) and visit.filled and "password" not in visit.filled:
        csrf = visit.typed("csrf")
        path = visit.request.url.path
        return resume(visit, path, visit.filled, no.status, sentence=sentence, csrf=csrf)
    return told(visit, no, sentence)


async def _let_in(visit: Visit, show: Show, *, to_all: bool) -> Response:
    request = visit.request
    known = isinstance(visit.who, Person)
    if request.method == "POST":
        if visit.form.cut:
            raise visit.form.cut
        genuine = hmac.compare_digest(visit.typed("csrf"), visit.who.csrf)
        if not known and not to_all:
            filled = (await carrying.lay_by(visit)).filled
            carry = json.dumps({"to": request.url.path, "filled": inputs(filled)})
            return visit.page("login.html", 401, carry=carry, next="/", told="expired")
        if not genuine:
            return resume(visit, request.url.path, (await carrying.lay_by(visit)).filled, 403)
        return await show(await carrying.pick_up(visit))
    if not known and not to_all:
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return go_to(f"/login?next={quote(here)}")
    return await show(visit)


def as_of(request: Request) -> date | None:
    """The past day that is asked about. Raises Invalid."""
    text = request.query_params.get("as_of", "").strip()
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Invalid("not-a-day", day=text) from error
    if day and day.year not in YEARS:
        raise Invalid("not-a-day", day=text)
    return None if day == clock.today() else day
