"""How fast told time goes."""

import time
from datetime import datetime


class Pace:
    """How fast told time goes, beginning now."""

    def __init__(self, first: datetime, speed: float) -> None:
        self._first = first
        self._speed = speed
        self._began = time.monotonic()

    def left(self, moment: datetime) -> float:
        """Seconds until that moment comes; 0 or less where it came."""
        if not self._speed:
            return 0.0
        passed = (moment - self._first).total_seconds() / self._speed
        return passed - (time.monotonic() - self._began)
