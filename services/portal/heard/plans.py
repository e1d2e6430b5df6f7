"""What the portal looks into of what topics says about plans and venues."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.kernel.message import Heard


class PlanDrafted(Heard):
    """The plan of a year was begun; the first a plan says."""

    source: ClassVar = "topics"

    year: int
    title: str


class PlanReturned(Heard):
    """The body wants another draft."""

    source: ClassVar = "topics"


class PlanApproved(Heard):
    """The body that the charter names has settled the plan."""

    source: ClassVar = "topics"

    by: str


class PlanIssued(Heard):
    """The plan is out, in the name of these bodies."""

    source: ClassVar = "topics"

    number: str
    issuers: tuple[str, ...]
    min_planned_share: int


class PlanItemAdded(Heard):
    """An item stands in the draft, or stands there otherwise than before."""

    source: ClassVar = "topics"

    item_no: int
    title: str
    led_by: str
    month: int | None


class PlanItemDeferred(Heard):
    """An item was put off."""

    source: ClassVar = "topics"

    item_no: int
    reason: str


class TopicAdoptedIntoPlan(Heard):
    """A topic serves an item of a plan."""

    source: ClassVar = "topics"

    topic_id: UUID
    item_no: int


class VenueEstablished(Heard):
    """There is a venue, and this is expected of it."""

    source: ClassVar = "topics"

    type: str
    name: str
    host_kind: str
    host: str
    shared_with: tuple[str, ...]
    parent_id: UUID | None
    ranks: tuple[int, ...]
    standard: tuple[str, ...]
    children: str | None
    children_least: int | None
    children_most: int | None
    activities_min: int


class VenueStandardChecked(Heard):
    """Each of the six was looked at."""

    source: ClassVar = "topics"

    met: dict[str, bool]


class VenueSuspended(Heard):
    """The venue rests."""

    source: ClassVar = "topics"

    reason: str


class VenueResumed(Heard):
    """The venue is used again."""

    source: ClassVar = "topics"


class ConvenorAppointed(Heard):
    """Somebody convenes there."""

    source: ClassVar = "topics"

    rank: int
    person: str


class ConvenorRelieved(Heard):
    """Somebody convenes there no longer."""

    source: ClassVar = "topics"

    rank: int


class BudgetAllotted(Heard):
    """The venue has money for a year."""

    source: ClassVar = "topics"

    line: str
    year: int
    amount: int


class BudgetSpent(Heard):
    """The venue has spent some of it."""

    source: ClassVar = "topics"

    line: str
    year: int
    amount: int


class VenueActivityHeld(Heard):
    """A consultation was held there."""

    source: ClassVar = "topics"

    on: date
