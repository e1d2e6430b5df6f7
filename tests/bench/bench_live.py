"""Two thousand open pages on one portal process: memory, and how soon those concerned hear.

Every connection is a real one over loopback. Half of them listen to matters, half to a county; then
something happens in one matter. Those who listen to it or to its county must hear of it, all others
must not.

    python -m tests.bench.bench_live [home of a running platform]
"""

import asyncio
import json
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import psutil

from deploy.tongxin.demo import password, people
from deploy.tongxin.home import Home, read_json
from deploy.tongxin.status import running
from services.portal.edge.who import SESSION_COOKIE

OPEN = 2000
MATTERS = 20
FILES = 8192
AT_ONCE = 40
LOOK_S = 0.2
OPENED_S, HEARD_S = 120.0, 60.0
VILLAGE, COUNTY = "511623100013", "511623000000"


@dataclass
class Page:
    """One open page, and when it heard of changes."""

    path: str
    heard: list[float] = field(default_factory=list)


async def listen(page: Page, where: tuple[str, int], cookie: str, gate: asyncio.Semaphore) -> None:
    """Open a page's stream, and note each change until the connection ends."""
    async with gate:
        reader, writer = await asyncio.open_connection(*where)
        head = f"GET {page.path} HTTP/1.1\r\nHost: bench\r\nCookie: {cookie}\r\n\r\n"
        writer.write(head.encode())
        first = await reader.readline()
        assert first.startswith(b"HTTP/1.1 200"), first
        while b"retry:" not in await reader.readline():
            pass
    try:
        while line := await reader.readline():
            if line.startswith(b"event: changed"):
                page.heard.append(perf_counter())
    finally:
        writer.close()


async def figures(home: Home) -> dict[str, dict[str, Any]]:
    """MiB of the portal with OPEN pages, and seconds until the last of those concerned hears."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, hard))
    servers, state = running(home), read_json(home.run_file)
    portal = psutil.Process(
        next(part["pid"] for part in state["parts"] if part["name"].startswith("portal"))
    )
    convenor = next(one for one in people(servers) if one.role == "convenor")
    async with httpx.AsyncClient(base_url=state["url"], timeout=30) as client:
        key = {"login": convenor.login, "password": password(servers)}
        token = (await client.post("/api/v1/sessions", json=key)).json()["token"]
        client.headers["Authorization"] = f"Bearer {token}"
        topics = [await propose(client) for _ in range(MATTERS)]
        before = portal.memory_info().rss
        paths = [f"/live?matter={topics[n % MATTERS]}" for n in range(OPEN // 2)]
        area = await area_mark(client, token)
        pages = [Page(path) for path in paths] + [Page(f"/live?{area}") for _ in range(OPEN // 2)]
        address = urlsplit(state["url"])
        where, cookie = (str(address.hostname), address.port or 80), f"{SESSION_COOKIE}={token}"
        gate = asyncio.Semaphore(AT_ONCE)
        tasks = [asyncio.create_task(listen(page, where, cookie, gate)) for page in pages]
        began = perf_counter()
        await until(lambda: len(portal.net_connections("tcp")) >= OPEN, OPENED_S)
        opened, after = perf_counter() - began, portal.memory_info().rss
        concerned = [one for one in pages if topics[0] in one.path or "area=" in one.path]
        others = [one for one in pages if one not in concerned]
        # What they did not know when they came is told first.
        new = [one for one in pages if "matter=" in one.path]
        await until(lambda: all(one.heard for one in new), HEARD_S)
        for page in pages:
            page.heard.clear()
        began = perf_counter()
        await report(client, topics[0])
        await until(lambda: all(one.heard for one in concerned), HEARD_S)
        last = max((one.heard[-1] for one in concerned if one.heard), default=began) - began
        peak = portal.memory_info().rss
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return {
        "live.open": _figure(OPEN, "pages"),
        "live.opened_s": _figure(opened, "s"),
        "live.before_mib": _figure(before / 2**20, "MiB"),
        "live.memory_mib": _figure(max(after, peak) / 2**20, "MiB", 300),
        "live.heard": _figure(sum(bool(one.heard) for one in concerned), f"of {len(concerned)}"),
        "live.heard_s": _figure(last, "s"),
        "live.wrongly_heard": _figure(sum(bool(one.heard) for one in others), "pages", 0),
    }


async def until(holds: Callable[[], bool], seconds: float) -> None:
    """Until it holds, or the time is over."""
    for _ in range(int(seconds / LOOK_S)):
        if holds():
            return
        await asyncio.sleep(LOOK_S)


async def propose(client: httpx.AsyncClient) -> str:
    """The id of a new topic."""
    topic = {"topic_id": str(uuid4()), "area": VILLAGE, "title": "修桥", "origin": "member"}
    answer = await client.post("/api/v1/topics/ProposeTopic", json=topic)
    position = answer.raise_for_status().json()["position"]
    await client.get(f"/api/v1/matters/{topic['topic_id']}?after=topics:{position}")
    return topic["topic_id"]


async def report(client: httpx.AsyncClient, topic_id: str) -> None:
    """Something happens in one matter."""
    body = {"topic_id": topic_id, "to": "cppcc-party-group"}
    (await client.post("/api/v1/topics/FileReport", json=body)).raise_for_status()


async def area_mark(client: httpx.AsyncClient, token: str) -> str:
    """What the board of the county listens to."""
    cookie = {"Cookie": f"{SESSION_COOKIE}={token}"}
    answer = await client.get(f"/areas/{COUNTY}", headers=cookie)
    return answer.text.partition('data-live="')[2].partition('"')[0].replace("&amp;", "&")


def _figure(value: float, unit: str, limit: float | None = None) -> dict[str, Any]:
    return {"value": round(value, 1), "unit": unit, "limit": limit, "peers": {}}


def main() -> None:
    """Say it."""
    home = Home(Path(sys.argv[1]).resolve()) if len(sys.argv) > 1 else Home.of_checkout()
    print(json.dumps(asyncio.run(figures(home)), indent=2))


if __name__ == "__main__":
    main()
