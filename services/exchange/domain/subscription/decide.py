"""The life of a subscription (订阅).

nothing ──open──▶ asked ──approve──▶ live ◀──┐ ──revoke──▶ over
                    │                 └──────┴── credentials, pause, resume, replay, warn;
                    │                            webhooks also: redeliver, try
                    └── decline, revoke ──▶ over
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from services.exchange.domain.subscription import commands as asked
from services.exchange.domain.subscription import events as said
from services.exchange.rules import ExchangeRules
from services.exchange.words.agencies import OPERATOR, STAFF, Channel, Hold
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused
from shared.kernel.message import Event

WARNED_EVERY = timedelta(days=1)
"""What is lost, or given up, an hour later is not told again an hour later."""

type Ctx = Context[ExchangeRules]
type Facts = list[said.SubscriptionEvent]


@dataclass(frozen=True)
class Nothing:
    """Nobody asked under this id."""


@dataclass(frozen=True)
class Asked:
    """Waiting for an operator of all its areas."""

    agency_id: UUID
    agency: str
    areas: tuple[str, ...]
    kinds: tuple[str, ...]
    channel: Channel


@dataclass(frozen=True)
class Live:
    """Approved. `old_until`: how long the key before the last one is good."""

    agency_id: UUID
    agency: str
    areas: tuple[str, ...]
    kinds: tuple[str, ...]
    channel: Channel
    key: str = ""
    issued_at: datetime | None = None
    old_key: str = ""
    old_until: datetime | None = None
    holds: frozenset[Hold] = frozenset()
    lost_at: datetime | None = None
    given_up_at: datetime | None = None

    def good_until(self, key: str, now: datetime) -> datetime | None:
        """Until when a key is good: for ever (the end of time), for a while, or not at all."""
        if self.holds or not key:
            return None
        if key == self.key:
            return datetime.max.replace(tzinfo=now.tzinfo)
        if key == self.old_key and self.old_until and now < self.old_until:
            return self.old_until
        return None


@dataclass(frozen=True)
class Over:
    """Declined or revoked."""


type Subscription = Nothing | Asked | Live | Over


def evolve(one: Subscription, event: said.SubscriptionEvent) -> Subscription:
    """The subscription after one more fact."""
    match one, event:
        case Nothing(), said.SubscriptionOpened() as e:
            return Asked(e.agency_id, e.agency, e.areas, e.kinds, e.channel)
        case Asked() as a, said.SubscriptionApproved():
            return Live(a.agency_id, a.agency, a.areas, a.kinds, a.channel)
        case Live() as o, said.CredentialsIssued() as e:
            keyed = replace(o, key=e.key_sha256, old_key=o.key)
            return replace(keyed, issued_at=e.issued_at, old_until=e.old_until)
        case Live() as o, said.SubscriptionPaused() as e:
            return replace(o, holds=o.holds | {e.hold})
        case Live() as o, said.SubscriptionResumed() as e:
            return replace(o, holds=o.holds - {e.hold})
        case Live() as o, said.RetentionNeared() as e:
            return replace(o, lost_at=e.lost_at)
        case Live() as o, said.MessagesGivenUp() as e:
            return replace(o, given_up_at=e.given_up_at)
        case ((Asked() | Live()), (said.SubscriptionDeclined() | said.SubscriptionRevoked())):
            return Over()
        case _:
            return one


def decide(command: asked.SubscriptionCommand, one: Subscription, ctx: Ctx) -> Facts:
    """What may happen when."""
    match command, one:
        case asked.OpenSubscription() as c, Nothing():
            return [_said(said.SubscriptionOpened, c), _said(said.ApprovalSought, c)]
        case asked.OpenSubscription(), _:
            return []
        case asked.ApproveSubscription() as c, Asked() as a:
            return approve(c, a, ctx)
        case asked.ApproveSubscription(), Live():
            return []
        case asked.DeclineSubscription() as c, Asked() as a:
            return [_said(said.SubscriptionDeclined, c, **_whose(a))]
        case asked.IssueCredentials() as c, Live() as o:
            return issue(c, o, ctx)
        case asked.RevokeSubscription() as c, (Asked() | Live()) as o:
            _must_look_after(o, ctx)
            return [_said(said.SubscriptionRevoked, c, **_whose(o))]
        case ((asked.RevokeSubscription() | asked.DeclineSubscription()), Over()):
            return []
        case _, Live() as o:
            return decide_live(command, o, ctx)
        case _:
            raise Refused("not-now", command=type(command).__name__, subscription=_name(one))


def decide_live(command: asked.SubscriptionCommand, one: Live, ctx: Ctx) -> Facts:
    """What happens to a subscription while it goes on."""
    match command:
        case asked.PauseSubscription() as c:
            hold = _must_look_after(one, ctx)
            return [] if hold in one.holds else [_said(said.SubscriptionPaused, c, hold=hold)]
        case asked.ResumeSubscription() as c:
            return resume(c, one, ctx)
        case asked.ReplaySubscription() as c:
            _must_look_after(one, ctx)
            return [_said(said.SubscriptionReplayed, c)]
        case asked.RedeliverMessages() as c:
            _must_be_webhook(one, ctx)
            return [_said(said.RedeliveryAsked, c)]
        case asked.TryWebhook() as c:
            _must_be_webhook(one, ctx)
            return [_said(said.WebhookTried, c)]
        case asked.WarnOfRetention() | asked.WarnOfGivenUp() as c:
            return warn(c, one, ctx)
        case _:
            raise Refused("not-now", command=type(command).__name__, subscription=_name(one))


def warn(command: asked.WarnOfRetention | asked.WarnOfGivenUp, one: Live, ctx: Ctx) -> Facts:
    """Of each kind of loss, once a day."""
    if isinstance(command, asked.WarnOfRetention):
        if one.lost_at is not None and command.lost_at < one.lost_at + WARNED_EVERY:
            return []
        return [_said(said.RetentionNeared, command, **_whose(one))]
    if one.given_up_at is not None and ctx.now < one.given_up_at + WARNED_EVERY:
        return []
    return [_said(said.MessagesGivenUp, command, **_whose(one), given_up_at=ctx.now)]


def approve(command: asked.ApproveSubscription, one: Asked, ctx: Ctx) -> Facts:
    """Nobody gives away what is told of areas that are not their own."""
    if beyond := [area for area in one.areas if not ctx.contains(ctx.actor.area, area)]:
        raise Refused("areas-not-yours", area=beyond[0])

    return [_said(said.SubscriptionApproved, command, **_whose(one))]


def issue(command: asked.IssueCredentials, one: Live, ctx: Ctx) -> Facts:
    """A key is not used twice, and signs nothing: that is what a webhook's secret is for."""
    _must_look_after(one, ctx)
    if command.key_sha256 == one.key:
        return []
    if command.key_sha256 == one.old_key:
        raise Refused("key-used-before")
    if (one.channel == "webhook") != bool(command.secret):
        raise Refused("secret-of-webhooks", channel=one.channel)

    until = ctx.now + command.old_for if one.key and command.old_hours else None
    return [
        _said(said.CredentialsIssued, command, issued_at=ctx.now, old_until=until),
        _said(said.CredentialsChanged, command, **_whose(one), old_until=until),
    ]


