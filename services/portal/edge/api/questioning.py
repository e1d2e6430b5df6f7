"""The endpoint of a question: who asks, as of when, which part; then the page is asked."""

from collections.abc import Callable, Coroutine
from datetime import date
from typing import Any

import orjson
from starlette.responses import Response

from services.portal.edge.api.answering import Call, tagged
from services.portal.edge.api.reading import Question, Reading, answer_of, part_of
from services.portal.edge.gate import as_of
from shared.kernel.errors import Invalid, Missing


def answering(question: Question) -> Callable[[Call], Coroutine[Any, Any, Response]]:
    """What answers this question."""

    async def answer(call: Call) -> Response:
        found = await call.bearer("read")
        reading = Reading(
            call.site,
            call.request,
            found.person,
            {},
            _day(call, question),
            scope=found.scope,
            fixed=question.fixed,
        )
        asked = part_of(reading, question)
        reading.parts.append(asked)
        await question.show(reading)
        if not reading.shown:
            raise Missing("no-such-page")
        return tagged(call.request, orjson.dumps(answer_of(question, reading), default=str))

    return answer


def _day(call: Call, question: Question) -> date | None:
    """The past day that is asked about. Raises Invalid, also where there is no past of it."""
    day = as_of(call.request)
    if day and not question.past:
        raise Invalid("no-past-of-it", day=day)
    return day
