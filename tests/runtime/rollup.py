"""A view for tests and figures: a board over five levels, fed by two services."""

from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

from shared.kernel.message import Event, Heard
from shared.kernel.registry import Registry, registry
from shared.runtime.projection import Projection


class TopicProposed(Event):
    """A matter was put forward. Its first version called the title a name."""

    label = "提出议题"
    version: ClassVar[int] = 2

    title: str


class TopicApproved(Event):
    """It may be discussed."""

    label = "议题确定"


class TopicClosed(Event):
    """It is over."""

    label = "议题办结"


class MeetingHeld(Heard):
    """Said by meetings."""

    source = "meetings"

    topic_id: UUID


def _v1_called_the_title_name(data: dict[str, Any]) -> dict[str, Any]:
    return {"title": data["name"]}


EVENTS: Registry[Any] = registry(
    TopicProposed | TopicApproved | TopicClosed, {("TopicProposed", 1): _v1_called_the_title_name}
)
LIFTS = dict.fromkeys(EVENTS.classes, EVENTS)

FILE = Path(__file__).with_suffix(".sql")
FACTS = [TopicProposed, TopicApproved, TopicClosed, MeetingHeld]

ROLLUP = Projection("rollup", sql=FILE, facts=FACTS, sources=("topics", "meetings"))
