"""Minutes (协商纪要) drafted from the facts of a meeting, with what people made of the draft.

minutes_of(sitting, outcome, Telling(texts.minutes, word)).sections[3].text
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.portal.pages.difference import Piece, difference
from services.portal.pages.facts import Thread
from services.portal.pages.render import day, minute
from services.portal.pages.sitting import Side, Sitting
from services.portal.pages.texts import Texts

NUMERALS = "零一二三四五六七八九十"


@dataclass(frozen=True)
class Telling:
    """The words of the draft, and what small values are called in the county."""

    texts: Texts
    word: Callable[[Any], str]
    named: Callable[[str], str] = lambda _member: ""
    """The name of a member, by id."""


@dataclass(frozen=True)
class Wording:
    """One kept version of a part: which, what, and who wrote it when."""

    nth: int
    text: str
    who: str
    at: datetime


@dataclass(frozen=True)
class Section:
    """One part of the minutes: as drafted from the facts, and every wording since."""

    name: str
    heading: str
    drafted: str
    wordings: Sequence[Wording] = ()

    @property
    def text(self) -> str:
        """What stands now."""
        return self.wordings[-1].text if self.wordings else self.drafted

    @property
    def nth(self) -> int:
        """How often it was worded; 0 as long as it is the draft."""
        return len(self.wordings)

    @property
    def beside_the_facts(self) -> list[Piece]:
        """What stands now against what the facts say; empty where it is the same."""
        return [] if self.text == self.drafted else difference(self.drafted, self.text)

    def changes(self, nth: int) -> list[Piece]:
        """A wording against the one before it; the first against the draft."""
        before = self.wordings[nth - 2].text if nth > 1 else self.drafted
        return difference(before, self.wordings[nth - 1].text)


@dataclass(frozen=True)
class Minutes:
    """The minutes of one meeting. Without a number they are a draft."""

    title: str
    sections: Sequence[Section]
    number: str = ""
    issued_at: datetime | None = None

    def section(self, name: str) -> Section | None:
        """The part of this name."""
        return next((one for one in self.sections if one.name == name), None)


def minutes_of(sitting: Sitting, outcome: Thread | None, telling: Telling) -> Minutes:
    """The minutes as they stand: drafted, worded, perhaps issued."""
    issued = outcome.said("MinutesIssued") if outcome else []
    return Minutes(
        title=sitting.title,
        sections=[
            Section(name, telling.word(name), draft(sitting, telling), wordings_of(outcome, name))
            for name, draft in _DRAFTS.items()
        ],
        number=str(issued[-1].data["number"]) if issued else "",
        issued_at=issued[-1].at if issued else None,
    )


def wordings_of(outcome: Thread | None, section: str) -> list[Wording]:
    """Every wording of a part, the first one first."""
    saved = outcome.said("MinutesSaved", section=section) if outcome else []
    return [Wording(one.data["nth"], one.data["text"], one.who, one.at) for one in saved]


def numeral(n: int) -> str:
    """一 to 九十九, as items are numbered in official documents."""
    tens, ones = divmod(n, 10)
    if not tens:
        return NUMERALS[ones]
    return (NUMERALS[tens] if tens > 1 else "") + "十" + (NUMERALS[ones] if ones else "")


def _heading(sitting: Sitting, telling: Telling) -> str:
    return str(telling.texts.heading.format(title=sitting.title))


def _opening(sitting: Sitting, telling: Telling) -> str:
    announced, texts = sitting.announced, telling.texts
    if not announced or sitting.starts is None:
        return str(texts.undated)
    at = sitting.opened.at if sitting.opened else sitting.starts
    told = [
        texts.opening.format(
            at=minute(at),
            place=announced["place"],
            form=telling.word(announced["form"]),
            mode=telling.word(announced["mode"]),
            title=sitting.title,
        )
    ]
    if sitting.research:
        told.append(texts.research.format(n=len(sitting.research)))
    if sitting.notice:
        told.append(texts.notice.format(day=day(sitting.notice.at)))
    return "".join(told)


def _attendance(sitting: Sitting, telling: Telling) -> str:
    texts, lines = telling.texts, []
    for kind, n in sitting.people.items():
        names = "、".join(_named(side, telling) for side in sitting.here if side.kind == kind)
        lines.append(texts.side.format(kind=telling.word(kind), n=n, names=names))
    if not lines:
        return str(texts.nobody)
    lines.append(texts.total.format(n=sum(sitting.people.values())))
    if signed := sitting.held.get("signed_by"):
        lines.append(texts.signed.format(by="、".join(map(telling.word, signed))))
    return "\n".join(lines)


def _named(side: Side, telling: Telling) -> str:
    name = telling.named(side.member_id) if side.member_id else ""
    return name or side.name


def _statements(sitting: Sitting, telling: Telling) -> str:
    said = [
        telling.texts.statement.format(speaker=one.data["speaker"], text=one.data["text"])
        for one in sitting.statements
    ]
    return _listed(said, telling)


def _consensus(sitting: Sitting, telling: Telling) -> str:
    texts = telling.texts
    items = [
        _bare(one.text) + (texts.by_unit.format(unit=one.unit) if one.unit else "")
        for one in sitting.points
        if one.agreed
    ]
    return _listed(items, telling)


def _dissent(sitting: Sitting, telling: Telling) -> str:
    texts = telling.texts
    items = [
        _bare(one.text) + (texts.general if one.general else "")
        for one in sitting.points
        if not one.agreed
    ]
    return _listed(items, telling)


def _commitments(sitting: Sitting, telling: Telling) -> str:
    texts = telling.texts
    made = [
        texts.promise.format(unit=one.unit, promise=_bare(one.promise), due=day(one.due))
        for one in sitting.promises
    ]
    return _listed(made, telling)


def _bare(text: str) -> str:
    """Without the full stop: something follows."""
    return text.rstrip("。 ")


def _listed(items: Sequence[str], telling: Telling) -> str:
    return "\n".join(_numbered(items)) or str(telling.texts.none)


def _numbered(items: Sequence[str]) -> Iterator[str]:
    for n, one in enumerate(items, start=1):
        ending = "" if one.endswith(tuple("。!?！？")) else "。"
        yield f"{numeral(n) if n < 100 else n}、{one}{ending}"


_DRAFTS: dict[str, Callable[[Sitting, Telling], str]] = {
    "minutes-heading": _heading,
    "minutes-opening": _opening,
    "minutes-attendance": _attendance,
    "minutes-statements": _statements,
    "minutes-consensus": _consensus,
    "minutes-dissent": _dissent,
    "minutes-commitments": _commitments,
}
