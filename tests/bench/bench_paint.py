"""When pages are painted: the largest contentful paint of each kind of page, in headless Chromium.

Every look is a new profile without a cache, over loopback, with the demo's year in the views.

    python -m tests.bench.bench_paint [home of a running platform]
"""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import cast

import httpx
from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.table import Table

from deploy.tongxin.demo import password
from deploy.tongxin.home import Home, read_json
from deploy.tongxin.status import running
from services.portal.edge.routes import portal
from services.portal.edge.site import Site
from services.portal.edge.who import SESSION_COOKIE
from tests.bench.bench_routes import Page, crawl, log_in, readers, starts_of
from tests.portal.conftest import BROWSERS, FLAGS
from tests.portal.hand import DESK

LOOKS = 3
GOAL_MS = 1000.0
PAINTED = """() => new Promise(resolve => {
  new PerformanceObserver(list => resolve(list.getEntries().at(-1).startTime))
    .observe({type: 'largest-contentful-paint', buffered: true});
  setTimeout(() => resolve(-1), 5000);
})"""


@dataclass(frozen=True)
class Painted:
    """Milliseconds from asking for a page until its largest content is seen."""

    page: Page
    lcp: float


def measured(home: Home) -> Iterator[Painted]:
    """Each kind of page once, for the first reader who comes to it."""
    servers, url = running(home), read_json(home.run_file)["url"]
    application, known = portal(cast("Site", None)), set[str]()
    installed = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=installed, args=FLAGS)
        for reader in [None, *readers(servers)]:
            with httpx.Client(base_url=url, timeout=30) as client:
                if reader:
                    log_in(client, reader.login, password(servers))
                token = client.cookies.get(SESSION_COOKIE, "")
                for page in crawl(client, application, *starts_of(reader)):
                    if page.kind not in known:
                        known.add(page.kind)
                        yield Painted(page, _painted(chromium, url, token, page.paths[0]))
        chromium.close()


def _painted(chromium: Browser, url: str, token: str, path: str) -> float:
    found = []
    for _ in range(LOOKS):
        context = chromium.new_context(viewport=DESK, locale="zh-CN")  # type: ignore[arg-type]
        if token:
            context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": url}])
        tab = context.new_page()
        tab.goto(url + path, wait_until="load")
        found.append(float(tab.evaluate(PAINTED)))
        context.close()
    return median(found)


def main() -> None:
    """Show the table."""
    home = Home(Path(sys.argv[1]).resolve()) if len(sys.argv) > 1 else Home.of_checkout()
    table = Table("page", "seen by", "LCP ms", "address")
    for one in sorted(measured(home), key=lambda one: -one.lcp):
        told = (one.page.kind, one.page.role, f"{one.lcp:.0f}", one.page.paths[0])
        table.add_row(*told, style="red" if one.lcp > GOAL_MS else None)
    Console(width=160).print(table)


if __name__ == "__main__":
    main()
