"""What a document is drawn up from: the facts of a matter, and the words of its county."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.portal.pages.facts import Fact, Story, Thread
from services.portal.pages.papers.paper import Paper, Part
from services.portal.pages.render import day, minute
from services.portal.pages.texts import Texts
from shared.runtime.vault import is_sealed


@dataclass(frozen=True)
class Scene:
    """A matter as one of its documents sees it. `thread` is the stream the document speaks of.

    `word` tells small values, `named` people by account or member id, `private` what sealed texts
    say: None where the reader may not know.
    """

    story: Story
    thread: Thread
    title: str
    place: str
    issuer: str
    """The body that issues documents, as the county has published it; empty if it has not."""

    signed: str
    rules: Mapping[str, Any]
    own_names: Mapping[str, str]
    texts: Texts
    drafting: Texts
    """The words in which minutes are drafted."""

    word: Callable[[Any], str]
    named: Callable[[str], str]
    private: Mapping[str, str | None] | None

    def last(self, *types: str, **values: object) -> Fact | None:
        """The last fact of these types in the stream."""
        said = self.thread.said(*types, **values)
        return said[-1] if said else None

    def elsewhere(self, category: str, *types: str, **values: object) -> list[Fact]:
        """Facts of other streams of the matter."""
        return [
            fact
            for thread in self.story.of_kind(category)
            for fact in thread.said(*types, **values)
        ]

    def clear(self, value: Any) -> str:
        """A text, sealed or not."""
        if not is_sealed(value):
            return str(value or "")
        known = (self.private or {}).get(value)
        return known if known is not None else str(self.texts.private)

    def listed(self, values: Any) -> str:
        """Names one after the other."""
        return "、".join(str(one) for one in values or ())

    def paper(self, kind: str, parts: list[Part], fact: Fact | None, **more: Any) -> Paper:
        """A document of this kind: named, dated and signed as the county does it."""
        say = self.texts[kind]
        given: dict[str, Any] = {
            "name": self.own_names.get(kind) or say.name,
            "title": str(say.title.format(title=self.title)),
            "issuer": self.issuer,
            "signed": self.signed,
            "dated": day(fact.at) if fact else "",
            "mark": "" if self.issuer else str(self.texts.mark),
        }
        return Paper(kind=kind, parts=parts, **(given | more))


def on(value: str | date | None) -> str:
    """A day out of a fact, in words."""
    if not value:
        return ""
    return day(date.fromisoformat(value) if isinstance(value, str) else value)


def at(value: str | None) -> str:
    """A moment out of a fact, in words."""
    return minute(datetime.fromisoformat(value)) if value else ""
