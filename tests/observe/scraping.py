"""Scrapes a running platform as Prometheus would, but as often as a test likes."""

import time
import urllib.request

from deploy.tongxin.home import SERVICES
from deploy.tongxin.status import standing
from tests.observe.rules import Watching, rules
from tests.observe.series import Labels, Series
from tests.platform import Platform

EVERY_S = 15.0
SCRAPE_S = 5.0


class Prometheus:
    """Every look is told to be a scrape interval after the one before."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._series = Series()
        self._watching = Watching(rules())
        self._at = time.time()

    def look(self) -> dict[str, set[Labels]]:
        """Ask everybody, and say which alerts fire."""
        self._at += EVERY_S
        for part in standing(self._platform.home):
            service = part.name.partition("-")[0]
            if service in SERVICES:
                target = {"job": "tongxin", "service": service, "instance": part.name}
                self._series.scraped(_page(part.port), self._at, target)
        return self._watching.look(self._series, self._at)


def _page(port: int) -> str | None:
    """What a process tells; None if it does not answer."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=SCRAPE_S) as page:
            said: bytes = page.read()
    except OSError:
        return None
    return said.decode()
