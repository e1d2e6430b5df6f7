"""Who is meant by a recipient, and how they want to be told."""

from pathlib import Path
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, Json

from services.notify import heard
from services.notify.domain.subscription.events import (
    AddressGiven,
    AddressRemoved,
    ChannelsChosen,
    MatterFollowed,
    MatterUnfollowed,
)
from services.notify.words import EVERYBODY
from services.notify.words.channels import Wishes
from shared.kernel.message import Question
from shared.runtime.projection import Projection

ADDRESSEES = Projection(
    "addressees",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        heard.AccountOpened,
        heard.AppointmentGranted,
        heard.AppointmentRevoked,
        heard.LeadSubmitted,
        heard.LeadMerged,
        heard.LeadUnmerged,
        heard.TopicProposed,
        heard.TopicClaimed,
        ChannelsChosen,
        AddressGiven,
        AddressRemoved,
        MatterFollowed,
        MatterUnfollowed,
    ],
    sources=("notify", "portal", "topics"),
)


class SubscriptionOf(Question):
    """How a person wants to be told. Only the portal asks, for whoever is logged in."""

    may: ClassVar[frozenset[str] | None] = EVERYBODY
    own: ClassVar[str | None] = "reader"

    reader: UUID


class Follows(Question):
    """Whether a person chose to follow a matter, or not to."""

    may: ClassVar[frozenset[str] | None] = EVERYBODY
    own: ClassVar[str | None] = "reader"

    reader: UUID
    topic_id: UUID


class Subscription(BaseModel):
    """`addresses` are sealed; without `wishes` the county's hold."""

    account: UUID
    wishes: Json[Wishes] | None
    addresses: Json[dict[str, str]]


class Followed(BaseModel):
    """The last that was chosen."""

    held: bool
