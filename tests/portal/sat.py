"""Meetings as the services say them: one held, one ahead, one called off, and one in a room."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from services.outcomes.domain.outcome import events as outcome
from services.portal.pages.facts import Fact, Story, Thread
from services.portal.pages.sitting import Sitting
from shared.kernel.message import Event
from tests.meetings import examples as met
from tests.outcomes.examples import SAVED
from tests.spec import NOW
from tests.views import Said

SPACE = UUID("0190aaaa-0000-7000-8000-0000000000c3")
AHEAD, OFF, LATE = (uuid5(SPACE, one) for one in ("ahead", "off", "late"))
OUTCOME = uuid5(met.CONSULTATION_ID, "outcome")
HELD_FACTS = (
    *met.READY, met.VENUE_NOTED, met.AGENDA_SET, met.INVITED, met.scheduled(), met.NOTICED,
    *met.THERE, met.OPENED, met.ITEM_BEGUN, met.STATED, met.agreed(), met.disagreed(),
    met.COMMITTED, met.held(),
)  # fmt: skip


def told(stream: UUID, *facts: Event) -> list[Said]:
    """The same facts, said of another consultation."""
    return [
        ("meetings", stream, one.model_copy(update={"consultation_id": stream})) for one in facts
    ]


SAT: list[Said] = [
    *(("meetings", met.CONSULTATION_ID, one) for one in HELD_FACTS),
    ("outcomes", OUTCOME, outcome.MinutesDrafted(
        outcome_id=OUTCOME, topic_id=met.TOPIC_ID, consultation_id=met.CONSULTATION_ID, items=())),
    ("outcomes", OUTCOME, SAVED.model_copy(update={"outcome_id": OUTCOME})),
    *told(AHEAD, met.PLANNED, met.VENUE_NOTED, met.scheduled(), met.VENUE_DROPPED),
    *told(OFF, met.PLANNED, met.scheduled(), met.CANCELLED),
    *told(LATE, met.PLANNED, met.scheduled(), met.POSTPONED),
]  # fmt: skip


def thread(*facts: Event, category: str = "consultation", stream: UUID = OUTCOME) -> Thread:
    """The stream of these facts, a minute between any two."""
    return Thread(category, stream, tuple(_facts(category, stream, facts)))


def sitting(*facts: Event) -> Sitting:
    """The consultation of which all this was said."""
    return Sitting(thread(*facts, stream=met.CONSULTATION_ID))


def story(*threads: Thread) -> Story:
    """All of it."""
    return Story(tuple(fact for one in threads for fact in one.facts), threads)


def _facts(category: str, stream: UUID, facts: tuple[Event, ...]) -> list[Fact]:
    said: list[Fact] = []
    for n, one in enumerate(facts, start=1):
        data: dict[str, Any] = one.model_dump(mode="json")
        at = NOW + timedelta(minutes=n)
        said.append(
            Fact("meetings", n, stream, category, n, type(one).__name__, met.GUANYINQIAO,
                 "511623@1", "lin/convenor", at, data)
        )  # fmt: skip
    return said


HELD = sitting(*HELD_FACTS)
PREPARED = sitting(met.PLANNED, met.PARTIES, met.WORK_PLAN_ISSUED)
POSTPONED = sitting(*met.READY, met.scheduled(), met.NOTICED, *met.THERE, met.POSTPONED)


def wordings(*texts: str) -> Thread:
    """An outcome whose consensus was worded so often."""
    drafted = outcome.MinutesDrafted(
        outcome_id=OUTCOME, topic_id=met.TOPIC_ID, consultation_id=met.CONSULTATION_ID, items=()
    )
    saved = [
        SAVED.model_copy(update={"nth": n, "text": text}) for n, text in enumerate(texts, start=1)
    ]
    return thread(drafted, *saved, category="outcome")
