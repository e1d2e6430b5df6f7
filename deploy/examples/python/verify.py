"""Whether a webhook was signed with our secret, a moment ago; the body comes on standard input.

python verify.py ID TIMESTAMP SIGNATURE < body
"""

import hmac
import os
import sys
import time
from base64 import b64decode, b64encode

TOLERANCE_S = 5 * 60


def is_good(secret: str, body: bytes, told: tuple[str, str, str]) -> bool:
    """`told`: the headers webhook-id, webhook-timestamp and webhook-signature."""
    message_id, timestamp, signatures = told
    if not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > TOLERANCE_S:
        return False
    key = b64decode(secret.removeprefix("whsec_"))
    made = hmac.digest(key, f"{message_id}.{timestamp}.".encode() + body, "sha256")
    wanted = f"v1,{b64encode(made).decode()}"
    # Several, separated by spaces, while a secret is being changed.
    return any(hmac.compare_digest(wanted, one) for one in signatures.split())


if __name__ == "__main__":
    _, message_id, timestamp, signatures = sys.argv
    told = (message_id, timestamp, signatures)
    sys.exit(0 if is_good(os.environ["TONGXIN_SECRET"], sys.stdin.buffer.read(), told) else 1)
