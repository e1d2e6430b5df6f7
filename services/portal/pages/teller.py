"""Tells facts in Chinese: what each is called, who said it, and what it says."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from services.portal.pages.facts import Fact
from services.portal.pages.render import day, minute
from services.portal.pages.schemas import Schema, fields, is_id
from services.portal.pages.signs import chinese_signs
from services.portal.pages.texts import Texts
from services.portal.words import RESIDENT
from shared.kernel.message import SYSTEM
from shared.runtime.vault import is_sealed

PERSONS = ("proposer", "submitter", "adopter", "reader")
"""Fields that hold an account; mostly whoever said the fact, or said an earlier one."""

TOLD_BY_SYSTEM = ("proposer",)
"""Accounts that are told nevertheless, where a policy spoke in their name."""

COUNTED = ("voters", "handlers", "ballots")
"""Lists of which a reader is told how long they are, and no more."""

COUNT = frozenset({"since", "days", "of", "days_off"})
"""What a value is made of that says how a day was counted."""

LINE = 44
"""How many characters a list may have to be told in one line."""

BY_ITSELF = frozenset({
    "ConsultationPlanned", "ResearchNoted", "MinutesDrafted", "AssignmentOpened", "ReturnNoted",
    "ReplyNoted", "FollowUpNoted", "PauseNoted", "DueNoted", "DeadlineSet", "DeadlineMet",
    "DeadlineLifted", "ReminderSent", "WarningLevelRaised", "NoticeSent", "NoticeAddressed",
    "NoticeRead",
})  # fmt: skip
"""Notes that services make for themselves; the story tells them in small print."""

UUID_TEXT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Detail:
    """One thing a fact says. `rows` are those of a table, under `heads`."""

    title: str
    kind: Literal["text", "lines", "table", "sealed", "erased", "locked"]
    lines: Sequence[str] = ()
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


@dataclass(frozen=True)
class Entry:
    """One fact, as it is told."""

    fact: Fact
    title: str
    who: str
    role: str
    details: Sequence[Detail]
    by_itself: bool


def chapters(entries: Iterable[Entry]) -> list[list[Entry]]:
    """The entries in order; notes that follow one another are one chapter, all others are alone."""
    told: list[list[Entry]] = []
    for entry in entries:
        if told and entry.by_itself and told[-1][0].by_itself:
            told[-1].append(entry)
        else:
            told.append([entry])
    return told


@dataclass(frozen=True)
class Teller:
    """All that is needed to put a fact into words.

    `facts` are the services' own descriptions by type, `words` the county's own. `names` are people
    by account, `private` what sealed texts say: None for one that is erased, nothing for one that
    is locked. Without `private` the reader may not know.
    """

    texts: Texts
    facts: Mapping[str, Mapping[str, Any]]
    words: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    private: Mapping[str, str | None] | None = None

    def entry(self, fact: Fact, known: Collection[str] = ()) -> Entry:
        """The fact in words; values that the reader knows already are left out."""
        described = self.facts.get(fact.type, {})
        schema = fields(described.get("schema", {}))
        details = [
            self.detail(name, value, schema.get(name, {}))
            for name, value in fact.data.items()
            if self._tells(name, value, schema.get(name, {}), known)
            or (name in TOLD_BY_SYSTEM and fact.role == SYSTEM)
        ]
        return Entry(
            fact=fact,
            title=self.name(fact.type, described.get("label", fact.type)),
            who=self._who(fact),
            role=self.role(fact.role),
            details=details,
            by_itself=fact.type in BY_ITSELF,
        )

    def name(self, of: str, usual: str) -> str:
        """What the county calls a step or a fact, and so its document, if it has a name for it."""
        return chinese_signs(self.words.get(of) or usual)

    def detail(self, name: str, value: Any, schema: Schema) -> Detail:
        """One field of a fact in words."""
        title = schema.get("title", name)
        if name in PERSONS:
            return Detail(title, "text", [self.names.get(value, self.role("resident"))])
        if is_sealed(value):
            return self._private(title, value)
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return self._table(title, value, schema)
        if isinstance(value, list):
            return _listed(title, self._lines(name, value))
        if isinstance(value, dict) and not value.keys() >= COUNT:
            told = self._pairs(value, schema.get("properties", {}))
            return _listed(title, [f"{key}：{one}" for key, one in told])
        return Detail(title, "text", [self.value(value, schema)])

    def value(self, value: Any, schema: Schema) -> str:
        """A single value in words."""
        if isinstance(value, dict) and value.keys() >= COUNT:
            since = day(date.fromisoformat(value["since"]), self.texts.site.day)
            return str(self.texts.matter.counted[value["of"]].format(**value | {"since": since}))
        match schema.get("format"):
            case "date":
                return day(date.fromisoformat(value), self.texts.site.day)
            case "date-time":
                return minute(datetime.fromisoformat(value), self.texts.site.day)
        return self.word(value)

    def word(self, value: Any) -> str:
        """A small value by its name: the county's own, or the usual one, or as it stands."""
        if isinstance(value, bool):
            return str(self.texts.site.yes if value else self.texts.site.no)
        text = str(value)
        own = self.words.get(text)
        usual = self.texts.words["values"].get(text, "")
        return chinese_signs(own) if own else usual or self.role(text)

    def role(self, role: str) -> str:
        """The name of a role; the county's own, if it has one."""
        own = self.words.get(f"role-{role}")
        return chinese_signs(own) if own else self.texts.words.roles.get(role, role)

    def _who(self, fact: Fact) -> str:
        """Who acts in office is named to everybody, private persons to their confidants only."""
        hidden = fact.role == RESIDENT and self.private is None
        return "" if hidden else self.names.get(fact.who, "")

    def _lines(self, name: str, value: Sequence[Any]) -> list[str]:
        if name in COUNTED:
            return [str(self.texts.matter.count.format(n=len(value)))]
        return [self.word(one) for one in value]

    def _tells(self, name: str, value: Any, schema: Schema, known: Collection[str]) -> bool:
        if value in (None, "", [], {}) or is_id(schema) or name in PERSONS:
            return False
        if isinstance(value, str):
            return value not in known and not UUID_TEXT.fullmatch(value)
        return True

    def _private(self, title: str, sealed: str) -> Detail:
        if self.private is None:
            return Detail(title, "sealed")
        if sealed not in self.private:
            return Detail(title, "locked")
        said = self.private[sealed]
        return Detail(title, "erased") if said is None else Detail(title, "text", [said])

    def _pairs(self, value: dict[str, Any], below: Schema) -> list[tuple[str, str]]:
        """The fields of an object by their titles, or the keys of a table by their words."""
        return [
            (below.get(key, {}).get("title") or self.word(key), self.value(one, below.get(key, {})))
            for key, one in value.items()
        ]

    def _table(self, title: str, rows: list[dict[str, Any]], schema: Schema) -> Detail:
        below = schema.get("items", {}).get("properties", {})
        names = [name for name in rows[0] if any(row.get(name) not in (None, "") for row in rows)]
        return Detail(
            title,
            "table",
            heads=[below.get(name, {}).get("title", name) for name in names],
            rows=[[self.value(row[name], below.get(name, {})) for name in names] for row in rows],
        )


def _listed(title: str, lines: list[str]) -> Detail:
    """Short things stand in one line."""
    if sum(map(len, lines)) <= LINE:
        return Detail(title, "text", ["、".join(one.rstrip("。；;") for one in lines)])
    return Detail(title, "lines", lines)
