"""What every step of a matter tells."""

from uuid import UUID

from shared.kernel.areas import AreaCode
from shared.kernel.message import Heard


class Step(Heard):
    """One step of a matter; the fact's id tells notices of the same kind apart."""

    fact_id: UUID
    position: int
    area: AreaCode


class OfTopic(Step):
    """A step of a matter that is a topic already."""

    topic_id: UUID
