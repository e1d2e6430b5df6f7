"""The pages of agencies and their subscriptions."""

from typing import Any

from starlette.responses import Response

from services.portal.edge.agencies.known import (
    Row,
    agency_of,
    own_agency,
    question,
    standings,
    subscription_of,
    user_of,
)
from services.portal.edge.visit import Visit
from services.portal.pages.schemas import fields, values
from services.portal.words import AGENCY, OPERATOR
from shared.kernel.errors import Forbidden
from shared.runtime import clock

MOST = 500
OF_AGENCY = {
    "connected": ("ChangeQuotas", "SuspendAgency", "RemoveAgency"),
    "suspended": ("ResumeAgency", "RemoveAgency"),
}
OF_SUBSCRIPTION = {
    "asked": ("ApproveSubscription", "DeclineSubscription", "RevokeSubscription"),
    "live": (
        "PauseSubscription",
        "ResumeSubscription",
        "ReplaySubscription",
        "RevokeSubscription",
    ),
}


async def show_agencies(visit: Visit) -> Response:
    """The agencies of an operator's area, those that wait for an answer first."""
    actor = visit.person.actor
    if actor.role != OPERATOR:
        raise Forbidden("wrong-role", role=actor.role, needed=[OPERATOR])
    rows = await question(visit, "AgenciesInArea", area=actor.area, most=MOST)
    return visit.page("agencies/list.html", rows=rows, word=_word(visit))


async def show_own(visit: Visit) -> Response:
    """The page of one's own agency."""
    return await _agency(visit, await own_agency(visit))


async def show_agency(visit: Visit) -> Response:
    """An agency with its quotas and subscriptions."""
    return await _agency(visit, await agency_of(visit, visit.id("agency_id")))


async def show_subscription(visit: Visit) -> Response:
    """One subscription: what it is for, how far it is, how to connect, and what became of it."""
    row = await subscription_of(visit)
    steps = await question(visit, "StepsOfSubscription", subscription_id=row["subscription_id"])
    return visit.page(
        "agencies/subscription.html",
        row=row,
        steps=steps,
        standing=(await standings(visit, [dict(row)])).get(row["subscription_id"]),
        user=user_of(row["subscription_id"]),
        kinds=kinds_of(visit),
        facts=_labels(visit),
        names=await visit.site.names({one["actor"].partition("/")[0] for one in steps}),
        acts=_acts(visit, OF_SUBSCRIPTION, row),
        may_issue=row["state"] == "live" and visit.person.actor.role == AGENCY,
        word=_word(visit),
    )


async def _agency(visit: Visit, row: Row) -> Response:
    rows = await question(visit, "SubscriptionsOfAgency", agency_id=row["agency_id"])
    return visit.page(
        "agencies/agency.html",
        row=row,
        rows=rows,
        standings=await standings(visit, rows),
        kinds=kinds_of(visit),
        acts=_acts(visit, OF_AGENCY, row),
        use=visit.site.quotas.use(row["agency_id"], clock.now()),
        may_ask=row["state"] == "connected" and visit.person.actor.role == AGENCY,
        word=_word(visit),
    )


def kinds_of(visit: Visit) -> dict[str, str]:
    """What the kinds of public fact are called, in the order of the contract."""
    schema = visit.site.catalogue.command("exchange", "AskSubscription")["schema"]
    labels = _labels(visit)
    return {one: labels.get(one, one) for one in values(fields(schema)["kinds"]["items"])}


def _labels(visit: Visit) -> dict[str, str]:
    return {name: entry["label"] for name, entry in visit.site.catalogue.facts.items()}


def _acts(visit: Visit, of: dict[str, tuple[str, ...]], row: Row) -> dict[str, str]:
    """What whoever is logged in may do now, and what it is called."""
    catalogue, role = visit.site.catalogue, visit.person.actor.role
    held = bool(row.get("holds"))
    return {
        one: catalogue.command("exchange", one)["label"]
        for one in of.get(row["state"], ())
        if role in catalogue.roles("exchange", one)
        and not (one == "ResumeSubscription" and not held)
        # What waits for an operator is declined by them, and withdrawn by who asked.
        and not (one == "RevokeSubscription" and row["state"] == "asked" and role == OPERATOR)
    }


def _word(visit: Visit) -> Any:
    return visit.word(visit.site.charter(visit.person.actor.area))
