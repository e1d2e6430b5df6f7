"""The pages of operators: what runs, how far everybody is, what waits, and what was ordered."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from starlette.responses import Response

from services.portal.edge.operate.watch import SERVICES, Known
from services.portal.edge.site import clear_names
from services.portal.edge.visit import Visit
from services.portal.edge.who import looks_after_all
from services.portal.projections.operations import OPERATIONS
from shared.kernel.areas import EVERYWHERE
from shared.kernel.errors import Forbidden, Missing, Unavailable
from shared.runtime.asker import Answer

PAGE = 50
LATEST = 50
BEHIND_MANY = 1000
"""So many facts behind is no moment of work any more."""

PARTITION = 5_000_000
"""How many facts a partition of a log holds, see shared/runtime/migrate.sql."""

Row = Mapping[str, Any]


def must_look_after_all(visit: Visit) -> None:
    """Raises Forbidden for everybody else than operators of the whole deployment."""
    actor = visit.person.actor
    if actor.role != "operator":
        raise Forbidden("wrong-role", role=actor.role, needed=["operator"])
    if not looks_after_all(visit.who):
        raise Forbidden("wrong-place", area=EVERYWHERE, yours=actor.area)


async def show_services(visit: Visit) -> Response:
    """Services and replicas, what they need, what they do, and what was ordered of late."""
    known = await _look(visit)
    return visit.page("operate/services.html", **await _shown(visit, known))


async def show_lag(visit: Visit) -> Response:
    """How far every view and every reader has come, and the oldest transaction."""
    known = await _look(visit)
    shown = await _shown(visit, known)
    return visit.page("operate/lag.html", **shown, views=_views(known), readers=_readers(known))


async def show_letters(visit: Visit) -> Response:
    """The facts that somebody could not take, of every service."""
    known = await _look(visit)
    asked = visit.query("service")
    number = visit.page_number
    rows, away = [], []
    for service in SERVICES if asked not in SERVICES else (asked,):
        if not known[service].letters:
            continue
        page = {"most": PAGE, "skipped": (number - 1) * PAGE}
        try:
            answer = await _operate(visit, service, "Letters", page)
        except Unavailable:
            away.append(service)
        else:
            rows += [{**row, "service": service} for row in answer["rows"]]
    return visit.page(
        "operate/letters.html",
        **await _shown(visit, known),
        rows=rows,
        away=away,
        by_taker=sorted({(row["service"], row["name"]) for row in rows}),
        asked=asked,
        number=number,
        pages=max((-(-row["found"] // PAGE) for row in rows), default=1),
    )


async def show_letter(visit: Visit) -> Response:
    """One letter: the fact as it came, and what stopped it."""
    known = await _look(visit)
    service = visit.path("service")
    if service not in SERVICES:
        raise Missing("no-such-page")
    key = {
        "name": visit.query("name"),
        "source": visit.query("source"),
        "position": visit.number("position"),
    }
    answer = await _operate(visit, service, "Letters", key)
    row = next(iter(answer["rows"]), None)
    shown = await _shown(visit, known)
    return visit.page("operate/letter.html", **shown, service=service, row=row)


async def show_chain(visit: Visit) -> Response:
    """The last commit of every log, its root and its chain value; and verifying a range."""
    known = await _look(visit)
    return visit.page("operate/chain.html", **await _shown(visit, known))


async def show_capacity(visit: Visit) -> Response:
    """How much there is, and how much room is left."""
    known = await _look(visit)
    return visit.page(
        "operate/capacity.html",
        **await _shown(visit, known),
        partition=PARTITION,
        messages=await _messages(visit),
    )


async def _messages(visit: Visit) -> Sequence[Row] | None:
    """How many messages wait, went out or failed; None while notify does not answer."""
    asker, actor = visit.site.asker, visit.person.actor
    try:
        answer = await asker.question("notify", "DeliveriesByState", {}, actor, UUID(int=0))
    except Unavailable:
        return None
    rows: Sequence[Row] = answer["rows"]
    return rows


async def _look(visit: Visit) -> Mapping[str, Known]:
    must_look_after_all(visit)
    return await visit.site.watch.look()


async def _operate(visit: Visit, service: str, name: str, data: dict[str, Any]) -> Answer:
    return await visit.site.asker.operate(service, name, data, visit.person.actor, UUID(int=0))


async def _shown(visit: Visit, known: Mapping[str, Known]) -> dict[str, Any]:
    """What every page of operators shows: the services, and the latest operations."""
    site = visit.site
    behind = await visit.behind(site.views[OPERATIONS])
    rows = await site.views[OPERATIONS].ask("latest", most=LATEST)
    works = {one["id"]: one for of in known.values() for one in of.works}
    people = {row["by"] for row in rows}
    return {
        "help": "operate-page",
        "behind": behind,
        "live": f"operate=all&seen={site.watch.mark}",
        "known": known,
        "at": site.watch.at,
        "operations": [{**row, "work": works.get(str(row["operation_id"]))} for row in rows],
        "names": await clear_names(site, people) if people else {},
        "letters": sum(
            one["n"] for of in known.values() for one in (of.state or {}).get("letters", ())
        ),
        "ends": _ends(known),
        "silent": [service for service, one in known.items() if not one.replicas],
        "ill": [service for service, one in known.items() if one.replicas and not one.well],
        "slow": sum(row["behind"] > BEHIND_MANY for row in _views(known)),
    }


def _ends(known: Mapping[str, Known]) -> dict[str, int]:
    """Where each log ends, as far as known."""
    return {
        service: one.state["log"]["last_position"]
        for service, one in known.items()
        if one.state and one.state["log"]
    }


def _views(known: Mapping[str, Known]) -> Sequence[Row]:
    """Each view with each of its sources: where it is, and how far behind."""
    ends = _ends(known)
    return [
        {
            "service": service,
            "view": view,
            "making": seen is None,
            "sources": [
                {"source": source, "position": at, "behind": max(0, ends.get(source, at) - at)}
                for source, at in (seen or {}).items()
            ],
            "behind": sum(max(0, ends.get(s, at) - at) for s, at in (seen or {}).items()),
            "bytes": one.state["sizes"].get(f"{service}__{view}", 0),
        }
        for service, one in known.items()
        if one.state
        for view, seen in one.state["views"].items()
    ]


def _readers(known: Mapping[str, Known]) -> Sequence[Row]:
    """What reads logs besides views: policies, and the voice that says facts on NATS."""
    ends = _ends(known)
    rows: list[Row] = []
    for service, one in known.items():
        if not one.state:
            continue
        if service in ends:
            said = one.state["said"]
            rows.append(
                {"service": service, "name": "relay", "source": service, "position": said,
                 "behind": max(0, ends[service] - said)}
            )  # fmt: skip
        rows += [
            {**row, "service": service,
             "behind": max(0, ends.get(row["source"], row["position"]) - row["position"])}
            for row in one.state["consumers"]
        ]  # fmt: skip
    return rows
