"""Every page there is: all GET routes of the application, with examples out of the logs."""

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import cast
from uuid import UUID

import asyncpg
import httpx
from starlette.routing import Route, compile_path

from deploy.tongxin.home import SERVICES
from deploy.tongxin.servers import Servers
from services.portal.edge.residents.keys import PURPOSE
from services.portal.edge.routes import portal
from services.portal.edge.site import Site
from services.portal.pages.lists import SHEETS
from services.portal.pages.rates import INDICATORS
from shared.runtime import clock
from shared.runtime.vault import Vault

COUNTY, TOWN, VILLAGE = "511623000000", "511623105000", "511623100013"
CATCH_ALL = "/{path:path}"
NO_PAGES = (
    "/live", "/logout", "/api/", "/static/", "/checkin/", "/files/", "/rooms/", "/mine/",
    "/contracts/",
)  # fmt: skip
"""Beginnings of addresses that answer with something else than a page, or with one of another."""

DOCS = "/api/v1/docs"
"""The pages among them."""

FIXED: dict[str, Sequence[str]] = {
    "code": [COUNTY, VILLAGE],
    "sheet": [one.name for one in SHEETS],
    "indicator": [one.name for one in INDICATORS],
    "list": ["matters"],
    "command": ["EstablishVenue", "DraftPlan", "RegisterUnit"],
    "page": ["prefs"],
    "service": ["portal"],
    "year": [str(clock.today().year)],
}
"""Parts of addresses that name no stream. Each value is tried; a page must be found for one."""

QUERIES: dict[str, Sequence[str]] = {
    "/raise": ["", f"?area={VILLAGE}"],
    "/erasures/new": ["?of=account&id={account_id}"],
    "/areas/{code}/leading/{list}": ["?measure=topic"],
    "/similar": [f"?area={VILLAGE}&title=道路"],
}
"""What stands behind the question mark, where a page is nothing without it."""

CALLED = {"matter_id": ("topic", "lead"), "id": ("topic",)}
"""Parts that name streams of another noun than their own."""


PART = re.compile(r"\{(\w+)(?::\w+)?\}")


@dataclass(frozen=True)
class Page:
    """A route, and an address that fits it."""

    route: str
    path: str

    @property
    def file(self) -> str:
        """A name for its picture."""
        return re.sub(r"[^\w-]+", "_", self.route.strip("/")) or "home"


def routes() -> list[str]:
    """The path of every route that shows a page."""
    application = portal(cast(Site, None))
    return [
        one.path
        for one in application.routes
        if isinstance(one, Route)
        and "GET" in (one.methods or ())
        and one.path != CATCH_ALL
        and (one.path.startswith(DOCS) or not one.path.startswith(NO_PAGES))
    ]


LOOKED_AT_APART = {
    "/agency": "tests/portal/test_agencies.py",
    "/agencies/{agency_id}": "tests/portal/test_agencies.py",
    "/agencies/{agency_id}/do/{command}": "tests/portal/test_agencies.py",
    "/subscriptions/{subscription_id}": "tests/portal/test_agencies.py",
    "/subscriptions/{subscription_id}/key": "tests/portal/test_agencies.py",
    "/subscriptions/{subscription_id}/do/{command}": "tests/portal/test_agencies.py",
    "/subscriptions/{subscription_id}/sent": "tests/portal/test_webhooks.py",
    "/subscriptions/{subscription_id}/sent/{message_id}": "tests/portal/test_webhooks.py",
    "/agency/handovers": "tests/portal/test_handing_pages.py",
    "/agency/handovers/new": "tests/portal/test_handing_pages.py",
    "/agency/dispatches": "tests/portal/test_handing_pages.py",
    "/handovers/{handover_id}": "tests/portal/test_handing_pages.py",
    "/handovers/{handover_id}/complete": "tests/portal/test_handing_pages.py",
    "/dispatches/{dispatch_id}": "tests/portal/test_handing_pages.py",
    "/areas/{code}/ranking.xlsx": "tests/portal/test_leading.py",
    "/paper/jobs/{job_id}": "tests/portal/test_paper_pages.py",
    "/paper/jobs/{job_id}/file": "tests/portal/test_paper_pages.py",
}
"""Routes whose example takes more than a story: an export of thousands, a fixed ranking."""


def parts(route: str) -> list[str]:
    """The names of what an address of this route is filled with."""
    return PART.findall(route)


