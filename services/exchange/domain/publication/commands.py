"""What a publication (公开事项) may be asked."""

from typing import ClassVar, Self

from pydantic import model_validator

from services.exchange.domain.publication.notes import PUBLIC, PublicFact
from services.exchange.words import Area, HappenedAt, Kind, Said
from services.exchange.words import TopicId as PublicationId
from shared.kernel.message import SYSTEM, Command


class PublishFact(Command):
    """Tell others of one step of a matter, as soon as the matter is public.

    `said` holds the words of the step that are for everybody, and no other.
    """

    label: ClassVar[str] = "公开事实"
    may: ClassVar[frozenset[str]] = frozenset({SYSTEM})

    publication_id: PublicationId
    area: Area
    kind: Kind
    said: Said
    happened_at: HappenedAt

    @model_validator(mode="after")
    def _keeps_the_promise(self) -> Self:
        self.aloud()
        return self

    def aloud(self) -> PublicFact:
        """The fact as it is promised. Raises ValidationError for a word too few or too many."""
        told = {"topic_id": self.publication_id, "happened_at": self.happened_at}
        return PUBLIC[self.kind].model_validate(told | self.said)
