"""The machine: processes, and room on the disk."""

import shutil
from collections.abc import Iterator

from deploy.tongxin.doctor.finding import Finding, Limits, book
from deploy.tongxin.home import Home
from deploy.tongxin.status import standing

GIB = 1024**3


def machine(home: Home, limits: Limits) -> Iterator[Finding]:
    """Whether every process lives and is ready, and the disk is not full."""
    for part in standing(home):
        if part.state == "dead":
            said = home.last_words(part.name).strip().splitlines()
            yield Finding(
                part.name,
                f"{part.name} is not running; the last it said: {said[-1] if said else 'nothing'}",
                f"read {home.log(part.name)}; `tongxin up` starts again what dies",
                book("replica-down"),
            )
        elif part.state == "not ready":
            yield Finding(
                part.name,
                f"{part.name} runs (process {part.pid}) and does not do its work",
                f"ask it what it misses: curl http://127.0.0.1:{part.port}/ready",
                book("replica-not-ready"),
            )
    if not home.data.exists():  # Others run the servers, and nothing is kept here.
        return
    disk = shutil.disk_usage(home.data)
    if disk.free < limits.free_share * disk.total:
        yield Finding(
            "disk",
            f"only {disk.free / GIB:.1f} GiB of {disk.total / GIB:.1f} GiB are free at {home.data}",
            "make room, or move the data to a larger disk, before PostgreSQL stops",
            book("disk-full"),
        )
