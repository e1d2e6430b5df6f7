"""What a publication (公开事项) says: what it holds back, and facts for everybody."""

from typing import ClassVar

from services.exchange.domain.publication import notes
from services.exchange.words import HappenedAt, Kind, Said, TopicId
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class FactHeldBack(Event):
    """Something happened to a matter that is not public yet; nobody else hears what."""

    label: ClassVar[str] = "暂不公开"

    publication_id: TopicId
    kind: Kind
    said: Said
    happened_at: HappenedAt


type PublicationEvent = (
    FactHeldBack
    | notes.TopicProposed
    | notes.TopicApproved
    | notes.TopicPublicised
    | notes.TopicClosed
    | notes.TopicEnded
    | notes.TopicReopened
    | notes.ConsultationScheduled
    | notes.ConsultationPostponed
    | notes.ConsultationCancelled
    | notes.CommitmentMade
    | notes.MeetingHeld
    | notes.MinutesIssued
    | notes.OutcomeSubmitted
    | notes.OutcomeAdopted
    | notes.ItemAssigned
    | notes.DeadlineExtended
    | notes.HandlingReplied
    | notes.HandlingRejected
    | notes.FollowUpConducted
    | notes.SolutionConfirmed
    | notes.SolutionDisputed
    | notes.FeedbackGiven
    | notes.EvaluationTallied
    | notes.CasePublished
    | notes.MediaReported
)

EVENTS: Registry[PublicationEvent] = registry(PublicationEvent)
