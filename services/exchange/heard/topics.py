"""What exchange hears of what topics says."""

from typing import ClassVar
from uuid import UUID

from services.exchange.heard.steps import Step


class _ByTopics(Step):
    source: ClassVar[str] = "topics"


class TopicProposed(_ByTopics):
    """A matter was put forward."""

    title: str
    origin: str
    lead_id: UUID | None = None


class TopicApproved(_ByTopics):
    """The matter will be consulted on."""

    title: str


class TopicPublicised(_ByTopics):
    """The topic was posted for all to see."""

    where: str


class TopicClosed(_ByTopics):
    """The matter is closed."""

    title: str


class TopicEnded(_ByTopics):
    """The matter ends without an outcome."""

    title: str


class TopicReopened(_ByTopics):
    """A closed matter is taken up again."""

    title: str
    round: int
