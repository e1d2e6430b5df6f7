"""Answers requests: JSON in, JSON out, and a problem detail instead of any error."""

import asyncio
import re
from collections.abc import Awaitable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
import pydantic_core
from asyncpg import UndefinedTableError
from pydantic import ValidationError

from shared.kernel.errors import Forbidden, Invalid, Missing, No, Unavailable
from shared.kernel.message import SYSTEM, Actor, Command, Question
from shared.runtime import log, problems, telemetry
from shared.runtime.areas import Areas
from shared.runtime.asked import PREFIXES, CommandRoute, QuestionRoute, Route, catalogue
from shared.runtime.draft import CheckCharter, Fault
from shared.runtime.handle import ANSWER_S, Asked, Handler
from shared.runtime.postgres import AWAY
from shared.runtime.view import Views

BATCH_MAX = 500
BODY_MAX = 256 * 1024
NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""U+0000 in a text of JSON; behind an odd backslash it is six characters, and no NUL."""

Headers = Mapping[str, str]

_log = log.logger()


class Answers:
    """The requests that one service answers."""

    def __init__(
        self,
        service: str,
        routes: Sequence[Route],
        handler: Handler,
        views: Views,
        areas: Areas,
    ) -> None:
        self._service = service
        self._commands = {r.asked.__name__: r.asked for r in routes if isinstance(r, CommandRoute)}
        self._questions = {r.asked.__name__: r for r in routes if isinstance(r, QuestionRoute)}
        self._catalogue = catalogue(routes, handler.deciders)
        self._handler = handler
        self._views = views
        self._areas = areas

    async def command(self, name: str, headers: Headers, body: bytes) -> bytes:
        """Where the command's facts stand: {"stream", "position", "revision"}; or a problem."""
        return await _said(self._command(name, headers, body), headers)

    async def batch(self, headers: Headers, body: bytes) -> bytes:
        """The answers to a list of {"command", "id", "data"}, in order; or one problem for all."""
        return await _said(self._batch(headers, body), headers)

    async def question(self, name: str, headers: Headers, body: bytes) -> bytes:
        """{"rows": […], "seen": {source: position}}; or a problem."""
        known = name if name in self._questions else "other"
        with telemetry.QUESTION_SECONDS.labels(known).time():
            return await _said(self._question(name, headers, body), headers)

    async def _command(self, name: str, headers: Headers, body: bytes) -> object:
        asked = Asked(
            command=self._parse(name, body),
            actor=actor_of_header(headers.get("Tx-Actor", "")),
            id=_uuid("Tx-Id", headers.get("Tx-Id")),
            correlation=_uuid("Tx-Correlation", headers.get("Tx-Correlation")),
            revision=_revision("Tx-Revision", headers.get("Tx-Revision")),
        )
        return await self._handler.answer(asked)

    async def _batch(self, headers: Headers, body: bytes) -> object:
        try:
            items = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise Invalid("malformed", reason=str(error)) from error
        if not isinstance(items, list):
            raise Invalid("malformed", reason="a batch is a list")
        if len(items) > BATCH_MAX:
            raise Invalid("too-many", commands=len(items), limit=BATCH_MAX)

        actor = actor_of_header(headers.get("Tx-Actor", ""))
        correlation = _uuid("Tx-Correlation", headers.get("Tx-Correlation"))
        read = [self._item(item, actor, correlation) for item in items]
        good = [asked for asked in read if isinstance(asked, Asked)]
        handled = iter(await self._handler.handle_many(good))
        answers = [next(handled) if isinstance(asked, Asked) else asked for asked in read]
        return [problems.problem(one) if isinstance(one, No) else one for one in answers]

    def _item(self, item: Any, actor: Actor, correlation: UUID) -> Asked | No:
        try:
            if not isinstance(item, dict) or not {"command", "id", "data"} <= item.keys():
                raise Invalid("malformed", reason="one of a batch has command, id and data")
            command = self._parse(str(item["command"]), orjson.dumps(item["data"]))
            revision = _revision("revision", item.get("revision"))
            return Asked(command, actor, _uuid("id", item["id"]), correlation, revision)
        except No as no:
            return no

    def _parse(self, name: str, body: bytes) -> Command:
        asked = self._commands.get(name)
        if asked is None:
            raise Missing("unknown-command", command=name, service=self._service)
        return _read(asked, body)

    async def _question(self, name: str, headers: Headers, body: bytes) -> object:
        actor = actor_of_header(headers.get("Tx-Actor", ""))
        if name == "Catalogue":
            return {"rows": self._catalogue, "seen": {}}
        if name == "CheckCharter":
            _read(CheckCharter, body)
            return {"rows": await asyncio.to_thread(self._check, body), "seen": {}}
        route = self._questions.get(name)
        if route is None:
            raise Missing("unknown-question", question=name, service=self._service)
        question = _read(route.asked, body)
        self._may(question, actor)
        view = self._views[route.view]
        try:
            async with asyncio.timeout(ANSWER_S):
                # First this: the rows may be newer than what we claim, never older.
                seen = await view.positions()
                rows = await view.ask(route.statement, **self._params(route, question))
        except UndefinedTableError as not_yet:
            _log.warning("asked of a view that is not there yet", view=view.name)
            raise Unavailable("away", view=view.name) from not_yet
        return {"rows": [route.row.model_validate(dict(row)) for row in rows], "seen": seen}

    def _check(self, body: bytes) -> list[Fault]:
        draft = CheckCharter.model_validate_json(body)
        return self._handler.check(draft.charter, draft.text)

    def _params(self, route: QuestionRoute, question: Question) -> dict[str, object]:
        """The question's own fields; for an area, what is counted in it today."""
        given, params = dict(question), route.view.questions[route.statement].params
        if PREFIXES in params:
            given[PREFIXES] = self._areas.counted(given["area"])
        return {name: given[name] for name in params}

    def _may(self, question: Question, actor: Actor) -> None:
        if question.may is None:
            return
        if actor.role not in question.may:
            raise Forbidden("wrong-role", role=actor.role, needed=sorted(question.may))
        if question.own and str(getattr(question, question.own)) != actor.id:
            raise Forbidden("not-your-own", question=type(question).__name__)
        area = getattr(question, "area", actor.area)
        if not self._areas.contains(actor.area, area):
            raise Forbidden("wrong-place", area=area, yours=actor.area)


