"""What a person waits for: from the commit of a command to the page that shows it; and the start.

The whole platform runs as its users start it, with the demo loaded. One client, one request at a
time: this is the way of one matter, not a load.
"""

import os
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from uuid import uuid4

import httpx
import psutil

from deploy.tongxin.demo import people
from services.portal.edge.who import SESSION_COOKIE
from tests.platform import Platform
from tests.servers import home_in

MATTERS = 100
WARM = 5
BEICHEN = "511623100013"


def figures(place: Path) -> dict[str, dict[str, Any]]:
    """Milliseconds from commit to page, MiB of the largest service, seconds of a second start."""
    platform = Platform(home_in(place))
    try:
        platform.start_and_wait()
        platform.interrupt()
        startup = platform.start_and_wait()
        waits = _waits(platform)
        memory = max(
            psutil.Process(pid).memory_info().rss / 2**20
            for name, pid in platform.parts().items()
            if name not in ("postgres", "nats")
        )
    finally:
        platform.close()
    return {
        "page.p50_ms": _figure(median(waits), "ms", None),
        "page.p95_ms": _figure(quantiles(waits, n=20)[-1], "ms", None),
        "memory_mib": _figure(memory, "MiB", 120),
        "startup_s": _figure(startup, "s", 10),
    }


def _waits(platform: Platform) -> list[float]:
    """Milliseconds until the list of matters shows a topic just proposed, one by one."""
    servers = platform.servers
    convenor = next(one for one in people(servers) if one.role == "convenor")
    key = {"login": convenor.login, "password": convenor.password}
    portal = f"http://127.0.0.1:{_port(platform)}"
    with httpx.Client(base_url=portal, timeout=10) as client:
        token = client.post("/api/v1/sessions", json=key).raise_for_status().json()["token"]
        client.cookies.set(SESSION_COOKIE, token)
        return [_wait(client, token, n) for n in range(WARM + MATTERS)][WARM:]


def _wait(client: httpx.Client, token: str, n: int) -> float:
    topic = {
        "topic_id": str(uuid4()),
        "area": BEICHEN,
        "title": f"第{n}号议题 {os.urandom(4).hex()}",
        "origin": "member",
    }
    answer = client.post(
        "/api/v1/topics/ProposeTopic", json=topic, headers={"Authorization": f"Bearer {token}"}
    )
    position = answer.raise_for_status().json()["position"]
    began = time.perf_counter()
    page = client.get("/matters", params={"area": BEICHEN, "after": f"topics:{position}"})
    waited = (time.perf_counter() - began) * 1000
    assert topic["title"] in page.raise_for_status().text, "the page does not show what was written"
    return waited


def _port(platform: Platform) -> int:
    return int(platform.printed.rpartition("ready http://127.0.0.1:")[2].split()[0])


def _figure(value: float, unit: str, limit: float | None) -> dict[str, Any]:
    return {"value": round(value, 1), "unit": unit, "limit": limit, "peers": {}}
