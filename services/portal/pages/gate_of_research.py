"""不调研不协商, as proof: which facts opened the gate of a consultation, or what it waits for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.portal.pages.facts import Fact, Story, Thread
from services.portal.pages.sitting import Sitting


@dataclass(frozen=True)
class Proof:
    """One report: as it was filed, and as it was noted where the gate stands."""

    research: str
    filed: Fact | None
    noted: Fact


@dataclass(frozen=True)
class Gate:
    """The gate of one consultation: so many reports are needed, these are there."""

    sitting: Sitting
    needed: int
    proofs: Sequence[Proof]
    passed: Fact | None
    """The fact that went through it: time and place were fixed on these reports."""

    @property
    def is_open(self) -> bool:
        """Whether a date may be fixed."""
        return len(self.proofs) >= self.needed


@dataclass(frozen=True)
class Trip:
    """Somebody went and looked, or asked."""

    on: date
    place: str
    findings: str
    fact: Fact


@dataclass(frozen=True)
class Research:
    """One piece of research: what it asks, who goes, where they went, what they reported."""

    thread: Thread
    trips: Sequence[Trip]
    report: Fact | None

    @property
    def plan(self) -> Fact:
        """What was settled at first."""
        return self.thread.first

    @property
    def round(self) -> int:
        """Which round of the topic it is for."""
        return int(self.plan.data.get("round", 1))


def gates(story: Story, needed: int) -> list[Gate]:
    """The gates of all consultations of a matter, the latest first."""
    reports = {
        str(thread.stream): fact
        for thread in story.of_kind("research")
        for fact in thread.said("ResearchReportFiled")
    }
    sittings = [
        Sitting(one) for one in story.of_kind("consultation") if one.said("ConsultationPlanned")
    ]
    return [
        Gate(
            sitting=one,
            needed=needed,
            proofs=[
                Proof(noted.data["research_id"], reports.get(noted.data["research_id"]), noted)
                for noted in one.research
            ],
            passed=next(iter(one.thread.said("ConsultationScheduled")), None),
        )
        for one in reversed(sittings)
    ]


def researches(story: Story) -> list[Research]:
    """Every piece of research of a matter, the latest first."""
    return [_research(one) for one in reversed(story.of_kind("research"))]


def _research(thread: Thread) -> Research:
    trips = [
        Trip(date.fromisoformat(fact.data["on"]), fact.data["place"], fact.data["findings"], fact)
        for fact in thread.said("ResearchConducted")
    ]
    return Research(thread, trips, next(iter(thread.said("ResearchReportFiled")), None))
