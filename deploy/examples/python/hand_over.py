"""Hand a matter over, and print the receipt. The same number sent again gets the same receipt.

python hand_over.py NUMBER AREA TITLE [PLACE]
"""

import json
import os
import ssl
import sys

import httpx

FIELDS = ("number", "area", "title", "place")


def trusted() -> ssl.SSLContext:
    """Whom TONGXIN_CA vouches for; where it names no file, whom this machine trusts."""
    return ssl.create_default_context(cafile=os.environ.get("TONGXIN_CA"))


def hand_over(matter: dict[str, str]) -> dict[str, str]:
    """The receipt. Raises HTTPStatusError where it is refused; the answer says why."""
    key = os.environ["TONGXIN_KEY"]
    answer = httpx.post(
        f"{os.environ['TONGXIN_URL']}/api/v1/handovers",
        json=matter,
        headers={"Authorization": f"Bearer {key}"},
        timeout=30,
        verify=trusted(),
    )
    answer.raise_for_status()
    receipt: dict[str, str] = answer.json()
    return receipt


if __name__ == "__main__":
    given = dict(zip(FIELDS, sys.argv[1:], strict=False))
    print(json.dumps(hand_over(given), ensure_ascii=False))
