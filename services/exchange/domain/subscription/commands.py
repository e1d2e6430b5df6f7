"""What a subscription (订阅) may be asked, by its agency, by operators, or by clocks."""

from datetime import timedelta
from typing import ClassVar, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from services.exchange.words.agencies import (
    NEIGHBOURS,
    OLD_KEY_HOURS_MAX,
    OPERATOR,
    STAFF,
    AgencyId,
    AgencyName,
    Areas,
    At,
    Channel,
    GivenUp,
    KeyDigest,
    Kinds,
    MessageId,
    Position,
    Purpose,
    Reason,
    SealedSecret,
    SubscriptionId,
    Url,
)
from shared.kernel.areas import AreaCode
from shared.kernel.message import SYSTEM, Command


class OpenSubscription(Command):
    """Open what an agency asked for; somebody has to approve it."""

    label: ClassVar[str] = "登记订阅"
    may: ClassVar[frozenset[str]] = frozenset({SYSTEM})

    subscription_id: SubscriptionId
    area: AreaCode = Field(title="机构所在地区")
    agency_id: AgencyId
    agency: AgencyName
    areas: Areas
    kinds: Kinds
    channel: Channel
    url: Url
    purpose: Purpose


class ApproveSubscription(Command):
    """Let the agency be told all it asked for. Who approves is in charge of all those areas."""

    label: ClassVar[str] = "批准订阅"
    may: ClassVar[frozenset[str]] = frozenset({OPERATOR})

    subscription_id: SubscriptionId


class DeclineSubscription(Command):
    """Turn down what the agency asked for."""

    label: ClassVar[str] = "不予订阅"
    may: ClassVar[frozenset[str]] = frozenset({OPERATOR})

    subscription_id: SubscriptionId
    reason: Reason


class IssueCredentials(Command):
    """Give an access key, and to a webhook a secret. Those before stay good for some hours."""

    label: ClassVar[str] = "签发凭据"
    may: ClassVar[frozenset[str]] = frozenset({STAFF})

    subscription_id: SubscriptionId
    key_sha256: KeyDigest
    secret: SealedSecret = ""
    old_hours: int = Field(title="旧凭据保留小时数", default=0, ge=0, le=OLD_KEY_HOURS_MAX)

    @property
    def old_for(self) -> timedelta:
        """How long the credentials before stay good."""
        return timedelta(hours=self.old_hours)


class PauseSubscription(Command):
    """Bring nothing and let nobody fetch, for now. Nothing is lost within the retention time."""

    label: ClassVar[str] = "暂停订阅"
    may: ClassVar[frozenset[str]] = NEIGHBOURS | {SYSTEM}

    subscription_id: SubscriptionId
    reason: Reason


class ResumeSubscription(Command):
    """Go on where it was. Who paused it lets go."""

    label: ClassVar[str] = "恢复订阅"
    may: ClassVar[frozenset[str]] = NEIGHBOURS | {SYSTEM}

    subscription_id: SubscriptionId


class ReplaySubscription(Command):
    """Tell everything once more that was said since a moment, or after a position."""

    label: ClassVar[str] = "重放订阅"
    may: ClassVar[frozenset[str]] = NEIGHBOURS

    subscription_id: SubscriptionId
    since: At | None = Field(title="自何时起", default=None)
    after: Position | None = Field(title="自何位置后", default=None)

    @model_validator(mode="after")
    def _from_one_point(self) -> Self:
        if (self.since is None) == (self.after is None):
            raise PydanticCustomError("replay", "since a moment, or after a position")
        return self


class RedeliverMessages(Command):
    """Send a webhook one message again; without its id all that were given up."""

    label: ClassVar[str] = "重新推送"
    may: ClassVar[frozenset[str]] = NEIGHBOURS

    subscription_id: SubscriptionId
    message_id: MessageId | None = Field(title="消息编号", default=None)


class TryWebhook(Command):
    """Send a webhook a message that says nothing, to see whether it is taken."""

    label: ClassVar[str] = "测试推送"
    may: ClassVar[frozenset[str]] = NEIGHBOURS

    subscription_id: SubscriptionId


class WarnOfRetention(Command):
    """Tell that facts which were not taken will soon be kept no more."""

    label: ClassVar[str] = "提醒即将过期"
    may: ClassVar[frozenset[str]] = frozenset({SYSTEM})

    subscription_id: SubscriptionId
    waiting: int = Field(title="未取条数", ge=1)
    oldest_at: At
    lost_at: At


class WarnOfGivenUp(Command):
    """Tell that a webhook did not take some messages, and that they are not sent again."""

    label: ClassVar[str] = "提醒推送已放弃"
    may: ClassVar[frozenset[str]] = frozenset({SYSTEM})

    subscription_id: SubscriptionId
    given_up: GivenUp


class RevokeSubscription(Command):
    """End it for good, at once: credentials are good for nothing from this moment on."""

    label: ClassVar[str] = "撤销订阅"
    may: ClassVar[frozenset[str]] = NEIGHBOURS | {SYSTEM}

    subscription_id: SubscriptionId
    reason: Reason


type SubscriptionCommand = (
    OpenSubscription
    | ApproveSubscription
    | DeclineSubscription
    | IssueCredentials
    | PauseSubscription
    | ResumeSubscription
    | ReplaySubscription
    | RedeliverMessages
    | TryWebhook
    | WarnOfRetention
    | WarnOfGivenUp
    | RevokeSubscription
)
