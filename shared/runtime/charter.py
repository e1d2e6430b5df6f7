"""Charters: the rules of each county, as versioned files that running services read again.

A file `<county>/<version>.toml` names its `base`, the day it is `in_force` from, the `provisional`
keys nobody has confirmed, and one table per service. Base and file are laid over each other: tables
merge, everything else replaces. Once read, a charter is never forgotten: streams live under it.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pydantic_core
from pydantic import BaseModel

from shared.kernel.areas import county
from shared.runtime import log, telemetry
from shared.runtime.draft import Draft, Fault, Rules, Table, has, lay_over

DEFAULT = "default"

_log = log.logger()


class BrokenCharter(Exception):
    """A file that cannot be used: which, where and why."""


@dataclass(frozen=True)
class Charter:
    """One version of one county's rules, with its base already underneath.

    `provisional` are dotted keys, 'topics.approved_by', of values that no county has confirmed.
    """

    id: str
    in_force: date
    tables: Table
    provisional: frozenset[str]
    _rules: dict[tuple[str, type[BaseModel]], BaseModel] = field(default_factory=dict, repr=False)

    @property
    def place(self) -> str:
        """The six digits of the county, or 'default'."""
        return self.id.partition("@")[0]

    @property
    def version(self) -> int:
        """1, 2, 3 …"""
        return int(self.id.partition("@")[2])

    @property
    def digest(self) -> str:
        """SHA-256 of what it says, base included, in the order of its keys: the way it is written
        does not matter, nor do its comments."""
        text = json.dumps(
            pydantic_core.to_jsonable_python(self.tables),
            ensure_ascii=False,
            separators=(",", ":"),
            sort_keys=True,
        )
        return sha256(text.encode()).hexdigest()

    def table(self, service: str) -> Table:
        """What the charter says to a service, as plain values; empty if nothing."""
        table: Table = self.tables.get(service, {})
        return table

    def rules[R: BaseModel](self, service: str, model: type[R]) -> R:
        """The same as the service's own model. Raises pydantic.ValidationError."""
        if (service, model) not in self._rules:
            # By way of JSON, so that a strict model accepts an array for a set.
            table = pydantic_core.to_json(self.table(service))
            self._rules[service, model] = model.model_validate_json(table)
        rules = self._rules[service, model]
        assert isinstance(rules, model)
        return rules


type Contradictions = Callable[[Charter], Iterable[tuple[str, str]]]
"""What the tables of a charter say against one another: dotted keys and reasons."""


def no_more(_charter: Charter) -> Iterable[tuple[str, str]]:
    """Nothing is wrong beyond what each service finds in its own table."""
    return ()


