"""What an agency's user may do on NATS: fetch from its own consumer, acknowledge, hand over."""

from typing import Any
from uuid import UUID

from services.exchange.effects.public import STREAM as PUBLIC
from services.exchange.words.agencies import user_of
from shared.runtime.jetstream import API

ASKED = "$SYS.REQ.USER.AUTH"
"""Where a server asks who comes."""

HAND = "hand"
"""Below it agencies hand over. Not below `agency`: what is said there is kept in the stream."""

SAYS = tuple(
    f"{API}.{name}"
    for name in (
        f"CONSUMER.LIST.{PUBLIC}",
        f"CONSUMER.CREATE.{PUBLIC}.*",
        f"CONSUMER.DELETE.{PUBLIC}.*",
    )
)
"""What exchange asks of JetStream to look after the consumers of agencies."""

HEARS = (ASKED, f"{HAND}.*")
"""What exchange is asked by servers and by agencies."""

SYSTEM = {
    "publish": {"allow": ["$SYS.REQ.SERVER.PING.CONNZ", "$SYS.REQ.SERVER.*.KICK"]},
    "subscribe": {"allow": ["_INBOX_system.>"]},
}
"""What the user of the system account may do: see who is connected, and close connections."""

SUBSCRIPTIONS_MAX = 16
PAYLOAD_BYTES_MAX = 256 * 1024


def permissions(subscription_id: UUID, agency_id: UUID) -> dict[str, Any]:
    """The claims of its user: these subjects and no others."""
    user = user_of(subscription_id)
    return {
        "type": "user",
        "version": 2,
        "subs": SUBSCRIPTIONS_MAX,
        "data": -1,
        "payload": PAYLOAD_BYTES_MAX,
        "pub": {
            "allow": [
                f"{API}.CONSUMER.MSG.NEXT.{PUBLIC}.{user}",
                f"{API}.CONSUMER.INFO.{PUBLIC}.{user}",
                f"$JS.ACK.{PUBLIC}.{user}.>",
                f"{HAND}.{agency_id}",
            ]
        },
        "sub": {"allow": [f"_INBOX_{user}.>"]},
    }
