"""What everybody is told of the matter itself."""

from typing import ClassVar

from pydantic import Field

from services.exchange.domain.publication.notes.facts import PublicFact
from services.exchange.words import Round, Title


class TopicProposed(PublicFact):
    """A matter was put forward for consultation; it is told once the matter is public."""

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
    """The matter has come to its end: it was dealt with, and everybody concerned was told."""

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
    round: Round