async def streams(servers: Servers) -> dict[str, list[str]]:
    """The latest streams of each kind of aggregate, by the name of its id."""
    connection = await asyncpg.connect(servers.admin_dsn)
    try:
        found: dict[str, list[str]] = {}
        for service in SERVICES:
            rows = await connection.fetch(_LATEST.format(service=service))
            for row in rows:
                found.setdefault(f"{row['category']}_id", []).append(str(row["stream"]))
    finally:
        await connection.close()
    async with asyncpg.create_pool(servers.admin_dsn, min_size=0) as pool:
        found["key_id"] = [await Vault(pool).token(UUID(found["lead_id"][0]), PURPOSE)]
    return found


_LATEST = """
SELECT category, stream FROM (
  SELECT category, stream, max(position) AS last, row_number() OVER (
           PARTITION BY category ORDER BY count(*) DESC, max(position) DESC) AS place
    FROM "{service}".events GROUP BY category, stream) AS told
 WHERE place <= 3 ORDER BY category, place
"""


def pages(of: Mapping[str, Sequence[str]]) -> Iterator[Page]:
    """Addresses to try for each route; a part that has no example is left open."""
    for route in routes():
        for query in QUERIES.get(route, [""]):
            whole = route + query
            for values in _fillings(parts(whole), of):
                yield Page(whole, PART.sub(lambda one, v=values: v.get(one[1], one[0]), whole))  # type: ignore[misc]


def _fillings(names: Sequence[str], of: Mapping[str, Sequence[str]]) -> Iterator[dict[str, str]]:
    """Each way to fill the parts: all values of one part, in which the others keep their first."""
    known = {name: _values(name, of) for name in names}
    first = {name: values[0] for name, values in known.items() if values}
    yield first
    for name, values in known.items():
        yield from ({**first, name: value} for value in values[1:])


def _values(name: str, of: Mapping[str, Sequence[str]]) -> list[str]:
    if name in FIXED:
        return list(FIXED[name])
    categories = CALLED.get(name, (name.removesuffix("_id"),))
    return [one for category in categories for one in of.get(f"{category}_id", ())[:2]]


def look(answer: httpx.Response) -> bool:
    """Whether an answer is a whole page."""
    return answer.status_code == 200 and answer.text.lstrip().startswith("<!doctype html>")


async def see(url: str, login: str, password: str) -> httpx.AsyncClient:
    """A client that is logged in and past the first walk, or a visitor's."""
    client = httpx.AsyncClient(base_url=url, timeout=60)
    if login:
        await client.get("/login")
        form = {"csrf": client.cookies["tongxin_visitor"], "login": login, "password": password}
        assert 303 == (await client.post("/login", data=form)).status_code
        page = (await client.get("/prefs")).text
        csrf = page.split('name="csrf" value="')[1].split('"')[0]
        await client.post("/tour", data={"csrf": csrf, "go": "skip"})
    return client


async def sights(
    client: httpx.AsyncClient, all_: Sequence[Page]
) -> tuple[dict[str, Page], set[str]]:
    """The first address of each route that is a page for this client; all routes that answer.

    Where a page leads is an example, too.
    """
    shown: dict[str, Page] = {}
    answered: set[str] = set()
    known = [(one, compile_path(one)[0]) for one in routes()]
    todo = deque(all_)
    tried: set[str] = set()
    while todo:
        one = todo.popleft()
        if one.route in answered or one.path in tried:
            continue
        tried.add(one.path)
        answer = await client.get(one.path)
        if answer.status_code == 200:
            answered.add(one.route)
        if answer.status_code == 303 and not answer.headers["location"].startswith("/login"):
            answered.add(one.route)
            todo.extend(_led(f'href="{answer.headers["location"]}"', known, answered))
        if look(answer):
            shown[one.route] = one
            todo.extend(_led(answer.text, known, answered))
    return shown, answered


def _led(
    text: str, known: Sequence[tuple[str, re.Pattern[str]]], answered: set[str]
) -> Iterator[Page]:
    """Where a page leads, as far as those routes were not seen."""
    for href in dict.fromkeys(re.findall(r'href="(/[^"#]*)', text)):
        path = unescape(href)
        fits = (route for route, pattern in known if pattern.match(path.partition("?")[0]))
        route = next(fits, None)
        if route and route not in answered:
            yield Page(route, path)
