"""The file of areas as somebody wrote it: which there are, from when until when, and what follows.

    code,name,level,from,until,into
    511623101000,太和镇,town,,2026-07-01,511623100000
    511623102000,城北镇,town,,2026-07-01,511623103000 511623104000
    511623103000,城北街道,town,2026-07-01,,

A row is one life of one area: `from` is its first day and `until` the first day it is no more, both
empty where it always was, and still is. `into` names what continues it, the main successor first.
A merger is two areas that go into one, a split one that goes into several, a move one that goes
into a code elsewhere. A new name under the same code is a second row that the first goes into.
The last three columns, and `level`, may be left out. A code that was given up is never used again
(GB/T 2260: 行政区划若有变更,原代码废止).
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from shared.kernel.areas import level, lineage
from shared.runtime.draft import Fault, not_utf8

ALWAYS, STILL = date.min, date.max


@dataclass(frozen=True, slots=True)
class Division:
    """One area under one code and name, from a day on and until another."""

    code: str
    name: str
    since: date = ALWAYS
    until: date = STILL
    into: tuple[str, ...] = ()
    line: int = 1

    def is_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= day < self.until


Lives = Mapping[str, Sequence[Division]]
"""The lives of each code, the earliest first."""


def read(path: Path) -> tuple[Lives, list[Fault]]:
    """What the file says, and what is wrong with it. Raises OSError."""
    lives: dict[str, list[Division]] = {}
    faults: list[Fault] = []
    try:
        text = path.read_bytes().decode("utf-8-sig")  # Spreadsheets put a mark before it.
    except UnicodeDecodeError as error:
        return {}, [not_utf8(error)]
    rows = csv.DictReader(io.StringIO(text, newline=""), restval="")
    try:
        if missing := {"code", "name"} - set(rows.fieldnames or ()):
            return {}, [Fault(1, min(missing), "this column is missing")]
        for row in rows:
            one = _division(row, rows.line_num, faults)
            if one:
                lives.setdefault(one.code, []).append(one)
    except csv.Error as error:  # As of a quotation that never ends.
        return {}, [Fault(rows.line_num, "", str(error))]
    for of_code in lives.values():
        of_code.sort(key=lambda one: one.since)
    return lives, faults or judge(lives)


def judge(lives: Lives) -> list[Fault]:
    """What contradicts itself, in the order of the lines."""
    dated = [one for of_code in lives.values() for one in of_code if _is_dated(one)]
    faults = [fault for one in dated for fault in _span(one)]
    faults += [fault for one in dated for fault in _succession(one, lives)]
    faults += [fault for code in lives if len(lives[code]) > 1 for fault in _reuse(lives[code])]
    changed = {one.code for one in dated}
    faults += [
        fault
        for of_code in lives.values()
        for one in of_code
        if not changed.isdisjoint(lineage(one.code)[:-1])
        for fault in _place(one, lives)
    ]
    return sorted(faults, key=lambda fault: fault.line)


def _division(row: Mapping[str, str], line: int, faults: list[Fault]) -> Division | None:
    code = row["code"]
    if not (len(code) == 12 and code.isascii() and code.isdigit()):
        faults.append(Fault(line, "code", f"'{code}' is not twelve digits"))
        return None
    if row.get("level") and row["level"] != level(code):
        faults.append(Fault(line, "level", f"{code} is a {level(code)}, not a {row['level']}"))
    try:
        since = _day(row, "from", ALWAYS)
        until = _day(row, "until", STILL)
    except ValueError as error:
        faults.append(Fault(line, "", str(error)))
        return None
    return Division(code, row["name"], since, until, tuple((row.get("into") or "").split()), line)


def _day(row: Mapping[str, str], column: str, otherwise: date) -> date:
    text = row.get(column) or ""
    try:
        return date.fromisoformat(text) if text else otherwise
    except ValueError as error:
        raise ValueError(f"{column}: '{text}' is not a day like 2026-07-01") from error


def _is_dated(one: Division) -> bool:
    return one.since != ALWAYS or one.until != STILL or bool(one.into)


def _span(one: Division) -> Iterator[Fault]:
    """Its own days, and whether it says what follows if and only if it ends."""
    if one.until <= one.since:
        yield Fault(one.line, "until", f"{one.code} ends on {one.until}, before it has begun")
    if one.until != STILL and not one.into:
        yield Fault(one.line, "into", f"{one.code} ends on {one.until}, and nothing continues it")
    if one.until == STILL and one.into:
        yield Fault(one.line, "until", f"{one.code} goes into {one.into[0]}, but on no day")


def _succession(one: Division, lives: Lives) -> Iterator[Fault]:
    """What it goes into is there on the day it ends, is of its level, and is not led back to it."""
    for code in one.into:
        if code not in lives:
            yield Fault(one.line, "into", f"there is no {code}")
        elif level(code) != level(one.code):
            yield Fault(
                one.line, "into", f"{code} is a {level(code)}, and {one.code} a {level(one.code)}"
            )
        elif code != one.code and (circle := _circle(one.code, code, lives)):
            yield Fault(one.line, "into", f"it goes round in a circle: {' → '.join(circle)}")
        elif one.until != STILL and not any(life.is_on(one.until) for life in lives[code]):
            yield Fault(one.line, "into", f"{code} {_absence(lives[code], one.until)}")


def _absence(lives: Sequence[Division], day: date) -> str:
    if later := [life.since for life in lives if life.since > day]:
        return f"begins on {later[0]}, after the end on {day}"
    return f"has ended on {lives[-1].until}, and cannot go on from {day}"


def _circle(start: str, code: str, lives: Lives) -> list[str]:
    """The way from a code back to it; empty if there is none."""
    way, seen = [[start, code]], {start, code}
    while way:
        path = way.pop()
        for follows in {f for life in lives.get(path[-1], ()) for f in life.into} - {path[-1]}:
            if follows == start:
                return [*path, start]
            if follows not in seen:
                seen.add(follows)
                way.append([*path, follows])
    return []


def _reuse(lives: Sequence[Division]) -> Iterator[Fault]:
    """Two lives of a code follow one on the other: a new name, and nothing else."""
    for one, following in pairwise(lives):
        if following.since < one.until:
            until = "" if one.until == STILL else f" until {one.until}"
            yield Fault(
                following.line, "code", f"{one.code} is in force{until}, by line {one.line}"
            )
        elif following.since > one.until or one.into != (one.code,):
            yield Fault(
                following.line,
                "code",
                f"{one.code} was given up on {one.until}, by line {one.line}, for good",
            )


def _place(one: Division, lives: Lives) -> Iterator[Fault]:
    """As long as it is in force, so is all it lies in."""
    for above in lineage(one.code)[:-1]:
        known = lives.get(above, ())
        if not known or (known[0].since <= one.since and one.until <= known[-1].until):
            continue
        if one.since < known[0].since:
            days = f"before {known[0].since}"
        else:
            days = f"from {known[-1].until} on"
        yield Fault(one.line, "code", f"{one.code} lies in {above}, which is not there {days}")