class Charters:
    """All charters of a folder, each checked against the models of the services named here.

    Raises BrokenCharter, unless `strict` is off: then a broken file is left out.
    """

    def __init__(self, folder: Path, models: Rules | None = None, *, strict: bool = True) -> None:
        self._folder = folder
        self._models = dict(models or {})
        self._charters: dict[str, Charter] = {}
        self._newest_first: dict[str, list[Charter]] = {}
        self._stamps: dict[Path, int] = {}
        if (broken := self._read()) and strict:
            raise BrokenCharter("; ".join(broken))

    def ids(self) -> list[str]:
        """Every charter there is: ['511623@1', 'default@1']."""
        return sorted(self._charters)

    def at(self, charter_id: str) -> Charter:
        """The charter a stream was born under. Raises KeyError."""
        if charter_id not in self._charters:
            self.reload()  # Another replica may have read a new file before us.
        return self._charters[charter_id]

    def current(self, area: str, today: date) -> Charter:
        """The highest version in force in the county the area lies in, or else of the default."""
        for place in (county(area), DEFAULT):
            for charter in self._newest_first.get(place, ()):
                if charter.in_force <= today:
                    return charter
        raise LookupError(f"no default charter is in force on {today}")

    def reload(self) -> None:
        """Read what has changed. A broken file raises the alarm, and what was read before stays."""
        for broken in self._read():
            telemetry.CHARTER_FAULTS.inc()
            _log.error("charter is broken, the old one stays", fault=broken)

    def check(
        self, path: Path, models: Rules, contradictions: Contradictions = no_more
    ) -> list[Fault]:
        """What is wrong with a file, perhaps still a draft, given the rules of every service.

        What the tables say against one another is asked once each of them is good by itself.
        """
        draft = Draft(path)
        charter, faults = self._judge(draft, models)
        if charter is None:
            return faults
        against = () if faults else contradictions(charter)
        strangers = [t for t in charter.tables if t not in models]
        unset = [key for key in draft.provisional if not has(charter.tables, key)]
        return [
            *faults,
            *(draft.fault(table, "there is no such service") for table in strangers),
            *(draft.fault("provisional", f"{key} is nowhere set") for key in unset),
            *(draft.fault(key, reason) for key, reason in against),
            *self._shadows(draft),
        ]

    def check_text(self, charter_id: str, text: str, models: Rules) -> list[Fault]:
        """What is wrong with a draft that is no file yet, given some services' rules."""
        place, _, version = charter_id.partition("@")
        with TemporaryDirectory() as folder:
            path = Path(folder) / place / f"{version}.toml"
            path.parent.mkdir()
            path.write_text(text, encoding="utf-8")
            draft = Draft(path)
        charter, faults = self._judge(draft, models)
        return faults if charter is None else [*faults, *self._shadows(draft)]

    def text(self, charter_id: str) -> str:
        """The file of a charter as it was written. Raises KeyError."""
        charter = self.at(charter_id)
        path = self._folder / charter.place / f"{charter.version}.toml"
        return path.read_text(encoding="utf-8")

    def _shadows(self, draft: Draft) -> list[Fault]:
        """The highest version in force holds: one that begins before an earlier one hides it."""
        place, _, version = draft.id.partition("@")
        hidden = [
            f"{draft.id} is in force before {charter.id}, which would never be"
            for charter in self._newest_first.get(place, ())
            if charter.version < int(version) and charter.in_force > draft.in_force
        ]
        return [draft.fault("in_force", reason) for reason in hidden]

    def _read(self) -> list[str]:
        stamps = {path: path.stat().st_mtime_ns for path in self._folder.glob("*/*.toml")}
        if stamps == self._stamps:
            return []
        self._stamps = stamps
        broken = []
        for draft in _bases_first(map(Draft, sorted(stamps))):
            charter, faults = self._judge(draft, self._models)
            broken += [f"{draft.id}, {fault}" for fault in faults]
            if charter and not faults:
                self._put(charter)
        return broken

    def _judge(self, draft: Draft, models: Rules) -> tuple[Charter | None, list[Fault]]:
        if draft.faults:
            return None, draft.faults
        base = self._charters.get(draft.base) if draft.base else None
        if draft.base and base is None:
            return None, [draft.fault("base", f"there is no charter {draft.base}")]
        charter = _stack(draft, base)
        return charter, draft.judge(charter.tables, models)

    def _put(self, charter: Charter) -> None:
        old = self._charters.get(charter.id)
        if old and old.tables != charter.tables:
            _log.warning("charter was changed in place", charter=charter.id)
        self._charters[charter.id] = charter
        versions = [c for c in self._charters.values() if c.place == charter.place]
        self._newest_first[charter.place] = sorted(versions, key=lambda c: c.version, reverse=True)


def _stack(draft: Draft, base: Charter | None) -> Charter:
    """A value a county writes itself is no longer provisional, unless it says so."""
    if base is None:
        return Charter(draft.id, draft.in_force, draft.tables, frozenset(draft.provisional))
    inherited = frozenset(key for key in base.provisional if not has(draft.tables, key))
    tables = lay_over(base.tables, draft.tables)
    return Charter(draft.id, draft.in_force, tables, inherited.union(draft.provisional))


def _bases_first(drafts: Iterable[Draft]) -> list[Draft]:
    """What others stand on before what stands on it; a circle stays as it is, and is a fault."""
    waiting = {draft.id: draft for draft in drafts}
    ordered: dict[str, Draft] = {}
    while waiting:
        free = [d for d in waiting.values() if d.base not in waiting] or list(waiting.values())
        ordered.update((draft.id, draft) for draft in free)
        for draft in free:
            del waiting[draft.id]
    return list(ordered.values())
