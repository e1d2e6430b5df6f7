"""The life of a subscription (通知订阅): it is always there, and says what its person wants.

any ──choose, give or remove an address, test it, follow or unfollow a matter──▶ any
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from services.notify.domain.subscription import commands as asked
from services.notify.domain.subscription import events as said
from services.notify.rules import NotifyRules
from services.notify.words.channels import Channel, Wishes
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused
from shared.kernel.message import Event

type Ctx = Context[NotifyRules]
type Facts = list[said.SubscriptionEvent]

FOLLOWS_MAX = 1000
TRY_AGAIN = timedelta(minutes=1)


@dataclass(frozen=True)
class Subscription:
    """What somebody wants; `follows` says of a matter yes or no, where it was ever asked."""

    wishes: Wishes | None = None
    addresses: dict[Channel, str] = field(default_factory=dict)
    tried_at: datetime | None = None
    follows: dict[UUID, bool] = field(default_factory=dict)


def evolve(one: Subscription, event: said.SubscriptionEvent) -> Subscription:
    """The subscription after one more fact."""
    match event:
        case said.ChannelsChosen() as e:
            return replace(one, wishes=e.wishes)
        case said.AddressGiven() as e:
            return replace(one, addresses=one.addresses | {e.channel: e.address})
        case said.AddressRemoved() as e:
            left = {name: at for name, at in one.addresses.items() if name != e.channel}
            return replace(one, addresses=left)
        case said.ChannelTried() as e:
            return replace(one, tried_at=e.tried_at)
        case said.MatterFollowed() as e:
            return replace(one, follows=one.follows | {e.topic_id: True})
        case said.MatterUnfollowed() as e:
            return replace(one, follows=one.follows | {e.topic_id: False})


def decide(command: asked.SubscriptionCommand, one: Subscription, ctx: Ctx) -> Facts:
    """What may happen when."""
    if str(command.subscription_id) != ctx.actor.id:
        raise Refused("not-your-subscription")
    match command:
        case asked.ChooseChannels() as c:
            return [] if c.wishes == one.wishes else [_said(said.ChannelsChosen, c)]
        case asked.GiveAddress() as c:
            same = c.address == one.addresses.get(c.channel)
            return [] if same else [_said(said.AddressGiven, c)]
        case asked.RemoveAddress() as c:
            return [_said(said.AddressRemoved, c)] if c.channel in one.addresses else []
        case asked.TryChannel() as c:
            return try_out(c, one, ctx)
        case asked.FollowMatter() as c:
            return follow(c, one)
        case asked.UnfollowMatter() as c:
            # Also whoever follows by having brought it, which is not known here, may leave it.
            left = one.follows.get(c.topic_id) is False
            return [] if left else [_said(said.MatterUnfollowed, c)]


def try_out(command: asked.TryChannel, one: Subscription, ctx: Ctx) -> Facts:
    """Seldom enough that nobody's telephone rings all night."""
    if command.channel not in one.addresses:
        raise Refused("no-address", channel=command.channel)
    if one.tried_at and ctx.now < one.tried_at + TRY_AGAIN:
        raise Refused("tried-just-now", seconds=int(TRY_AGAIN.total_seconds()))

    return [_said(said.ChannelTried, command, tried_at=ctx.now)]


def follow(command: asked.FollowMatter, one: Subscription) -> Facts:
    """A matter more, as long as there are not too many."""
    if one.follows.get(command.topic_id):
        return []
    if sum(one.follows.values()) >= FOLLOWS_MAX:
        raise Refused("follows-too-many", most=FOLLOWS_MAX)

    return [_said(said.MatterFollowed, command)]


def _said[E: Event](event: type[E], command: asked.SubscriptionCommand, **more: object) -> E:
    return event.model_validate(command.model_dump(exclude={"area"}) | more)


SUBSCRIPTION: Decider[
    Subscription, asked.SubscriptionCommand, said.SubscriptionEvent, NotifyRules
] = Decider(
    category="subscription",
    commands=asked.SubscriptionCommand,
    events=said.EVENTS,
    initial=Subscription(),
    evolve=evolve,
    decide=decide,
    restricted=True,
)
