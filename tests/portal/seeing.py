"""Looks at pages in a browser as different people do, and says what is wrong with each."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256

import httpx
from playwright.async_api import Browser, ConsoleMessage, Response
from playwright.async_api import Page as Tab

from deploy.tongxin.assets import PACKAGES
from services.portal.pages.ease import COOKIE, Ease
from tests.portal.everywhere import Page
from tests.portal.hand import DESK, PATIENCE_MS, PHONE

WEIGHT_MAX = 300 * 1024
APART = ("echarts", "/live")
"""Parts of addresses that do not count: charts and the API's viewer are weighed apart."""

LOOKS = {
    "desk": (DESK, Ease()),
    "phone": (PHONE, Ease()),
    "simple": (PHONE, Ease(simple=True)),
}
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
VARYING = re.compile(
    r'\s+(?:(?:value|aria-current|data-csrf|data-live|id|for|href|name)="[^"]*"|class="here")'
)
"""What differs between two readers' same pages: signs, ids, where links lead, where one is."""

AXE = """() => axe.run(document, {resultTypes: ['violations']}).then(found => found.violations
  .filter(one => ['serious', 'critical'].includes(one.impact))
  .map(one => one.id + ': ' + one.nodes.map(node => node.target.join(' ')).slice(0, 3).join('; ')))
"""


@dataclass
class Eyes:
    """A tab in which somebody looks at pages one after another."""

    tab: Tab
    url: str
    look: str

    async def defects(self, page: Page) -> list[str]:
        """What is wrong with a page: barriers, width, weight, and what the browser says."""
        said: list[str] = []
        came: list[Response] = []

        def hear(message: ConsoleMessage) -> None:
            if message.type == "error":
                said.append(f"the browser said: {message.text}")

        def weigh(response: Response) -> None:
            came.append(response)

        self.tab.on("console", hear)
        self.tab.on("response", weigh)
        try:
            await self.tab.goto(self.url + page.path, wait_until="load")
            barred = await self._barred()
            weight = sum([await _size(one) for one in came])
        finally:
            self.tab.remove_listener("console", hear)
            self.tab.remove_listener("response", weigh)
        heavy = [f"weighs {weight} bytes"] if weight > WEIGHT_MAX else []
        return [f"{page.route} ({self.look}): {one}" for one in (*said, *barred, *heavy)]

    async def _barred(self) -> list[str]:
        over = await self.tab.evaluate(OVER)
        await self.tab.evaluate((PACKAGES / "axe-core/axe.min.js").read_text())
        found: list[str] = await self.tab.evaluate(AXE)
        return found + ([f"wider than the screen by {over}"] if over > 0 else [])


@asynccontextmanager
async def eyes(browser: Browser, client: httpx.AsyncClient, look: str) -> AsyncIterator[Eyes]:
    """A tab with the cookies of somebody who is logged in."""
    viewport, ease = LOOKS[look]
    url = str(client.base_url).rstrip("/")
    context = await browser.new_context(viewport=viewport, locale="zh-CN")  # type: ignore[arg-type]
    cookies = [*client.cookies.items(), (COOKIE, ease.cookie)]
    await context.add_cookies(
        [{"name": name, "value": value, "url": url} for name, value in cookies]
    )
    tab = await context.new_page()
    tab.set_default_timeout(PATIENCE_MS)
    yield Eyes(tab, url, look)
    await context.close()


async def all_defects(
    browser: Browser, client: httpx.AsyncClient, some: Sequence[Page], seen: set[str]
) -> list[str]:
    """What is wrong with those of these pages that hold something new, in every look."""
    new = [one for one in some if await _holds_new(client, one, seen)]
    found: list[str] = []
    for look in LOOKS:
        async with eyes(browser, client, look) as theirs:
            for page in new:
                found += await theirs.defects(page)
    return found


async def _holds_new(client: httpx.AsyncClient, page: Page, seen: set[str]) -> bool:
    """Whether its main part, or what stands around it, was never looked at by anybody."""
    head, main, rest = re.split("(?s)(<main.*</main>)", (await client.get(page.path)).text)
    parts = {
        sha256(VARYING.sub("", one).encode()).hexdigest()
        for one in (main, head.partition("<body")[2] + rest)
    }
    new = not parts <= seen
    seen |= parts
    return new


async def _size(response: Response) -> int:
    """Bytes of the body; of what goes on for ever, or was only a way to somewhere else, none."""
    if any(part in response.url for part in APART) or response.status in range(300, 400):
        return 0
    return len(await response.body())
