"""What operators want of the running platform: `scale` and `restart` write it, `up` reads it."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from deploy.tongxin.home import Home, read_json, write_json
from shared.runtime import clock


@dataclass(frozen=True)
class Wanted:
    """What is wanted of each service, by its name.

    `replicas`, how many there shall be; `marks`, of those that may stay: one with another mark is
    replaced; `asked`, the latest wish of all, which is given up where it cannot be fulfilled.
    """

    replicas: Mapping[str, int] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)


def wanted(home: Home) -> Wanted:
    """What is wanted now; nothing in particular, unless somebody said so."""
    return Wanted(**(read_json(_file(home)) or {}))


def want_replicas(home: Home, replicas: Mapping[str, int]) -> str:
    """Want so many replicas; how this wish is called."""
    before, wish = wanted(home), clock.now().isoformat()
    after = {**before.replicas, **replicas}
    return _write(home, replace(before, replicas=after), replicas, wish)


def want_new(home: Home, services: Collection[str]) -> str:
    """Want new processes; how this wish is called, and so how they are marked."""
    before, wish = wanted(home), clock.now().isoformat()
    after = {**before.marks, **dict.fromkeys(services, wish)}
    return _write(home, replace(before, marks=after), services, wish)


def _write(home: Home, want: Wanted, services: Collection[str], wish: str) -> str:
    asked = {**want.asked, **dict.fromkeys(services, wish)}
    write_json(_file(home), asdict(replace(want, asked=asked)))
    return wish


def forget(home: Home) -> None:
    """A start wants what it is started with."""
    _file(home).unlink(missing_ok=True)


def _file(home: Home) -> Path:
    return home.data / "wanted.json"
