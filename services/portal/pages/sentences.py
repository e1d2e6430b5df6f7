"""Says in a sentence why the answer is no, what is kept, and what to do next."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.portal.pages.render import day, minute
from services.portal.pages.texts import Texts
from shared.kernel.errors import Missing, No

PHASES = ("lead", "topic", "research", "consultation", "outcome", "assignment", "followup",
          "notice", "deadline", "account", "erasure", "file", "agency", "subscription")  # fmt: skip
AREAS = ("area", "yours")


@dataclass(frozen=True)
class Sentence:
    """A no for people."""

    what: str
    kept: str
    next: str


@dataclass(frozen=True)
class Sayer:
    """Finds the words for small values, places, roles, and for fields and commands (`title`)."""

    texts: Texts
    word: Callable[[Any], str]
    area: Callable[[str], str]
    role: Callable[[str], str]
    title: Callable[[str], str]

    def sentence(self, no: No) -> Sentence:
        """What to tell of this no."""
        told, name = self.texts.refusals, _name(no)
        if name not in told:
            return Sentence(told.unknown.format(code=no.code), told.kept, told.unknown_next)
        facts = self._facts(no.facts)
        return Sentence(
            told[name].what.format_map(facts), told.kept, told[name].next.format_map(facts)
        )

    def _facts(self, facts: Mapping[str, Any]) -> Mapping[str, str]:
        told = {name: self._fact(name, value) for name, value in facts.items()}
        for name in PHASES:
            if name in facts:
                phases = self.texts.refusals.phases
                told["phase"] = phases.get(str(facts[name]), str(facts[name]))
        return defaultdict(str, told)

    def _fact(self, name: str, value: Any) -> str:
        if name == "errors":
            return self._and("semicolon", map(self._error, value))
        if name in ("role", "needed") and isinstance(value, str | list):
            roles = [value] if isinstance(value, str) else value
            return self._and("comma", map(self.role, roles))
        if name == "successors":
            return self._and("comma", map(self.area, value))
        if isinstance(value, list | tuple):
            return self._and("comma", map(self.word, value))
        if isinstance(value, dict):
            people = self.texts.refusals.people
            told = (people.format(kind=self.word(key), n=one) for key, one in value.items())
            return self._and("comma", told)
        return self._single(name, str(value))

    def _single(self, name: str, text: str) -> str:
        if name == "command":
            return self.title(text)
        if name in AREAS:
            return self.area(text)
        return _moment(text, self.texts.site.day) or self.word(text)

    def _error(self, error: Mapping[str, str]) -> str:
        told = self.texts.refusals.errors
        said = told.get(error["code"], told.other)
        return str(self.texts.refusals.error.format(field=self.title(error["field"]), said=said))

    def _and(self, mark: str, told: Iterable[str]) -> str:
        return str(self.texts.refusals[mark]).join(told)


def _name(no: No) -> str:
    if isinstance(no, Missing) and no.code.startswith("unknown-") and no.code not in (
        "unknown-command", "unknown-question",
    ):  # fmt: skip
        return "not-found"
    return no.code


def _moment(text: str, form: str) -> str:
    try:
        if len(text) == 10:
            return day(date.fromisoformat(text), form)
        return minute(datetime.fromisoformat(text), form) if "T" in text else ""
    except ValueError:
        return ""
