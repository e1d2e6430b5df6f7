"""The rules of a county as people read them: each with its source; two versions beside."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.runtime.charter import Charter
from shared.runtime.draft import Table, has

RESTRICTED = ("outcomes.referral",)
"""Rules that only named roles may know of."""

OPEN = (
    "portal.words", "portal.stages", "meetings.parties_min", "notify.warned_before",
    "notify.wishes",
)  # fmt: skip
"""Tables that are one rule each, however many keys they have."""


_ENGLISH = re.compile(r"[A-Za-z]{2,} ")
_QUOTED = re.compile(r"[\"“][^\"”]*[一-鿿][^\"”]*[\"”]")
_CHINESE = re.compile(r"[一-鿿](?:[一-鿿、→·\d]*[一-鿿\d])?")


@dataclass(frozen=True)
class Rule:
    """One rule: its dotted key, what holds, what the file says of it, and whose word it is."""

    key: str
    value: Any
    remark: str
    own: bool
    provisional: bool


@dataclass(frozen=True)
class Change:
    """One rule that two versions do not share; None: not set there."""

    key: str
    before: Any
    after: Any


def rules_of(charter: Charter, remarks: Mapping[str, str], own: Table) -> list[Rule]:
    """Every rule that holds, by service; `own` is what the county wrote itself."""
    return [
        Rule(
            key=key,
            value=value,
            remark=in_chinese(remarks.get(key, "")),
            own=has(own, key),
            provisional=key in charter.provisional,
        )
        for key, value in flat(charter.tables)
    ]


def in_chinese(remark: str) -> str:
    """What a comment quotes or says in Chinese; the rest is for who writes the file."""
    if not _ENGLISH.search(remark):
        return remark
    return "".join(_QUOTED.findall(remark)) or ";".join(_CHINESE.findall(remark))


def changes(before: Charter, after: Charter) -> list[Change]:
    """The rules in which two charters differ."""
    old, new = dict(flat(before.tables)), dict(flat(after.tables))
    return [
        Change(key, old.get(key), new.get(key))
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    ]


def flat(tables: Table, path: str = "") -> Iterator[tuple[str, Any]]:
    """Each dotted key with its value; a table of words is one value."""
    for name, value in tables.items():
        key = f"{path}{name}"
        if key.startswith(RESTRICTED):
            continue
        if isinstance(value, dict) and key not in OPEN:
            yield from flat(value, f"{key}.")
        else:
            yield key, value


def groups(rules: Sequence[Rule]) -> dict[str, list[Rule]]:
    """The rules by the service they are for."""
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        found.setdefault(rule.key.partition(".")[0], []).append(rule)
    return found
