"""No page that is open to all tells what is not public: every such address is asked for."""

import inspect
import re
from collections.abc import AsyncIterator, Iterator
from itertools import product
from typing import cast
from uuid import uuid5

import pytest
from starlette.routing import Route

from services.portal.edge.routes import portal as application
from services.portal.edge.site import Site
from tests.portal.shared_with_all import (
    APPEAL,
    AREAS,
    CLINIC,
    DAY,
    GONE,
    HIDDEN,
    LEAD,
    ROAD,
    SAID,
    SCREENED,
    SECRET,
    TITLE,
    TOWN,
    VILLAGE,
)
from tests.portal.told import ToldPortal, told_portal
from tests.servers import Postgres

COUNTY, PROVINCE, EVERYWHERE = "511623000000", "510000000000", "000000000000"
MATTERS = [str(one) for one in (CLINIC, ROAD, SECRET, LEAD, APPEAL, SCREENED)]
STREAMS = sorted({str(stream) for _, stream, _ in SAID})
CODES = [EVERYWHERE, PROVINCE, COUNTY, TOWN, VILLAGE]
LISTS = ["matters", "meetings", "outcomes", "tallies", "rankings", "areas"]
PARTS: dict[str, list[str]] = {
    "code": CODES,
    "list": LISTS,
    "page": ["prefs", "login"],
    "path": ["nothing"],
}
"""What stands for a part of an address; all other parts name streams."""

ASKED = [
    "", "?q=密", "?state=late&stage=assigned&by=oldest", "?area=511623000000&title=线索密不可宣",
    "?number=111122223333", "?year=2026&theme=health", "?modified_since=2026-01-01",
]  # fmt: skip
BY_RECEIPT = "/leads/{lead_id}"
"""Whoever has the link of a lead may read what it is called, and no more."""


def open_to_all() -> list[str]:
    """The addresses that answer whoever asks, as the application itself has them."""
    routes = [one for one in application(cast(Site, None)).routes if isinstance(one, Route)]
    return [
        one.path
        for one in routes
        if "GET" in (one.methods or {"GET"}) and _is_open(one) and not one.path.startswith("/api")
    ]


def _is_open(route: Route) -> bool:
    known = inspect.getclosurevars(route.endpoint).nonlocals
    return bool(known.get("to_all") or known.get("unseen"))


def paths(route: str) -> Iterator[str]:
    """Addresses that fit a route; those that name no stream with all that may be asked there."""
    names = re.findall(r"{(\w+)(?::\w+)?}", route)
    asked = ASKED if PARTS.keys() >= {*names} else [""]
    shape = re.sub(r"{(\w+)(?::\w+)?}", "{}", route)
    for values in product(*(PARTS.get(name, STREAMS) for name in names)):
        yield from (shape.format(*values) + one for one in asked)


def test_pages_open_to_all_are_known_by_their_routes() -> None:
    assert {"/", "/places/{code}/matters", "/topics/{topic_id}", BY_RECEIPT} <= {*open_to_all()}
    assert "/matters/{matter_id}" not in open_to_all()


@pytest.fixture(scope="module")
async def told(pg: Postgres) -> AsyncIterator[ToldPortal]:
    async with told_portal(pg, SAID, AREAS, DAY) as portal:
        yield portal


@pytest.mark.servers
@pytest.mark.parametrize("route", open_to_all())
async def test_no_page_open_to_all_tells_what_is_hidden(told: ToldPortal, route: str) -> None:
    async with told.client() as client:
        for path in paths(route):
            page = await client.get(path)
            assert page.status_code < 500 or page.status_code == 503, path
            text = page.text.replace("线索密不可宣", "") if route == BY_RECEIPT else page.text
            assert HIDDEN not in text, path
            assert GONE not in text, path


@pytest.mark.servers
async def test_what_is_not_public_is_as_if_it_were_not_there(told: ToldPortal) -> None:
    nowhere = uuid5(SECRET, "nowhere")
    async with told.client() as client:
        pages = [await client.get(f"/topics/{one}") for one in (SECRET, LEAD, nowhere)]
        codes = [(await client.get(f"/topics/{one}/qr")).status_code for one in (SECRET, LEAD)]
        there = await client.get(f"/topics/{CLINIC}")
    assert [404, 404, 404] == [page.status_code for page in pages]
    assert [404, 404] == codes
    assert TITLE in there.text
