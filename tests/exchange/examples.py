"""Good examples of everything exchange says."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.exchange.domain.publication import events, notes
from services.exchange.domain.publication.commands import PublishFact
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
