"""Where one checkout keeps its data, its secrets, and what it knows about the running system."""

import fcntl
import json
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from deploy.tongxin.told import Told, secret

ROOT = Path(__file__).resolve().parents[2]
LAST_BYTES = 20_000
SERVICES = ("topics", "meetings", "outcomes", "notify", "exchange", "portal")


class Trouble(Exception):
    """A reason not to go on, in words for the person at the terminal."""


class NothingRuns(Trouble):
    """What was asked needs a platform that runs here."""


class NotGood(Trouble):
    """It was looked at, and something is wrong with it."""


@dataclass(frozen=True)
class Home:
    """A data directory. Two checkouts have two, and share nothing."""

    data: Path

    @classmethod
    def of_checkout(cls) -> "Home":
        """`TONGXIN_DATA`, or `.data` in the checkout."""
        return cls((Told().data or ROOT / ".data").resolve())

    def open(self) -> Path:
        """The data directory, made if need be: anybody may walk through, nobody else may look."""
        self.data.mkdir(parents=True, exist_ok=True)
        self.data.chmod(0o711)
        return self.data

    @property
    def run_file(self) -> Path:
        """What the running system is: pids, ports, addresses."""
        return self.data / "run.json"

    def last_words(self, name: str) -> str:
        """The end of what a part of the system printed."""
        with self.log(name).open("rb") as log:
            log.seek(max(0, log.seek(0, os.SEEK_END) - LAST_BYTES))
            return "\n".join(log.read().decode(errors="replace").splitlines()[-5:])

    @contextmanager
    def occupied(self) -> Iterator[None]:
        """Held while a system runs here. Raises Trouble when one already does."""
        with (self.open() / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Trouble(f"it is already running here ({self.data}): see `status`") from None
            yield

    def log(self, name: str) -> Path:
        """The file that holds what a part of the system printed."""
        folder = self.data / "logs"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder / f"{name}.log"

    def password(self, name: str, make: Callable[[], str] = secrets.token_urlsafe) -> str:
        """The password of that name: as we were told, or made on first use and kept for ever."""
        if told := secret(name):
            return told
        file = self.data / "secrets.json"
        known: dict[str, str] = read_json(file) or {}
        if name not in known:
            known[name] = make()
            write_json(file, known)
        return known[name]

    def elsewhere(self) -> Path:
        """A place of our own that every user of the machine can walk to; written down in ours.

        Only root needs one, where the checkout lies under a directory closed to others.
        """
        note = self.open() / "elsewhere"
        if note.exists():
            place = Path(note.read_text())
            if not place.is_dir():
                raise Trouble(f"the data in {place} are gone; remove {self.data} to start afresh")
            return place
        parent = Path("/var/lib/tongxin")
        parent.mkdir(mode=0o755, exist_ok=True)
        place = Path(mkdtemp(prefix="", dir=parent))
        place.chmod(0o711)
        note.write_text(str(place))
        return place


def reachable(path: Path) -> bool:
    """Whether any user of the machine may walk down to a path (not: may read it)."""
    return all(parent.stat().st_mode & 0o001 for parent in path.absolute().parents)


def read_json(file: Path) -> Any:
    """What a JSON file holds; None when there is none, or it was cut off."""
    try:
        return json.loads(file.read_text("utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None


def write_json(file: Path, content: object) -> None:
    """Write a JSON file at once and for us alone: a reader sees the old or the new."""
    write_private(file, json.dumps(content, ensure_ascii=False, indent=2))


def write_private(file: Path, text: str) -> None:
    """Write a file at once, readable by its owner only."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(text)
    draft.replace(file)


def names(files: Iterable[Path]) -> str:
    """Paths as a list for a sentence."""
    return ", ".join(str(file) for file in sorted(files))
