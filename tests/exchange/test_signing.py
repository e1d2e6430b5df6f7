"""Signatures of webhooks, verified by the library that those who take them use."""

from base64 import b64encode
from datetime import timedelta

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from services.exchange.effects.hooks.signing import PREFIX, key_of, signed
from shared.runtime import clock

OLD, NEW = (PREFIX + b64encode(bytes([n]) * 32).decode() for n in (1, 2))
BODY = '{"标题":"修路"}'.encode()


def test_whoever_has_the_secret_verifies_the_message() -> None:
    headers = signed("fact-1", clock.now(), BODY, [NEW])
    assert {"标题": "修路"} == Webhook(NEW).verify(BODY, headers)


def test_while_a_secret_is_exchanged_both_verify() -> None:
    headers = signed("fact-1", clock.now(), BODY, [NEW, OLD])
    for secret in (OLD, NEW):
        Webhook(secret).verify(BODY, headers)


@pytest.mark.parametrize("changed", ["webhook-id", "webhook-timestamp", "body", "secret"])
def test_nothing_of_a_message_can_be_changed(changed: str) -> None:
    now = clock.now()
    headers = signed("fact-1", now, BODY, [NEW])
    if changed == "webhook-timestamp":
        headers[changed] = str(int((now + timedelta(seconds=30)).timestamp()))
    elif changed == "webhook-id":
        headers[changed] = "fact-2"
    body = BODY.replace("修".encode(), "拆".encode()) if changed == "body" else BODY
    with pytest.raises(WebhookVerificationError):
        Webhook(OLD if changed == "secret" else NEW).verify(body, headers)


def test_a_message_that_is_sent_again_later_is_not_taken() -> None:
    headers = signed("fact-1", clock.now() - timedelta(minutes=6), BODY, [NEW])
    with pytest.raises(WebhookVerificationError):
        Webhook(NEW).verify(BODY, headers)


@pytest.mark.parametrize(
    "text", ["", "whsec_", "whsec_short", "whsec_" + "!" * 32, PREFIX + "A" * 88 + "A" * 8]
)
def test_what_is_no_secret_is_not_signed_with_and_not_said(text: str) -> None:
    with pytest.raises(ValueError, match=r"^not a secret of Standard Webhooks$"):
        key_of(text)
