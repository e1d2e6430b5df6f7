"""Good examples of everything exchange says."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.exchange.domain.agency import events as of_agency
from services.exchange.domain.publication import events, notes
from services.exchange.domain.publication.commands import PublishFact
from services.exchange.domain.subscription import events as of_subscription
from services.exchange.rules import ExchangeRules
from services.exchange.words import Kind

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
SUBSCRIPTION_APPROVED = of_subscription.SubscriptionApproved(
    subscription_id=SUBSCRIPTION_ID, agency_id=AGENCY_ID
)
DECLINED = of_subscription.SubscriptionDeclined(
    subscription_id=SUBSCRIPTION_ID, agency_id=AGENCY_ID, reason="超出职责范围"
)
ISSUED = of_subscription.CredentialsIssued(
    subscription_id=SUBSCRIPTION_ID, key_sha256=KEY, secret="", issued_at=at(10), old_until=None
)
PAUSED = of_subscription.SubscriptionPaused(
    subscription_id=SUBSCRIPTION_ID, hold="by-agency", reason="系统检修"
)
RESUMED = of_subscription.SubscriptionResumed(subscription_id=SUBSCRIPTION_ID, hold="by-agency")
REPLAYED = of_subscription.SubscriptionReplayed(
    subscription_id=SUBSCRIPTION_ID, since=at(8), after=None
)
NEARED = of_subscription.RetentionNeared(
    subscription_id=SUBSCRIPTION_ID,
    agency_id=AGENCY_ID,
    waiting=12,
    oldest_at=at(8),
    lost_at=at(20),
)
REVOKED = of_subscription.SubscriptionRevoked(
    subscription_id=SUBSCRIPTION_ID, agency_id=AGENCY_ID, reason="不再需要"
)
