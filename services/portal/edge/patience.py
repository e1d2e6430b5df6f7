"""How often one address may do what everybody may do."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta

from shared.kernel.errors import Refused

WINDOW = timedelta(minutes=10)
CLIENTS_MAX = 10_000


class Patience:
    """At most so many times in ten minutes, counted in this process."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._clients: OrderedDict[str, deque[datetime]] = OrderedDict()

    def count(self, client: str, now: datetime) -> None:
        """Once more. Raises Refused('too-often'), with the minutes to wait."""
        self.must_wait(client, now)
        times = self._clients.setdefault(client, deque())
        self._clients.move_to_end(client)
        if len(self._clients) > CLIENTS_MAX:
            self._clients.popitem(last=False)
        times.append(now)

    def must_wait(self, client: str, now: datetime) -> None:
        """Count nothing. Raises Refused as `count` would."""
        times = self._clients.get(client, deque())
        while times and times[0] <= now - WINDOW:
            times.popleft()
        if len(times) >= self._most:
            left = times[0] + WINDOW - now
            raise Refused("too-often", minutes=-(-left.seconds // 60) or 1)
