"""The annual plan at the desk (年度协商计划): items by quarter, and the way from draft to print."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from services.portal.edge.matters.doing import Doing, do, fixed_of
from services.portal.edge.matters.matter import blank_of
from services.portal.edge.matters.matters import may_ask
from services.portal.edge.matters.units import unit_names
from services.portal.edge.visit import Visit, go_to
from services.portal.pages.forms import Field
from services.portal.pages.sheets import LOCAL, OFFICES
from services.portal.projections.plans import PLANS
from shared.kernel.areas import level
from shared.kernel.errors import Forbidden, Missing
from shared.runtime import clock
from shared.runtime.charter import Charter

FIRST, LAST = 2000, 2999
OPEN = ("PlanDrafted", "PlanReturned")
OF_PLAN = {
    "AddPlanItem": OPEN,
    "DecidePlan": OPEN,
    "IssuePlan": ("PlanApproved",),
    "AdoptIntoPlan": ("PlanIssued",),
    "DeferPlanItem": (*OPEN, "PlanApproved", "PlanIssued"),
}
"""What may be done with a plan, and in which states."""

ITEMS_MAX = 99

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Form:
    """A command of the plan, ready to be filled in."""

    command: str
    label: str
    fixed: str
    fields: Sequence[Field]


async def this_year(visit: Visit) -> Response:
    """The plan of this year."""
    return go_to(f"/desk/plan/{visit.today.year}")


async def show_plan(visit: Visit) -> Response:
    """The plan of the own area in a year, or how to begin it."""
    site, year, code = visit.site, _year(visit), _area(visit)
    behind = await visit.behind(site.views[PLANS])
    plan, items = await _plan(visit, code, year)
    charter = site.charters.at(plan["charter"]) if plan else site.charter(code)
    topics = await _free_topics(visit, code, year) if plan else []
    return visit.page(
        "desk/plan.html",
        behind=behind,
        live=await visit.watch("area", code),
        code=code,
        path=visit.person.within(site.areas.path(code)),
        year=year,
        plan=plan,
        quarters=_quarters(visit, plan, items, charter),
        forms=_forms(visit, plan, items, charter, year),
        adopt=_form(visit, "AdoptIntoPlan", plan, charter) if plan and topics else None,
        items=items,
        topics=topics,
        share=plan["planned"] / plan["topics"] if plan and plan["topics"] else None,
        least=charter.table("topics")["plan"]["min_planned_share"],
        approver=charter.table("topics")["plan"]["approver"],
        word=visit.word(charter),
        units=await unit_names(site, code),
    )


async def plan_step(visit: Visit) -> Response:
    """One command on the plan; the form comes back with all that was typed where it is refused."""
    site, year, code, command = visit.site, _year(visit), _area(visit), visit.path("command")
    if command not in OF_PLAN and command != "DraftPlan":
        raise Missing("no-such-page")
    plan, _ = await _plan(visit, code, year)
    fixed = {**fixed_of(visit.typed("fixed"))}
    if command == "DraftPlan":
        fixed |= {"area": code, "year": year}
    elif plan is None:
        raise Missing("no-such-page")
    else:
        fixed["plan_id"] = str(plan["plan_id"])
    doing = Doing(
        service="topics",
        command=command,
        charter=site.charters.at(plan["charter"]) if plan else site.charter(code),
        back=f"/desk/plan/{year}",
        fixed=fixed,
        area=code,
        units=await unit_names(site, code),
    )
    return await do(visit, doing)


def _area(visit: Visit) -> str:
    code, role = visit.person.actor.area, visit.person.actor.role
    if role not in OFFICES:
        raise Forbidden("wrong-role", role=role, needed=sorted(OFFICES))
    if level(code) not in LOCAL:
        raise Missing("no-such-page")
    return code


def _year(visit: Visit) -> int:
    text = visit.path("year")
    year = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else 0
    if not FIRST <= year <= LAST:
        raise Missing("no-such-page")
    return year


async def _plan(visit: Visit, code: str, year: int) -> tuple[Row | None, Sequence[Row]]:
    """The plan of just this area, and its items."""
    view = visit.site.views[PLANS]
    plans = await view.ask("plans of areas", prefixes=[code], year=year)
    items = await view.ask("plan items of areas", prefixes=[code], year=year, stand="")
    plan = dict(plans[0]) if plans else None
    return plan, [dict(one) for one in items if plan and one["plan_id"] == plan["plan_id"]]


async def _free_topics(visit: Visit, code: str, year: int) -> Sequence[Row]:
    """The topics of the year that serve no item yet."""
    return await visit.site.views[PLANS].ask(
        "topics of year", prefixes=visit.site.prefixes(code), year=year, item_no="", planned="no"
    )


def _quarters(
    visit: Visit, plan: Row | None, items: Sequence[Row], charter: Charter
) -> list[tuple[int, list[Row]]]:
    """The items of each quarter, and last those without a month, each with its forms."""
    found: dict[int, list[Row]] = {one: [] for one in (1, 2, 3, 4, 0)}
    for item in sorted(items, key=lambda one: (one["month"] or 0, one["item_no"])):
        forms = [
            _form(visit, command, plan, charter, item)
            for command in ("AddPlanItem", "DeferPlanItem")
            if _may(visit, command, plan)
        ]
        quarter = -(-item["month"] // 3) if item["month"] else 0
        found[quarter].append({**item, "forms": forms})
    return [(quarter, some) for quarter, some in found.items() if some or quarter]


def _forms(
    visit: Visit, plan: Row | None, items: Sequence[Row], charter: Charter, year: int
) -> list[Form]:
    """What may be done with the plan as a whole now."""
    if plan is None:
        if not may_ask(visit, "topics", "DraftPlan"):
            return []
        title = str(visit.site.pages.texts.planning.usual_title.format(year=year))
        return [_form(visit, "DraftPlan", None, charter, {"title": title})]
    next_no = {"item_no": max((one["item_no"] for one in items), default=0) + 1}
    ways = [("AddPlanItem", next_no), ("DecidePlan", None), ("IssuePlan", None)]
    return [
        _form(visit, command, plan, charter, given)
        for command, given in ways
        if _may(visit, command, plan) and (command != "AddPlanItem" or len(items) < ITEMS_MAX)
    ]


def _may(visit: Visit, command: str, plan: Row | None) -> bool:
    return (
        plan is not None and plan["state"] in OF_PLAN[command] and may_ask(visit, "topics", command)
    )


def _form(
    visit: Visit, command: str, plan: Row | None, charter: Charter, given: Row | None = None
) -> Form:
    """A command with what is known of it: the plan, and of an item its number."""
    entry = visit.site.catalogue.command("topics", command)
    fixed: dict[str, Any] = {"plan_id": str(plan["plan_id"] if plan else clock.new_id())}
    if plan is None:
        fixed |= {"area": visit.person.actor.area, "year": _year(visit)}
    if given and "item_no" in given:
        fixed["item_no"] = given["item_no"]
    blank = blank_of(None, entry["schema"], charter, fixed, given or {})
    label = visit.site.step_name(charter, "topics", command)
    return Form(command, label, json.dumps(fixed), blank.draw())
