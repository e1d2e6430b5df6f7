"""`python -m deploy.contracts` writes the published documents; `--check` fails where they drifted.

A change that adds raises the second number of VERSION. A change that breaks is refused.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from deploy.contracts.asyncapi import document
from deploy.contracts.compatible import Broken, broken
from deploy.contracts.facts import named, schema_of, structured

FOLDER = Path(__file__).parent
FIRST = "1.0.0"

Json = dict[str, Any]


def promised(schemas: Mapping[str, Json]) -> Json:
    """What a version promises: the address of each channel, and every schema."""
    channels = document("", schemas)["channels"]
    return {"channels": {name: one["address"] for name, one in channels.items()}} | {
        "schemas": dict(schemas)
    }


def past(folder: Path = FOLDER) -> dict[str, Json]:
    """What every version promised, the oldest first; of those with the first number of VERSION."""
    current = folder / "VERSION"
    major = _numbers((current.read_text("utf-8") if current.exists() else FIRST).strip())[0]
    files = folder.glob(f"history/{major}.*.json")
    found = {file.stem: json.loads(file.read_bytes()) for file in files}
    return {version: found[version] for version in sorted(found, key=_numbers)}


def version_of(now: Json, past: Mapping[str, Json]) -> str:
    """The number of what is promised now: the last one, or the next where something came to it."""
    if not past:
        return FIRST
    last = list(past)[-1]
    if past[last] == now:
        return last
    major, minor, _ = _numbers(last)
    return f"{major}.{minor + 1}.0"


def documents(schemas: Mapping[str, Json], past: Mapping[str, Json]) -> dict[str, str]:
    """Every file that is published, by its path."""
    now = promised(schemas)
    version = version_of(now, past)
    files = {
        "VERSION": f"{version}\n",
        "asyncapi.json": _text(document(version, schemas)),
        f"history/{version}.json": _text(now),
    }
    for name, schema in schemas.items():
        files[f"schemas/{name}.json"] = _text(schema)
        files[f"examples/{name}.json"] = _text(structured(name, schema))
    return files


def breaks(schemas: Mapping[str, Json], past: Mapping[str, Json]) -> list[Broken]:
    """What any version promised that is not kept any more, said once."""
    now = promised(schemas)
    return list(dict.fromkeys(one for then in past.values() for one in broken(then, now)))


def main() -> int:
    """Write or check; 1 where a promise would be broken, or where a check finds drift."""
    schemas, before = {name: schema_of(name, fact) for name, fact in named()}, past()
    if faults := breaks(schemas, before):
        sys.stderr.write("".join(f"broken promise: {one}\n" for one in faults))
        return 1
    drifted = []
    for name, text in documents(schemas, before).items():
        path = FOLDER / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        drifted.append(name)
        if "--check" not in sys.argv:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if drifted and "--check" in sys.argv:
        sys.stderr.write(f"out of date: {', '.join(drifted)}; run 'make docs'\n")
        return 1
    return 0


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))


def _text(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.exit(main())
