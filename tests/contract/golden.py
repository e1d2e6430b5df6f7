"""Golden files: what an event looks like in the log, in every version it ever had.

`python -m tests.contract.golden` writes those that are missing, each from an example: an event that
stands in `tests/<service>/examples.py` as a constant, alone or in a tuple. None is ever
overwritten, for facts are for ever: where a shape changes, the version goes up, and the old file
stays and is lifted.
"""

import importlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic_core import to_json

from shared.kernel.decider import AnyDecider
from shared.kernel.message import Event

FOLDER = Path(__file__).with_name("golden")
SERVICES = ("topics", "meetings", "outcomes", "notify", "exchange", "portal")


@dataclass(frozen=True)
class Golden:
    """One file: `golden/<service>/<Event>.v<version>.json` holds the data of a fact."""

    service: str
    event: str
    version: int

    @property
    def path(self) -> Path:
        """Where the file is, or is missing."""
        return FOLDER / self.service / f"{self.event}.v{self.version}.json"

    @property
    def data(self) -> bytes:
        """The data as the log holds them."""
        return to_json(json.loads(self.path.read_bytes()))

    def __str__(self) -> str:
        return f"{self.service}/{self.path.stem}"


def deciders(service: str) -> list[AnyDecider]:
    """The aggregates of a service."""
    return list(importlib.import_module(f"services.{service}.domain").DECIDERS)


def decider_of(golden: Golden) -> AnyDecider:
    """The aggregate that says this event."""
    return next(d for d in deciders(golden.service) if golden.event in d.events.classes)


def expected() -> Iterator[Golden]:
    """Every version of every event of every service."""
    for service in SERVICES:
        for decider in deciders(service):
            for name, cls in decider.events.classes.items():
                for version in range(1, cls.version + 1):
                    yield Golden(service, name, version)


def examples(service: str) -> dict[str, Event]:
    """The first example of each event among the constants of a service's examples."""
    constants = vars(importlib.import_module(f"tests.{service}.examples")).values()
    found: dict[str, Event] = {}
    for constant in constants:
        for example in constant if isinstance(constant, tuple) else (constant,):
            if isinstance(example, Event):
                found.setdefault(type(example).__name__, example)
    return found


def write_missing() -> None:
    """Write what is missing and can be written; say what was written and what has no example."""
    for golden in expected():
        if golden.path.exists():
            continue
        example = examples(golden.service).get(golden.event)
        if example is None or example.version != golden.version:
            print(f"no example of {golden}")
            continue
        golden.path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(example.model_dump(mode="json"), ensure_ascii=False, indent=2)
        golden.path.write_text(f"{text}\n", encoding="utf-8")
        print(f"wrote {golden}")


if __name__ == "__main__":
    write_missing()