def resume(command: asked.ResumeSubscription, one: Live, ctx: Ctx) -> Facts:
    """Everybody lets go of their own hold; what others hold stays held."""
    hold = _must_look_after(one, ctx)
    if hold in one.holds:
        return [_said(said.SubscriptionResumed, command, hold=hold)]
    if one.holds:
        raise Refused("held-by-others", by=sorted(one.holds))
    return []


def _must_look_after(one: Asked | Live, ctx: Ctx) -> Hold:
    """As whom somebody holds it. Raises Refused for people of other agencies."""
    if ctx.actor.role == OPERATOR:
        return "by-operator"
    if ctx.actor.role != STAFF:
        return "by-suspension"
    if ctx.actor.unit != one.agency:
        raise Refused("not-your-agency")
    return "by-agency"


def _must_be_webhook(one: Live, ctx: Ctx) -> None:
    """Raises Refused where nothing is brought anywhere."""
    _must_look_after(one, ctx)
    if one.channel != "webhook":
        raise Refused("only-webhooks", channel=one.channel)
    if not one.key:
        raise Refused("no-credentials-yet")


def _whose(one: Asked | Live) -> dict[str, object]:
    return {"agency_id": one.agency_id, "agency": one.agency}


def _name(one: Subscription) -> str:
    return type(one).__name__


def _said[E: Event](event: type[E], command: asked.SubscriptionCommand, **more: object) -> E:
    said_of = {name: value for name, value in dict(command).items() if name in event.model_fields}
    return event.model_validate(said_of | more)


SUBSCRIPTION: Decider[
    Subscription, asked.SubscriptionCommand, said.SubscriptionEvent, ExchangeRules
] = Decider(
    category="subscription",
    commands=asked.SubscriptionCommand,
    events=said.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
    restricted=frozenset({"SubscriptionOpened", "CredentialsIssued"}),
)
