"""Assessment sheets (考核表) of a county: which there are, and how an assessor begins another."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from starlette.responses import Response

from services.portal.edge.boards.indicators import county_in
from services.portal.edge.gate import as_no, say
from services.portal.edge.matters.doing import command_id, send
from services.portal.edge.matters.matters import may_ask
from services.portal.edge.matters.units import units_of_kinds
from services.portal.edge.visit import Visit, go_to
from services.portal.pages.assessing import periods
from services.portal.projections.rankings import RANKINGS
from shared.kernel.errors import Missing, No

Rule = Mapping[str, Any]


async def show_assessments(visit: Visit) -> Response:
    """The sheets of a county, and how its assessors begin another."""
    return await _list(visit)


async def open_sheet(visit: Visit) -> Response:
    """Begin the sheet of a period."""
    code = county_in(visit)
    rule, assessor, period = _rule(visit, code), visit.person.actor.unit, visit.typed("period")
    if rule is None or period not in periods(visit.today):
        raise Missing("no-such-page")
    sheet_id = uuid5(NAMESPACE_OID, f"sheet:{code}:{assessor}:{period}")
    data = {
        "sheet_id": str(sheet_id),
        "area": code,
        "period": period,
        "assessor": assessor,
        "subjects": [
            {"kind": kind, "name": name}
            for kind in rule["subjects"]
            for name in _named(visit, kind)
        ],
    }
    try:
        answer = await send(visit, "outcomes", "OpenSheet", data)
    except Exception as error:
        return await _list(visit, as_no(error))
    return go_to(f"/assessments/{sheet_id}?after=outcomes:{answer['position']}")


async def _list(visit: Visit, no: No | None = None) -> Response:
    site, code = visit.site, county_in(visit)
    behind = await visit.behind(site.views[RANKINGS])
    view = await visit.view(site.views[RANKINGS])
    rows = await view.ask("sheets of areas", areas=[code])
    rule = None if visit.as_of else _rule(visit, code)
    mine = [one for one in rows if one["assessor"] == visit.person.actor.unit]
    begun = {one["period"] for one in mine}
    charter = site.charter(code)
    return visit.page(
        "boards/assessments.html",
        no.status if no else 200,
        behind=behind,
        live=await visit.watch("area", code),
        as_of=visit.as_of,
        code=code,
        path=visit.person.within(site.areas.path(code)),
        sheets=[one for one in rows if one["published_at"] or keeps(visit, one)],
        assessors=[one["assessor"] for one in charter.table("outcomes")["assessments"]],
        rule=rule,
        periods=[one for one in periods(visit.today) if one not in begun],
        offered=await _offered(visit, code, rule, mine) if rule else {},
        typed=visit.typed,
        sentence=say(site, no, titles(visit), charter) if no else None,
        command_id=command_id(visit),
        word=visit.word(charter),
    )


def keeps(visit: Visit, row: Mapping[str, Any]) -> bool:
    """Whether it is the own office that assesses on this sheet."""
    actor = visit.person.actor
    mine = (actor.unit, actor.area) == (row["assessor"], row["area"])
    return mine and may_ask(visit, "outcomes", "RecordScore")


def _rule(visit: Visit, code: str) -> Rule | None:
    """What the own office assesses here by the charter; None where it assesses nobody."""
    actor = visit.person.actor
    if actor.area != code or not may_ask(visit, "outcomes", "OpenSheet"):
        return None
    rules: list[Rule] = visit.site.charter(code).table("outcomes")["assessments"]
    return next((one for one in rules if one["assessor"] == actor.unit), None)


async def _offered(
    visit: Visit, code: str, rule: Rule, mine: list[Any]
) -> dict[str, dict[str, bool]]:
    """Offices to pick from, kind by kind; those of the sheet before are ticked, or all towns."""
    last = json.loads(mine[0]["subjects"]) if mine else []
    units = await units_of_kinds(visit.site, code)
    towns = [visit.site.areas.name(one) for one in visit.site.areas.below(code)]
    offered = {}
    for kind in rule["subjects"]:
        before = [one["name"] for one in last if one["kind"] == kind]
        known = towns if kind == "town" else units.get(kind, [])
        ticked = set(before or (towns if kind == "town" and not last else ()))
        if visit.filled:
            ticked = set(list_of(visit, f"subject.{kind}"))
        offered[kind] = {name: name in ticked for name in dict.fromkeys([*before, *known])}
    return offered


def _named(visit: Visit, kind: str) -> list[str]:
    """The offices of a kind that were ticked, and those that were written beside."""
    more = visit.typed(f"more.{kind}").splitlines()
    both = [*list_of(visit, f"subject.{kind}"), *(line.strip() for line in more)]
    return [one for one in dict.fromkeys(both) if one]


def list_of(visit: Visit, name: str) -> list[str]:
    """What came in a form under a name, once or several times."""
    came = visit.filled.get(name, [])
    return [came] if isinstance(came, str) else list(came)


def titles(visit: Visit) -> dict[str, str]:
    """What fields and commands are called, where a no names them."""
    texts = visit.site.pages.texts.assessing
    named = {name: str(texts.fields[name]) for name in texts.fields.names()}
    return named | {"OpenSheet": str(texts.open)}
