"""Signs as Standard Webhooks has it: HMAC-SHA256 over id, time and body, by every secret in force.

https://www.standardwebhooks.com: a secret is `whsec_` and 24 to 64 bytes in base64; the header
holds a signature for each secret, separated by blanks, so that one can be exchanged for another.
"""

import binascii
import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import datetime

PREFIX = "whsec_"
BYTES_MIN, BYTES_MAX = 24, 64


def key_of(secret: str) -> bytes:
    """The bytes a secret stands for. Raises ValueError, without saying what it is."""
    text = secret.removeprefix(PREFIX)
    try:
        key = b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not BYTES_MIN <= len(key) <= BYTES_MAX:
        raise ValueError("not a secret of Standard Webhooks")
    return key


def signed(message_id: str, at: datetime, body: bytes, secrets: Iterable[str]) -> dict[str, str]:
    """The three headers of a message. Raises ValueError for a bad secret."""
    seconds = str(int(at.timestamp()))
    content = f"{message_id}.{seconds}.".encode() + body
    signatures = [
        "v1," + b64encode(hmac.digest(key_of(secret), content, "sha256")).decode()
        for secret in secrets
    ]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": seconds,
        "webhook-signature": " ".join(signatures),
    }
