"""A charter's file as somebody wrote it: what it says, and on which line."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pydantic_core
from pydantic import BaseModel, Field, ValidationError

from shared.kernel.message import Question

Table = dict[str, Any]
Rules = Mapping[str, type[BaseModel]]

_HEADER = re.compile(r"\s*\[{1,2}\s*([\w.\-]+)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([\w.\-]+)\s*=")
_REMARK = re.compile(r"\s#\s*([^\"']*(?:\"[^\"]*\"[^\"']*)*)$")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file. `line` is 1 where the key is not written in the file itself."""

    line: int
    key: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.key + ': ' if self.key else ''}{self.reason}"


class CheckCharter(Question):
    """Whether a draft of a charter is good, as far as the rules of this service go."""

    charter: str = Field(pattern=r"^(\d{6}|default)@\d{1,4}$")
    text: str = Field(max_length=200_000)


def not_utf8(error: UnicodeDecodeError) -> Fault:
    """A file in another encoding, GBK perhaps."""
    return Fault(error.object.count(b"\n", 0, error.start) + 1, "", "this is not UTF-8")


class Draft:
    """One file, parsed; whether its rules are good is judged against the services' models."""

    def __init__(self, path: Path) -> None:
        self.id = f"{path.parent.name}@{path.stem}"
        self.faults: list[Fault] = []
        self._text = ""
        try:
            self._text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            self.faults.append(not_utf8(error))
        self.tables = self._parse()
        self.base: str | None = self._head("base", str, None)
        self.in_force: date = self._head("in_force", date, date.max)
        self.provisional: list[str] = self._head("provisional", list, [])
        if self.in_force == date.max and not self.faults:
            self.faults.append(Fault(1, "in_force", "the day it is in force from is missing"))
        if not path.stem.isdigit():
            self.faults.append(Fault(1, "", f"{path.name} should be named as its version, 1.toml"))

    def fault(self, key: str, reason: str) -> Fault:
        """A fault on the line where the key, or the nearest table around it, is written."""
        return Fault(self._line(key), key, reason)

    def judge(self, tables: Table, models: Rules) -> list[Fault]:
        """What the services' models say to these tables: the file's own, laid over its base's."""
        faults = []
        for service, model in models.items():
            try:
                model.model_validate_json(pydantic_core.to_json(tables.get(service, {})))
            except ValidationError as no:
                for error in no.errors(include_url=False, include_input=False):
                    key = ".".join(map(str, (service, *error["loc"])))
                    faults.append(self.fault(key, error["msg"]))
        return faults

    def _parse(self) -> Table:
        try:
            return tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as no:
            at = re.search(r"line (\d+)", str(no))
            line = int(at[1]) if at else self._text.count("\n") + 1
            self.faults.append(Fault(line, "", f"not TOML: {no}"))
            return {}

    def _head[T](self, key: str, kind: type[T], default: Any) -> Any:
        value = self.tables.pop(key, default)
        if value is not default and not isinstance(value, kind):
            self.faults.append(self.fault(key, f"{value!r} is not a {kind.__name__}"))
            return default
        return value

    def _line(self, key: str) -> int:
        written = _lines(self._text)
        while key and key not in written:
            key = key.rpartition(".")[0]
        return written.get(key, 1)


def remarks(text: str) -> dict[str, str]:
    """What the comments of a file say of each dotted key: those right above it, and beside it."""
    found: dict[str, str] = {}
    table, above = "", list[str]()
    for line in text.splitlines():
        if line.strip().startswith("#"):
            above.append(line.strip().lstrip("# "))
            continue
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            table = header[1]
        beside = _REMARK.search(line)
        if header or key:
            name = table if header else f"{table}.{key[1]}".lstrip(".")  # type: ignore[index]
            told = " ".join([*above, *([beside[1]] if beside else [])])
            if told:
                found.setdefault(name, told)
        above = []
    return found


def lay_over(base: Table, over: Table) -> Table:
    """Tables merge, key by key; any other value replaces what was there."""
    laid = dict(base)
    for key, value in over.items():
        below = laid.get(key)
        if isinstance(below, dict) and isinstance(value, dict):
            laid[key] = lay_over(below, value)
        else:
            laid[key] = value
    return laid


def has(tables: Table, key: str) -> bool:
    """Whether a dotted key is set."""
    first, _, rest = key.partition(".")
    if first not in tables:
        return False
    return not rest or (isinstance(tables[first], dict) and has(tables[first], rest))


def _lines(text: str) -> dict[str, int]:
    """Where each dotted key is written; the first place of a repeated one."""
    lines: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = header[1]
            parts = table.split(".")
            for end in range(1, len(parts) + 1):
                lines.setdefault(".".join(parts[:end]), number)
        elif key := _KEY.match(line):
            lines.setdefault(f"{table}.{key[1]}".lstrip("."), number)
    return lines
