"""Writes the tables of documents that follow from the code.

`python -m docs.tables` writes them, `python -m docs.tables --check` fails if they have drifted.
"""

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from docs.settings import settings
from shared.kernel.decider import AnyDecider

ROOT = Path(__file__).resolve().parent.parent
SERVICES = ("topics", "meetings", "outcomes", "notify", "exchange", "portal")
BEGIN, END = "<!-- tables: begin -->", "<!-- tables: end -->"


def asked_said_heard_shown() -> str:
    """One section a service, for ARCHITECTURE.md."""
    return "\n".join(line for service in SERVICES for line in _section(service))


def _section(service: str) -> Iterator[str]:
    app = import_module(f"services.{service}.app").app
    yield f"### {service}\n"
    yield "| Aggregate | Asked | Said |\n|---|---|---|"
    for decider in app.deciders:
        yield f"| `{decider.category}` | {_names(decider.asked())} | {_names(_events(decider))} |"
    if app.policies:
        yield "\n| Heard | from | Reaction |\n|---|---|---|"
        for policy in app.policies:
            yield f"| `{policy.hears.__name__}` | {policy.hears.source} | `{policy.name}` |"
    if app.projections:
        yield "\n| Shown | from |\n|---|---|"
        for view in app.projections:
            yield f"| `{view.name}` | {', '.join(view.sources)} |"
    yield ""


def glossary() -> str:
    """Every command and event with its Chinese name, for GLOSSARY.md."""
    rows = ["| 中文 | English | Class | Kind |", "|---|---|---|---|"]
    for service in SERVICES:
        app = import_module(f"services.{service}.app").app
        for decider in app.deciders:
            place = f"{service}.{decider.category}"
            rows += [_row(cls, f"command of {place}") for cls in decider.asked()]
            rows += [_row(cls, f"event of {place}") for cls in _events(decider)]
    return "\n".join(rows) + "\n"


def _row(cls: Any, kind: str) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__).lower()
    return f"| {cls.label} | {words} | `{cls.__name__}` | {kind} |"


def _events(decider: AnyDecider) -> tuple[Any, ...]:
    return tuple(decider.events.classes.values())


def _names(classes: tuple[Any, ...]) -> str:
    return "<br>".join(f"`{cls.__name__}` {cls.label}" for cls in classes)


def between(text: str, table: str) -> str:
    """The text with the part between the markers replaced."""
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{table}\n{END}{after}"


TABLES = {
    "ARCHITECTURE.md": asked_said_heard_shown,
    "GLOSSARY.md": glossary,
    "docs/settings.md": settings,
}


def main() -> int:
    """Write or check the files; 1 if a check finds drift."""
    drifted = []
    for name, table in TABLES.items():
        path = ROOT / name
        old = path.read_text(encoding="utf-8")
        new = between(old, table())
        if new != old and "--check" in sys.argv:
            drifted.append(name)
        elif new != old:
            path.write_text(new, encoding="utf-8")
    if drifted:
        sys.stderr.write(f"out of date: {', '.join(drifted)}; run 'make docs'\n")
    return 1 if drifted else 0


if __name__ == "__main__":
    sys.exit(main())
