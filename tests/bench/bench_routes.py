"""Server time of every page, found by following links from each role's first page.

One client, one request at a time, warm, over loopback: what a page costs the portal, with the
demo's year in its views. A new page is found as soon as another one links to it.

    python -m tests.bench.bench_routes [home of a running platform]
"""

import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from statistics import median, quantiles
from typing import Any, cast
from urllib.parse import urljoin, urlsplit

import httpx
from rich.console import Console
from rich.table import Table
from starlette.applications import Starlette
from starlette.routing import Match, Route

from deploy.tongxin.demo import password
from deploy.tongxin.home import Home, read_json
from deploy.tongxin.servers import Servers
from deploy.tongxin.status import running
from deploy.tongxin.story import Account, accounts
from deploy.tongxin.year import people
from services.portal.edge.routes import portal
from services.portal.edge.site import Site
from services.portal.edge.who import SESSION_COOKIE

ROUNDS = 15
SAMPLES = 2
CRAWLED_MAX = 400
GOAL_MS = 50.0
LINK = re.compile(r'href="(/[^"#]*)')
QUIET = ("/static/", "/live", "/logout")


@dataclass(frozen=True)
class Page:
    """One kind of page as one role sees it, with addresses of it."""

    role: str
    kind: str
    paths: tuple[str, ...]


@dataclass(frozen=True)
class Timed:
    """Milliseconds of one kind of page for one role, and bytes of HTML."""

    page: Page
    p50: float
    p95: float
    size: int


def kind_of(application: Starlette, path: str) -> str:
    """The route that answers an address; of sheets, which one, and of what size of area."""
    scope = {"type": "http", "method": "GET", "path": urlsplit(path).path, "headers": []}
    for route in application.routes:
        match, found = route.matches(scope)
        if match is Match.FULL and isinstance(route, Route):
            return _told(route.path, found.get("path_params", {}))
    return ""


def _told(template: str, given: dict[str, Any]) -> str:
    """The template, with the parts filled in that make another page of it."""
    told = template
    for name in ("sheet", "indicator", "command", "service"):
        told = told.replace("{" + name + "}", str(given.get(name, "")))
    return told


def crawl(client: httpx.Client, application: Starlette, role: str, starts: list[str]) -> list[Page]:
    """Every kind of page that links lead to, with the first addresses of each."""
    found: dict[str, list[str]] = defaultdict(list)
    waiting, seen = list(starts), set(starts)
    for _ in range(CRAWLED_MAX):
        if not waiting:
            break
        path = waiting.pop(0)
        kind = kind_of(application, path)
        if not kind or len(found[kind]) >= SAMPLES:
            continue
        answer = client.get(path)
        if answer.status_code != 200 or "html" not in answer.headers["content-type"]:
            continue
        found[kind].append(path)
        for link in _links(path, answer.text):
            if link not in seen:
                seen.add(link)
                waiting.append(link)
    return [Page(role, kind, tuple(paths)) for kind, paths in sorted(found.items()) if paths]


def _links(path: str, html: str) -> Iterator[str]:
    for link in LINK.findall(html):
        there = urljoin(path, unescape(link))
        if not there.startswith(QUIET):
            yield there


def measure(client: httpx.Client, page: Page) -> Timed:
    """ROUNDS times each address, after one that is not counted."""
    times, size = [], 0
    for path in page.paths:
        size = max(size, len(client.get(path).content))
        for _ in range(ROUNDS):
            began = time.perf_counter()
            client.get(path)
            times.append((time.perf_counter() - began) * 1000)
    return Timed(page, median(times), quantiles(times, n=20)[-1], size)


def readers(servers: Servers) -> list[Account]:
    """One person of each role and level; those of the year know most."""
    known: dict[tuple[str, int], Account] = {}
    for one in [*people(servers), *accounts()]:
        known.setdefault((one.role, len(one.within.rstrip("0"))), one)
    return list(known.values())


def measured(home: Home) -> list[Timed]:
    """Every page of a running platform, as each reader sees it."""
    servers, url = running(home), read_json(home.run_file)["url"]
    application = portal(cast("Site", None))
    found: list[Timed] = []
    for reader in [None, *readers(servers)]:
        with httpx.Client(base_url=url, timeout=30, follow_redirects=False) as client:
            if reader:
                log_in(client, reader.login, password(servers))
            pages = crawl(client, application, *starts_of(reader))
            found += [measure(client, page) for page in pages]
    return found


def starts_of(reader: Account | None) -> tuple[str, list[str]]:
    """The name of a reader's role, and the pages from which all others are found."""
    if reader is None:
        return "nobody", ["/", "/login", "/raise", "/receipt"]
    role = f"{reader.role} {reader.within.rstrip('0')}"
    return role, [f"/areas/{reader.within}", "/matters", "/awaiting", "/inbox", "/"]


def log_in(client: httpx.Client, login: str, secret: str) -> None:
    """Let a client act as somebody."""
    answer = client.post("/api/v1/sessions", json={"login": login, "password": secret})
    client.cookies.set(SESSION_COOKIE, answer.raise_for_status().json()["token"])


def slowest(found: Iterable[Timed]) -> list[Timed]:
    """Of each kind of page the role for whom it is slowest, the slowest first."""
    worst: dict[str, Timed] = {}
    for one in found:
        if one.page.kind not in worst or worst[one.page.kind].p95 < one.p95:
            worst[one.page.kind] = one
    return sorted(worst.values(), key=lambda one: -one.p95)


def figures(home: Home) -> dict[str, dict[str, Any]]:
    """The slowest page, and how many are slower than the goal."""
    found = slowest(measured(home))
    late = [one for one in found if one.p95 > GOAL_MS]
    return {
        "routes": {"value": len(found), "unit": "pages", "limit": None, "peers": {}},
        "routes.late": {"value": len(late), "unit": "pages", "limit": None, "peers": {}},
        "routes.p95_ms": {
            "value": round(found[0].p95, 1), "unit": "ms", "limit": None, "peers": {},
        },
    }  # fmt: skip


def main() -> None:
    """Show the table."""
    home = Home(Path(sys.argv[1]).resolve()) if len(sys.argv) > 1 else Home.of_checkout()
    table = Table("page", "slowest for", "p50 ms", "p95 ms", "KiB", "address")
    for one in slowest(measured(home)):
        size = f"{one.size / 1024:.0f}"
        told = (one.page.kind, one.page.role, f"{one.p50:.1f}", f"{one.p95:.1f}", size)
        table.add_row(*told, one.page.paths[0], style="red" if one.p95 > GOAL_MS else None)
    Console(width=200).print(table)


if __name__ == "__main__":
    main()
