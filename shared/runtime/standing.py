"""Who a replica is: which code it runs, since when, on which machine, and whether it is well."""

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from uuid import UUID

from shared.runtime import clock

CODE = Path(__file__).parents[2]
KIB = 1024


@dataclass
class Standing:
    """One replica. `ready` tells what it needs for its work, and whether that is there."""

    service: str
    ready: Callable[[], Awaitable[dict[str, bool]]]
    id: UUID = field(default_factory=clock.new_id)
    since: datetime = field(default_factory=clock.now)
    _build: str = ""

    async def told(self) -> dict[str, Any]:
        """As it is now."""
        if not self._build:
            self._build = await asyncio.to_thread(build)
        return {
            "service": self.service,
            "id": str(self.id),
            "since": self.since,
            "at": clock.now(),
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "version": _version(),
            "build": self._build,
            "memory_kib": resident_kib(),
            "ready": await self.ready(),
        }


def build() -> str:
    """The first digits of a digest over all code: two replicas of one build have the same."""
    digest = sha256()
    for top in ("shared", "services"):
        for file in sorted((CODE / top).rglob("*")):
            if file.suffix in (".py", ".sql", ".html", ".toml"):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


def resident_kib() -> int:
    """How much memory this process holds; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // KIB


def _version() -> str:
    try:
        return version("tongxin")
    except PackageNotFoundError:
        return ""
