"""What every step of a matter tells."""

from datetime import datetime
from uuid import UUID

from shared.kernel.areas import AreaCode
from shared.kernel.message import Heard


class LooseStep(Heard):
    """A step whose first facts did not say of which matter it is."""

    topic_id: UUID | None = None
    area: AreaCode
    at: datetime


class Step(Heard):
    """One step of a matter that is a topic."""

    topic_id: UUID
    area: AreaCode
    at: datetime
