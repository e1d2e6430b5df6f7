"""How often one token, or agency, may ask: so many times in a minute, counted in this process."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

from shared.kernel.errors import Refused

MOST = 1200
WINDOW_S = 60
CLIENTS_MAX = 10_000
REMEMBERED = 60
"""So many windows are remembered of whoever asked: an hour."""


@dataclass(frozen=True)
class Left:
    """How many times more in this window, and in how many seconds the next one begins."""

    most: int
    left: int
    seconds: int

    @property
    def headers(self) -> dict[str, str]:
        """As draft-ietf-httpapi-ratelimit-headers has it."""
        return {
            "RateLimit-Policy": f'"token";q={self.most};w={WINDOW_S}',
            "RateLimit": f'"token";r={self.left};t={self.seconds}',
        }


@dataclass(frozen=True)
class Use:
    """How often somebody asked in this window, and in the busiest of the last hour."""

    now: int
    most: int


class TooOften(Refused):
    """Asked more often than a token may."""

    def __init__(self, left: Left) -> None:
        super().__init__("rate-limited", seconds=left.seconds, limit=left.most)
        self.left = left


class Meter:
    """Counts by token. Windows begin with the minute, so all replicas begin anew together."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._counted: OrderedDict[str, dict[int, int]] = OrderedDict()

    def count(self, who: str, now: datetime, most: int | None = None) -> Left:
        """Once more, of as many as everybody may, or of `most`. Raises TooOften."""
        most = most or self._most
        window, passed = divmod(int(now.timestamp()), WINDOW_S)
        counted = self._counted.get(who, {})
        if window not in counted:
            counted = {one: n for one, n in counted.items() if one > window - REMEMBERED}
        times = counted[window] = counted.get(window, 0) + 1
        self._counted[who] = counted
        self._counted.move_to_end(who)
        if len(self._counted) > CLIENTS_MAX:
            self._counted.popitem(last=False)
        left = Left(most, max(0, most - times), WINDOW_S - passed)
        if times > most:
            raise TooOften(left)
        return left

    def use(self, who: str, now: datetime) -> Use:
        """How often somebody asked lately; what was refused counts as well."""
        window = int(now.timestamp()) // WINDOW_S
        counted = self._counted.get(who, {})
        lately = [n for one, n in counted.items() if one > window - REMEMBERED]
        return Use(counted.get(window, 0), max(lately, default=0))
