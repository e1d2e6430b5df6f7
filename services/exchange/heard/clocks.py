"""What exchange hears of what notify says of deadlines."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from services.exchange.heard.steps import Step


class DeadlineExtended(Step):
    """The unit has more time. A deadline bears the id of its assignment."""

    source: ClassVar[str] = "notify"

    deadline_id: UUID
    unit: str
    due: date
