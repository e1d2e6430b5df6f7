"""Questions: what a page shows, as JSON. The very page is asked, so the same people may see it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

from starlette.responses import Response

from services.portal.edge.api.answers import Answer
from services.portal.edge.api.cursors import LIMIT, LIMIT_MAX, Cursor, Part
from services.portal.edge.marks import Kind
from services.portal.edge.visit import Show, Visit
from services.portal.words import Scope
from shared.kernel.errors import Invalid

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Param:
    """One parameter behind the question mark; its text stands in texts, [api.params]."""

    name: str
    options: tuple[str, ...] = ()
    kind: str = "string"


@dataclass(frozen=True)
class Question:
    """One question: the page that knows the answer, and what is told of what it shows.

    `many`: it is a list of `row`s, given in parts; else one answer of that form. `whole`: the page
    shows all of them at once. `past`: it can be asked as of a day. Texts stand in texts, [api].
    """

    name: str
    path: str
    tag: str
    show: Show
    row: type[Answer]
    tell: Callable[["Reading", Values], Any]
    params: tuple[Param, ...] = ()
    many: bool = False
    whole: bool = False
    past: bool = True
    roles: frozenset[str] = frozenset()
    """Who may ask; without any, whoever holds an office the page is for."""

    title: str = ""
    """Its own name, where no text of the catalogue is meant."""

    fixed: Mapping[str, str] = field(default_factory=dict)
    """Parts of the page's address that the question's own address does not name."""


@dataclass(frozen=True)
class Reading(Visit):
    """A visit of a program: nothing is drawn, and what the page would show is kept."""

    parts: list[Part] = field(default_factory=list)
    scope: Scope = "read"
    fixed: Mapping[str, str] = field(default_factory=dict)
    shown: list[Values] = field(default_factory=list)

    @property
    def window(self) -> dict[str, int]:
        """The rows of a list that are needed to find where to go on."""
        return self.parts[0].window

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """Keep what is shown."""
        self.shown.append({"template": template, **values})
        return Response(status_code=status)

    def path(self, name: str) -> str:
        """A part of the address of the page."""
        return self.fixed.get(name) or super().path(name)

    async def watch(self, kind: Kind, what: object) -> str:
        """Nothing: who reads by a program asks again by itself."""
        return ""

    @cached_property
    def fields(self) -> frozenset[str]:
        """The fields that are asked for; all without any."""
        return frozenset(filter(None, self.query("fields").split(",")))


def part_of(visit: Visit, question: Question) -> Part:
    """What of a list is asked for. Raises Invalid for a limit or cursor that is none."""
    told = visit.query("limit")
    limit = int(told) if told.isdecimal() and len(told) < 5 else 0
    if told and not 0 < limit <= LIMIT_MAX:
        raise Invalid("wrong-limit", most=LIMIT_MAX)
    asked = _asked(visit)
    cursor = visit.query("cursor")
    return Part(
        limit=limit or LIMIT,
        asked=asked,
        cursor=Cursor.read(cursor, asked) if cursor else None,
        known_by=question.row.known_by,
        whole=question.whole,
    )


def answer_of(question: Question, reading: Reading) -> dict[str, Any]:
    """The answer as JSON would have it. Raises Invalid('unknown-field')."""
    values = reading.shown[-1] if reading.shown else {}
    told = question.tell(reading, values)
    answer: dict[str, Any] = {"as_of": reading.as_of, "behind": values.get("behind", 0)}
    if not question.many:
        return answer | {"data": _chosen(question, reading, _dumped(question, told))}
    rows = [_dumped(question, row) for row in told]
    part, cursor = reading.parts[0].of(rows)
    items = [_chosen(question, reading, row) for row in part]
    return answer | {"items": items, "next": str(cursor) if cursor else None}


def _chosen(question: Question, reading: Reading, row: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := sorted(reading.fields - question.row.model_fields.keys()):
        raise Invalid("unknown-field", fields=unknown)
    return {name: row[name] for name in row if not reading.fields or name in reading.fields}


def _dumped(question: Question, told: Any) -> Mapping[str, Any]:
    return question.row.model_validate(told).model_dump(mode="json")


def _asked(visit: Visit) -> str:
    """Of which list a cursor is: whose eyes see it, the address, and every filter."""
    held = visit.person.actor
    query = sorted(
        (name, value)
        for name, value in visit.request.query_params.multi_items()
        if name not in ("after", "cursor", "fields", "limit")
    )
    told = repr((held.area, held.role, held.unit, visit.request.url.path, query))
    return sha256(told.encode()).hexdigest()[:8]
