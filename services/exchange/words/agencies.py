"""The small values of agencies and their subscriptions. The title of each is its Chinese label."""

from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints

from services.exchange.words import Kind
from shared.kernel.areas import AreaCode

STAFF: Final = "agency"
OPERATOR: Final = "operator"

NEIGHBOURS: Final = frozenset({STAFF, OPERATOR})
"""Who looks after a subscription: the agency whose it is, and who runs the platform."""

AREAS_MAX: Final = 50
KINDS_MAX: Final = 50
OLD_KEY_HOURS_MAX: Final = 168

AgencyKind = Annotated[
    Literal["grid", "mediation", "hotline", "congress", "mass-organisation", "other-agency"],
    Field(title="机构类别"),
]
"""网格, 人民调解, 12345 热线, 人大, 群团, and others."""

Channel = Annotated[Literal["nats", "webhook"], Field(title="接入方式")]
"""Fetched from a consumer of its own on NATS, or brought to an address."""

Hold = Annotated[Literal["by-agency", "by-operator", "by-suspension"], Field(title="暂停方")]
"""Who holds a subscription: each lets go of its own hold only."""

AgencyId = Annotated[UUID, Field(title="机构编号")]
SubscriptionId = Annotated[UUID, Field(title="订阅编号")]
Name = Annotated[
    str, StringConstraints(min_length=2, max_length=60, strip_whitespace=True), Field(title="名称")
]
AgencyName = Annotated[str, Field(title="机构名称")]
"""The office in which its people hold their role: nobody else bears the name."""

Reason = Annotated[
    str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True), Field(title="理由")
]
Purpose = Annotated[
    str, StringConstraints(min_length=1, max_length=400, strip_whitespace=True), Field(title="用途")
]
Url = Annotated[
    str,
    StringConstraints(max_length=500, pattern=r"^(https?://[^\s@#]+)?$"),
    Field(title="推送地址", description="只有推送方式要填,以 https:// 开头"),
]
"""Empty where nothing is brought anywhere. No names and passwords: signatures say who speaks."""

Areas = Annotated[tuple[AreaCode, ...], Field(title="地区范围", min_length=1, max_length=AREAS_MAX)]
Kinds = Annotated[
    tuple[Kind, ...],
    Field(title="事实种类", description="一个都不选,就是全部种类", max_length=KINDS_MAX),
]
"""None means all there are, and all there will be."""

Places = Annotated[int, Field(title="订阅数上限", ge=1, le=50)]
PerMinute = Annotated[int, Field(title="每分钟请求上限", ge=1, le=60_000)]
InFlight = Annotated[int, Field(title="未确认消息上限", ge=1, le=10_000)]

KeyDigest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$"), Field(title="密钥摘要")]
"""SHA-256 of the access key: the key itself is shown once, and kept nowhere."""

SealedSecret = Annotated[
    str,
    StringConstraints(max_length=1000),
    Field(title="签名密钥", json_schema_extra={"sealed": True}),
]
"""What webhooks are signed with, as ciphertext of the vault; empty on other channels."""

At = Annotated[AwareDatetime, Field(title="时间")]
MessageId = Annotated[UUID, Field(title="消息编号")]
"""What is told under it: the id of a public fact, or of a test."""

Position = Annotated[int, Field(title="位置", ge=0)]
GivenUp = Annotated[int, Field(title="放弃推送条数", ge=1)]


def user_of(subscription_id: UUID) -> str:
    """The NATS user of a subscription, which is the name of its consumer too."""
    return f"s{subscription_id.hex}"
