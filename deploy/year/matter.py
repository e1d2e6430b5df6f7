"""One matter: a kind of concern, told of one place of one county."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID, uuid5

from deploy.year.county import County, government
from deploy.year.files import Kind, Own, kinds
from deploy.year.places import Place
from deploy.year.script import Script
from shared.kernel.message import Actor, Command


@dataclass(frozen=True)
class Matter:
    """What is consulted about, where, in whose words; and the ids that follow from its cause.

    `form` is the form of consultation, `item_no` its place in the plan of the year, None for a
    matter outside it. `research_only`: its outcome comes from the report, without a meeting.
    `disputed`: not all is agreed; `drawn`: talents are drawn for it; `evaluated`: its handling is
    voted on.
    """

    county: County
    script: Script
    kind: Kind
    place: Place
    what: str
    title: str
    summary: str
    by_lead: bool
    origin: str
    form: str
    item_no: int | None
    research_only: bool
    disputed: bool
    drawn: bool
    evaluated: bool
    round: int = 1

    @property
    def luck(self) -> Random:
        """Chance of this matter alone."""
        return self.script.luck

    @property
    def lead_id(self) -> UUID:
        """Of the lead it came from, if it did."""
        return uuid5(self.script.cause, "lead")

    @property
    def topic_id(self) -> UUID:
        """As the policy derives it from the lead."""
        return uuid5(self.lead_id if self.by_lead else self.script.cause, "topic")

    def again(self, about: str) -> Random:
        """The same chance each time it is asked for."""
        return self.county.luck(f"{self.script.cause}/{about}/{self.round}")

    def _numbered(self, name: str) -> UUID:
        return uuid5(self.topic_id, name if self.round == 1 else f"{name}-{self.round}")

    @property
    def research_id(self) -> UUID:
        """Of the research before the meeting of this round."""
        return self._numbered("research")

    @property
    def consultation_id(self) -> UUID:
        """As the policy derives it from the topic and the round."""
        return self._numbered("consultation")

    @property
    def outcome_id(self) -> UUID:
        """As the policies derive it from the report or the meeting."""
        source = self.research_id if self.research_only else self.consultation_id
        return uuid5(source, "outcome")

    def say(self, text: str) -> str:
        """A text of the kind, of this place."""
        return text.format(**self.county.wording(self.place, self.what))

    def pick(self, texts: tuple[str, ...]) -> str:
        """One of the texts, of this place."""
        return self.say(self.luck.choice(texts))

    def unit(self, key: str) -> str:
        """The unit of that key for this place."""
        return self.county.unit(key, self.place)

    @property
    def units(self) -> list[str]:
        """Who acts on each item, in their order."""
        return [self.unit(item.unit) for item in self.kind.items]

    def meet(self, who: Actor, command: type[Command], **fields: Any) -> None:
        """Ask something about the consultation of this round."""
        self.script.ask(who, command, consultation_id=self.consultation_id, **fields)

    def leader(self) -> tuple[str, Actor]:
        """The body that takes the outcome up, and who speaks for it: a government where one is."""
        body = government(self.county.outcomes.submitted_to)
        return body, self.county.cast.leader(body, self.place)


def subjects(county: County, count: int) -> Iterator[tuple[Kind, Place, str, str, str]]:
    """The county's own matters first, then others: no kind of place and detail comes twice."""
    luck = county.luck("subjects")
    told: set[tuple[str, str, str]] = set()
    for own in county.file.own[:count]:
        place = county.places.at(own.at or county.area)
        told.add((own.kind, place.code, own.what))
        yield _own(county, own, place)
    left = count - len(county.file.own)
    while left > 0:
        site = luck.choices(list(county.file.sites), list(county.file.sites.values()))[0]
        fitting = sorted(name for name, kind in kinds().items() if site in kind.where)
        if not fitting:
            continue
        name, place = luck.choice(fitting), luck.choice(county.places.of(site))
        kind = kinds()[name]
        what = luck.choice(kind.what)
        if (name, place.code, what) in told or place.site not in kind.where:
            continue
        told.add((name, place.code, what))
        left -= 1
        words = county.wording(place, what)
        yield kind, place, what, kind.title.format(**words), kind.summary.format(**words)


def _own(county: County, own: Own, place: Place) -> tuple[Kind, Place, str, str, str]:
    kind = kinds()[own.kind]
    words = county.wording(place, own.what)
    summary = own.summary or kind.summary.format(**words)
    return kind, place, own.what, own.title.format(**words), summary
