"""Facts for everybody (公开事实), whose names and shapes are promised to other agencies.

No names of people, no proposer, no reason that offices give one another, and no sealed word is in
any of them. `happened_at` is when it happened; the envelope says when it was told.
"""

from collections.abc import Mapping
from typing import ClassVar

from pydantic import Field

from services.exchange.words import HappenedAt, Kind, Title, TopicId
from shared.kernel.message import Event


class PublicFact(Event):
    """What all of them tell."""

    topic_id: TopicId
    happened_at: HappenedAt


class TopicProposed(PublicFact):
    """A matter was put forward for consultation."""

    label: ClassVar[str] = "公开:议题提出"

    title: Title
    origin: str = Field(title="来源")


class TopicApproved(PublicFact):
    """The matter will be consulted on."""

    label: ClassVar[str] = "公开:议题确定"

    title: Title


class TopicPublicised(PublicFact):
    """The topic was posted for all to see."""

    label: ClassVar[str] = "公开:议题公示"

    where: str = Field(title="公示地点")


class TopicClosed(PublicFact):
    """The matter has come to its end."""

    label: ClassVar[str] = "公开:闭环销号"

    title: Title


class TopicEnded(PublicFact):
    """The matter ends without an outcome."""

    label: ClassVar[str] = "公开:议题终止"

    title: Title


class TopicReopened(PublicFact):
    """A closed matter is taken up again; `round` is 2 the first time."""

    label: ClassVar[str] = "公开:议题重启"

    title: Title
    round: int = Field(title="第几轮", ge=2)


PUBLIC: Mapping[Kind, type[PublicFact]] = {
    "TopicProposed": TopicProposed,
    "TopicApproved": TopicApproved,
    "TopicPublicised": TopicPublicised,
    "TopicClosed": TopicClosed,
    "TopicEnded": TopicEnded,
    "TopicReopened": TopicReopened,
}
"""The shape of each kind."""
