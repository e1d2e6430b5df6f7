"""Where an outcome (协商成果) stands, and how facts move it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from services.outcomes.domain.outcome import events as said
from services.outcomes.domain.outcome import notes
from services.outcomes.words import AdoptedBy, Item, UpreportForm


@dataclass(frozen=True)
class Track:
    """How far one item has come.

    `replied` is the class of the reply that holds, '' without one; `round` counts the replies,
    `awaits` the follow-ups that have not yet passed.
    """

    item: Item
    unit: str = ""
    settled: bool = False
    upreported: UpreportForm | None = None
    adopted_by: frozenset[AdoptedBy] = frozenset()
    round: int = 0
    replied: str = ""
    awaits: frozenset[str] = frozenset()
    confirmed: bool = False

    @property
    def stands_open(self) -> bool:
        """Whether nobody has been made to deal with it yet."""
        if self.item.agreed:
            return bool(self.item.unit) and not self.unit
        return self.item.general and not self.settled


@dataclass(frozen=True)
class Nothing:
    """No meeting was held."""


@dataclass(frozen=True)
class Researched:
    """No meeting was held, but there is a report."""

    topic_id: UUID
    research_id: UUID


@dataclass(frozen=True)
class Drafted:
    """Minutes without a number. `wordings` holds how often each part was worded, and the last."""

    topic_id: UUID
    items: Mapping[int, Track]
    wordings: Mapping[str, tuple[int, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Issued:
    """Minutes that may be sent."""

    topic_id: UUID
    items: Mapping[int, Track]


@dataclass(frozen=True)
class Submitted:
    """On its way through bodies and units. `told` holds 'members', 'people'."""

    topic_id: UUID
    items: Mapping[int, Track]
    to: frozenset[str]
    adopted: frozenset[str] = frozenset()
    endorsed: frozenset[said.OutcomeEndorsed] = frozenset()
    escalated: frozenset[said.MajorOutcomeEscalated] = frozenset()
    told: frozenset[str] = frozenset()
    in_media: bool = False
    in_library: bool = False


@dataclass(frozen=True)
class Closed:
    """Nothing is left to do."""


type Outcome = Nothing | Researched | Drafted | Issued | Submitted | Closed


def evolve(outcome: Outcome, event: said.OutcomeEvent) -> Outcome:
    """The outcome after one more fact."""
    match outcome, event:
        case Nothing(), said.MinutesDrafted() as e:
            return Drafted(e.topic_id, {item.no: Track(item) for item in e.items})
        case Researched(), said.ReportDrafted() as e:
            return Drafted(e.topic_id, {item.no: Track(item) for item in e.items})
        case Drafted() as o, said.MinutesSaved() as e:
            return replace(o, wordings={**o.wordings, e.section: (e.nth, e.text)})
        case Drafted() as o, said.MinutesIssued():
            return Issued(o.topic_id, o.items)
        case Issued() as o, said.OutcomeSubmitted() as e:
            return Submitted(o.topic_id, o.items, frozenset(e.to))
        case Submitted() as o, said.OutcomeAdopted() as e:
            return replace(o, adopted=o.adopted | {e.body})
        case Submitted() as o, said.OutcomeEndorsed() as e:
            return replace(o, endorsed=o.endorsed | {e})
        case Submitted() as o, said.MajorOutcomeEscalated() as e:
            return replace(o, to=o.to | {e.to}, escalated=o.escalated | {e})
        case Submitted() as o, said.ItemAssigned() as e:
            return _track(o, e.item_no, unit=e.lead_unit)
        case Submitted() as o, said.OutcomeUpreported() as e:
            return _track(o, e.item_no, settled=True, upreported=e.form)
        case Submitted() as o, said.UpreportAdopted() as e if e.item_no in o.items:
            return _track(o, e.item_no, adopted_by=o.items[e.item_no].adopted_by | {e.by})
        case Submitted() as o, said.ReasonRecorded() as e:
            return _track(o, e.item_no, settled=True)
        case Submitted() as o, said.FeedbackGiven() as e:
            return replace(o, told=o.told | {e.to})
        case Submitted() as o, said.MediaReported():
            return replace(o, in_media=True)
        case Submitted(), said.OutcomeClosed():
            return Closed()
        case _:
            return _noted(outcome, event)


def _noted(outcome: Outcome, event: said.OutcomeEvent) -> Outcome:
    match outcome, event:
        case Nothing(), notes.ResearchReportNoted() as e:
            return Researched(e.topic_id, e.research_id)
        case Submitted() as o, notes.ReturnNoted() as e:
            return _track(o, e.item_no, unit="")
        case Submitted() as o, notes.ReplyNoted() as e:
            awaits = frozenset(e.awaits)
            return _track(
                o, e.item_no, round=e.round, replied=e.result_class, awaits=awaits, confirmed=False
            )
        case Submitted() as o, notes.FollowUpNoted(passed=False) as e:
            return _track(o, e.item_no, replied="", awaits=frozenset())
        case Submitted() as o, notes.FollowUpNoted() as e if e.item_no in o.items:
            return _track(o, e.item_no, awaits=o.items[e.item_no].awaits - {e.kind})
        case Submitted() as o, notes.SolutionNoted(confirmed=False) as e:
            return _track(o, e.item_no, replied="", awaits=frozenset())
        case Submitted() as o, notes.SolutionNoted() as e:
            return _track(o, e.item_no, confirmed=True)
        case Submitted() as o, notes.CaseNoted():
            return replace(o, in_library=True)
        case _:
            return outcome


def _track(outcome: Submitted, item_no: int, **changes: Any) -> Submitted:
    """The outcome with one item a step further; an item it never had changes nothing."""
    if item_no not in outcome.items:
        return outcome
    track = replace(outcome.items[item_no], **changes)
    return replace(outcome, items={**outcome.items, item_no: track})