async def _said(answering: Awaitable[object], headers: Headers) -> bytes:
    try:
        answer = await answering
    except No as no:
        answer = problems.problem(no)
    except AWAY:  # Time that is over as well.
        answer = problems.problem(Unavailable("away"))
    except Exception:
        _log.exception("a request failed", correlation=headers.get("Tx-Correlation"))
        answer = problems.problem(problems.UNEXPECTED)
    return pydantic_core.to_json(answer, fallback=str)


def _read[M: (Command, Question)](asked: type[M], body: bytes) -> M:
    if len(body) > BODY_MAX:
        raise Invalid("too-large", bytes=len(body), limit=BODY_MAX)
    if NUL.search(body):
        # JSON can say it, and no text of PostgreSQL can hold it: every view would stumble.
        raise Invalid("malformed", reason="a text holds the character U+0000")
    try:
        return asked.model_validate_json(body)
    except ValidationError as error:
        raise problems.invalid(error) from error


@lru_cache(1024)
def actor_of_header(header: str) -> Actor:
    """Who asks. Nobody outside is the system."""
    try:
        actor = Actor(**orjson.loads(header))
    except (orjson.JSONDecodeError, TypeError) as error:
        raise Invalid("malformed", header="Tx-Actor", reason=str(error)) from error
    if actor.role == SYSTEM:
        raise Forbidden("wrong-role", role=actor.role)
    return actor


def _uuid(header: str, value: object) -> UUID:
    try:
        return UUID(str(value))
    except ValueError as error:
        raise Invalid("malformed", header=header, reason=str(error)) from error


def _revision(header: str, value: Any) -> int | None:
    try:
        return None if value is None else int(value)
    except (ValueError, TypeError) as error:
        raise Invalid("malformed", header=header, reason=str(error)) from error
