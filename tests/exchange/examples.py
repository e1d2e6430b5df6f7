"""Good examples of everything exchange says."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from services.exchange.domain.agency import events as of_agency
from services.exchange.domain.publication import events, notes
from services.exchange.domain.publication.commands import PublishFact
from services.exchange.domain.subscription import events as of_subscription
from services.exchange.rules import ExchangeRules
from services.exchange.words import Count, Kind
from tests.exchange.handed import HANDED_SAID

RULES = ExchangeRules()

AREA = "511623100013"
TOPIC_ID = UUID("01960000-0000-7000-8000-000000000001")
TITLE = "增设社区卫生服务中心"


def at(hour: int) -> datetime:
    """An hour of one day."""
    return datetime(2026, 3, 2, hour, tzinfo=UTC)


def of(hour: int) -> dict[str, Any]:
    """What every fact of the matter tells."""
    return {"topic_id": TOPIC_ID, "happened_at": at(hour)}


HELD_BACK = events.FactHeldBack(
    publication_id=TOPIC_ID,
    kind="TopicProposed",
    said={"title": TITLE, "origin": "resident"},
    happened_at=at(9),
)
PROPOSED = notes.TopicProposed(title=TITLE, origin="resident", **of(9))
APPROVED = notes.TopicApproved(title=TITLE, **of(10))
PUBLICISED = notes.TopicPublicised(where="镇政务公开栏", **of(11))
CLOSED = notes.TopicClosed(title=TITLE, **of(12))
ENDED = notes.TopicEnded(title=TITLE, **of(12))
REOPENED = notes.TopicReopened(title=TITLE, round=2, **of(13))

CONSULTATION_ID = UUID("01960000-0000-7000-8000-000000000002")
OUTCOME_ID = UUID("01960000-0000-7000-8000-000000000003")
ASSIGNMENT_ID = UUID("01960000-0000-7000-8000-000000000004")
EVALUATION_ID = UUID("01960000-0000-7000-8000-000000000005")
CASE_ID = UUID("01960000-0000-7000-8000-000000000006")
HEALTH = "县卫生健康局"

MEETING: dict[str, Any] = {
    "consultation_id": CONSULTATION_ID,
    "place": "北辰社区有事来协商工作室",
    "form": "topic-consultation",
    "mode": "on-site",
}
SCHEDULED = notes.ConsultationScheduled(starts=at(14), **MEETING, **of(13))
POSTPONED = notes.ConsultationPostponed(consultation_id=CONSULTATION_ID, **of(13))
CANCELLED = notes.ConsultationCancelled(consultation_id=CONSULTATION_ID, **of(13))
COMMITTED = notes.CommitmentMade(
    consultation_id=CONSULTATION_ID,
    unit=HEALTH,
    promise="年内建成社区卫生服务中心",
    due=date(2026, 12, 31),
    **of(14),
)
HELD = notes.MeetingHeld(**MEETING, **of(15))
MINUTES_ISSUED = notes.MinutesIssued(outcome_id=OUTCOME_ID, number="邻协商纪〔2026〕3号", **of(16))
SUBMITTED = notes.OutcomeSubmitted(outcome_id=OUTCOME_ID, **of(16))
ADOPTED = notes.OutcomeAdopted(outcome_id=OUTCOME_ID, **of(16))
ASSIGNED = notes.ItemAssigned(
    outcome_id=OUTCOME_ID,
    assignment_id=ASSIGNMENT_ID,
    item_no=1,
    unit=HEALTH,
    due=date(2026, 5, 31),
    **of(16),
)
REPLIED = notes.HandlingReplied(
    assignment_id=ASSIGNMENT_ID, unit=HEALTH, result_class="A", **of(17)
)
EXTENDED = notes.DeadlineExtended(
    assignment_id=ASSIGNMENT_ID, unit=HEALTH, due=date(2026, 6, 12), **of(17)
)
REJECTED = notes.HandlingRejected(assignment_id=ASSIGNMENT_ID, **of(18))
FOLLOWED_UP = notes.FollowUpConducted(assignment_id=ASSIGNMENT_ID, passed=True, **of(19))
CONFIRMED = notes.SolutionConfirmed(assignment_id=ASSIGNMENT_ID, **of(19))
DISPUTED = notes.SolutionDisputed(assignment_id=ASSIGNMENT_ID, **of(19))
FEEDBACK = notes.FeedbackGiven(
    outcome_id=OUTCOME_ID, to="people", content="社区卫生服务中心已经开诊。", **of(20)
)
TALLIED = notes.EvaluationTallied(
    evaluation_id=EVALUATION_ID,
    of="assignment",
    voters=30,
    taken=28,
    cast=27,
    counts=(Count(choice="satisfied", ballots=25), Count(choice="dissatisfied", ballots=2)),
    verdict="satisfied",
    **of(21),
)
PUBLISHED = notes.CasePublished(case_id=CASE_ID, headline="一场协商,一座卫生服务中心", **of(22))
IN_MEDIA = notes.MediaReported(
    outcome_id=OUTCOME_ID, outlet="邻水县融媒体中心", headline="协商协出来的卫生服务中心", **of(22)
)
ALSO_SAID = HANDED_SAID


def tell(fact: notes.PublicFact) -> PublishFact:
    """The command that leads to this fact."""
    kind: Kind = type(fact).__name__  # type: ignore[assignment]
    said = fact.model_dump(mode="json", exclude={"topic_id", "happened_at"})
    return PublishFact(
        publication_id=fact.topic_id, area=AREA, kind=kind, said=said, happened_at=fact.happened_at
    )


COUNTY, OTHER_COUNTY = "511623000000", "510521000000"
AGENCY_ID = UUID("01960000-0000-7000-8000-0000000000c1")
SUBSCRIPTION_ID = UUID("01960000-0000-7000-8000-0000000000c2")
KEY, OTHER_KEY = "0a" * 32, "0b" * 32
HOTLINE = "邻水县12345热线"

QUOTAS = {"places": 2, "per_minute": 600, "in_flight": 1000}
ASKED_FOR: dict[str, Any] = {
    "areas": (COUNTY,),
    "kinds": ("TopicApproved", "TopicClosed"),
    "channel": "nats",
    "url": "",
    "purpose": "向来电群众说明协商进展",
}

REGISTERED = of_agency.AgencyRegistered(
    agency_id=AGENCY_ID, area=COUNTY, name=HOTLINE, kind="hotline", **QUOTAS
)
QUOTAS_CHANGED = of_agency.QuotasChanged(agency_id=AGENCY_ID, places=3, per_minute=60, in_flight=10)
SUSPENDED = of_agency.AgencySuspended(
    agency_id=AGENCY_ID, reason="密钥外泄", subscriptions=(SUBSCRIPTION_ID,)
)
AGENCY_RESUMED = of_agency.AgencyResumed(agency_id=AGENCY_ID, subscriptions=(SUBSCRIPTION_ID,))
REMOVED = of_agency.AgencyRemoved(
    agency_id=AGENCY_ID, reason="机构撤并", subscriptions=(SUBSCRIPTION_ID,)
)
SUBSCRIPTION_ASKED = of_agency.SubscriptionAsked(
    agency_id=AGENCY_ID, subscription_id=SUBSCRIPTION_ID, area=COUNTY, agency=HOTLINE, **ASKED_FOR
)
PLACE_FREED = of_agency.PlaceFreed(agency_id=AGENCY_ID, subscription_id=SUBSCRIPTION_ID)

OPENED = of_subscription.SubscriptionOpened(
    subscription_id=SUBSCRIPTION_ID, agency_id=AGENCY_ID, agency=HOTLINE, **ASKED_FOR
)
WHOSE: dict[str, Any] = {
    "subscription_id": SUBSCRIPTION_ID, "agency_id": AGENCY_ID, "agency": HOTLINE,
}  # fmt: skip
SOUGHT = of_subscription.ApprovalSought(
    **WHOSE, areas=ASKED_FOR["areas"], purpose=ASKED_FOR["purpose"]
)
SUBSCRIPTION_APPROVED = of_subscription.SubscriptionApproved(**WHOSE)
DECLINED = of_subscription.SubscriptionDeclined(**WHOSE, reason="超出职责范围")
ISSUED = of_subscription.CredentialsIssued(
    subscription_id=SUBSCRIPTION_ID, key_sha256=KEY, secret="", issued_at=at(10), old_until=None
)
CHANGED = of_subscription.CredentialsChanged(**WHOSE, old_until=None)
PAUSED = of_subscription.SubscriptionPaused(
    subscription_id=SUBSCRIPTION_ID, hold="by-agency", reason="系统检修"
)
RESUMED = of_subscription.SubscriptionResumed(subscription_id=SUBSCRIPTION_ID, hold="by-agency")
REPLAYED = of_subscription.SubscriptionReplayed(
    subscription_id=SUBSCRIPTION_ID, since=at(8), after=None
)
REDELIVERY = of_subscription.RedeliveryAsked(subscription_id=SUBSCRIPTION_ID, message_id=TOPIC_ID)
TRIED = of_subscription.WebhookTried(subscription_id=SUBSCRIPTION_ID)
NEARED = of_subscription.RetentionNeared(**WHOSE, waiting=12, oldest_at=at(8), lost_at=at(20))
GIVEN_UP = of_subscription.MessagesGivenUp(**WHOSE, given_up=3, given_up_at=at(10))
REVOKED = of_subscription.SubscriptionRevoked(**WHOSE, reason="不再需要")
