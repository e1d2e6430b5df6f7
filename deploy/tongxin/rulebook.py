"""Charters as files: a draft laid beside those in force, compared, and published."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from deploy.tongxin import mend
from deploy.tongxin.contradictions import contradictions
from deploy.tongxin.home import SERVICES, NotGood, Trouble
from services.portal.pages.rules_of import changes
from shared.runtime import clock
from shared.runtime.charter import DEFAULT, Charter, Charters
from shared.runtime.draft import Fault
from shared.runtime.settings import Settings


@dataclass(frozen=True)
class Changed:
    """One rule in which two charters differ."""

    key: str
    was: Any
    will: Any


@dataclass(frozen=True)
class Published:
    """A charter that services read from now on."""

    charter: str
    in_force: str
    file: str


def faults(file: Path) -> list[Fault]:
    """What is wrong with a charter's file, or a draft of one. Raises Trouble."""
    if not file.exists():
        raise Trouble(f"{file} is not there")
    rules = {service: mend.app_of(service).rules for service in SERVICES}
    return Charters(Settings().charters, strict=False).check(file, rules, contradictions)


@contextmanager
def beside(file: Path) -> Iterator[tuple[Charters, Charter]]:
    """Every charter there is, with a draft among them; and the draft. Raises NotGood, Trouble."""
    if wrong := faults(file):
        raise NotGood("\n".join(f"{file}, {fault}" for fault in wrong))
    with TemporaryDirectory() as place:
        folder = Path(place) / "charters"
        shutil.copytree(Settings().charters, folder)
        draft = folder / file.parent.name / file.name
        draft.parent.mkdir(exist_ok=True)
        shutil.copy(file, draft)
        charters = Charters(folder)
        yield charters, charters.at(f"{file.parent.name}@{file.stem}")


def differ(before: str, after: str) -> list[Changed]:
    """The rules in which two differ, each '511623@1' or a draft's file. Raises Trouble."""
    old, new = _charter(before), _charter(after)
    return [Changed(one.key, one.before, one.after) for one in changes(old, new)]


def in_force(charters: Charters, draft: Charter) -> Charter:
    """What holds today where a draft is to hold."""
    area = "" if draft.place == DEFAULT else draft.place.ljust(12, "0")
    return charters.current(area, clock.today())


def publish(file: Path) -> Published:
    """Put a draft where services read it; they do so within seconds. Raises NotGood, Trouble."""
    with beside(file) as (charters, draft):
        target = Settings().charters / draft.place / f"{draft.version}.toml"
        must_be_next(charters, draft)
        try:
            target.parent.mkdir(exist_ok=True)
            beginning = target.with_suffix(".draft")
            shutil.copy(file, beginning)
            beginning.replace(target)
        except OSError as error:
            raise Trouble(f"{target} cannot be written: {error.strerror}") from error
    return Published(draft.id, str(draft.in_force), str(target))


def must_be_next(charters: Charters, draft: Charter) -> None:
    """Raises Trouble where it would not be the next version of its county, from a day to come."""
    if (Settings().charters / draft.place / f"{draft.version}.toml").exists():
        raise Trouble(f"{draft.id} is published already; a change is a version of its own")
    versions = [charters.at(one).version for one in _of(charters, draft.place)]
    if draft.version != (latest := max([0, *(v for v in versions if v != draft.version)])) + 1:
        raise Trouble(f"the latest version is {latest}, so this one is {latest + 1}")
    if draft.in_force < clock.today():
        raise Trouble(f"{draft.in_force} is past, and matters begun since live by other rules")


def _of(charters: Charters, place: str) -> Sequence[str]:
    return [one for one in charters.ids() if one.partition("@")[0] == place]


def _charter(named: str) -> Charter:
    if "@" in named:
        try:
            return Charters(Settings().charters, strict=False).at(named)
        except KeyError:
            raise Trouble(f"there is no charter '{named}'") from None
    with beside(Path(named)) as (_, draft):
        return draft
