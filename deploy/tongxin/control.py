"""Starts, stops, scales and renews the platform that runs in a place, from outside of it."""

import subprocess
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from signal import SIGTERM
from typing import Any

from deploy.tongxin.home import ROOT, SERVICES, Home, NothingRuns, Trouble, read_json
from deploy.tongxin.process import Identity, until
from deploy.tongxin.status import Standing, standing
from deploy.tongxin.wanted import want_new, want_replicas

PATIENCE_S = 600.0
STOP_S = 120.0


def start(home: Home, options: Sequence[str]) -> str:
    """Start `up` apart from this terminal; where it is once it is ready. Raises Trouble."""
    if _up(home):
        raise Trouble(f"it is already running here ({home.data}): see `status`")
    home.open()
    home.run_file.unlink(missing_ok=True)
    with home.log("up").open("ab") as out:
        child = subprocess.Popen(
            [sys.executable, "-m", "deploy.tongxin", "up", *options],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            cwd=ROOT,
            start_new_session=True,
        )
    until(lambda: _ready(home) or child.poll() is not None, PATIENCE_S)
    if not _ready(home):
        raise Trouble(f"it did not start; it said:\n{home.last_words('up')}")
    url: str = _noted(home)["url"]
    return url


def stop(home: Home) -> list[Standing]:
    """Stop what runs here, in order: what that was. Raises NothingRuns."""
    up = _up(home)
    if up is None:
        raise NothingRuns("nothing runs here")
    ran = standing(home)
    up.end(SIGTERM, STOP_S)
    return [replace(one, state="stopped") for one in ran]


def scale(home: Home, replicas: Mapping[str, int]) -> list[Standing]:
    """Have so many replicas of each service; returns when they are ready. Raises Trouble."""
    _must_run(home)
    wish = want_replicas(home, replicas)
    return _until(home, wish, lambda: _counted(home, replicas))


def renew(home: Home, services: Collection[str]) -> list[Standing]:
    """New processes in the place of old ones, none of which leaves too soon. Raises Trouble."""
    _must_run(home)
    wish = want_new(home, services or SERVICES)
    return _until(home, wish, lambda: _renewed(home, services or SERVICES, wish))


def _until(home: Home, wish: str, so: Callable[[], bool]) -> list[Standing]:
    until(lambda: so() or wish in _troubles(home) or not _up(home), PATIENCE_S)
    if trouble := _troubles(home).get(wish):
        raise Trouble(trouble)
    if not so():
        raise Trouble("it did not come to that in time: see `status`")
    return standing(home)


def _counted(home: Home, replicas: Mapping[str, int]) -> bool:
    states = {
        service: [one.state for one in standing(home) if _kind(one.name) == service]
        for service in replicas
    }
    return all(states[service] == ["ready"] * number for service, number in replicas.items())


def _renewed(home: Home, services: Collection[str], mark: str) -> bool:
    return all(
        part["mark"] == mark for part in _noted(home)["parts"] if _kind(part["name"]) in services
    ) and all(one.state == "ready" for one in standing(home))


def _kind(name: str) -> str:
    return name.partition("-")[0]


def _troubles(home: Home) -> dict[str, str]:
    """Why wishes were given up, by wish."""
    troubles: dict[str, str] = _noted(home).get("troubles", {})
    return troubles


def _must_run(home: Home) -> None:
    if not _ready(home):
        raise NothingRuns("nothing runs here; `tongxin start` starts it")


def _ready(home: Home) -> bool:
    return _up(home) is not None and _noted(home).get("ready_in") is not None


def _up(home: Home) -> Identity | None:
    noted = _noted(home).get("up")
    up = Identity(**noted) if noted else None
    return up if up and up.alive() else None


def _noted(home: Home) -> dict[str, Any]:
    return read_json(home.run_file) or {"parts": []}
