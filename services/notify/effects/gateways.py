"""HTTP gateways: text messages, 企业微信 and 钉钉 robots, and webhooks of any kind."""

import hmac
from base64 import b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import quote_plus

import httpx
import orjson

from services.notify.effects.channels import GatewayTable, Message, NotTaken
from services.notify.words.channels import Channel
from shared.runtime import clock

OK = 200
LATER = frozenset({408, 425, 429})
BUSY = frozenset({-1, 45009, 130101, 660026})
"""Answers of robots that mean: later. 企业微信 -1 and 45009, 钉钉 130101 and 660026."""

TEXT_MAX = 200


class Gateway:
    """One gateway of a deployment."""

    def __init__(self, channel: Channel, table: GatewayTable) -> None:
        self.channel = channel
        self.per_minute = table.per_minute
        self._table = table

    async def send(self, message: Message) -> str:
        """See `Wire`."""
        body, headers, query = ASKED[self.channel](message, self._table.secret.get_secret_value())
        url = self._table.url.get_secret_value() + query
        headers = {"Content-Type": "application/json; charset=utf-8", **headers}
        try:
            async with httpx.AsyncClient(timeout=self._table.timeout_s, trust_env=False) as client:
                answer = await client.post(url, content=body, headers=headers)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as away:
            raise NotTaken(type(away).__name__) from away
        except httpx.HTTPError as lost:
            raise NotTaken(type(lost).__name__, unsure=True) from lost
        return _judge(answer)


type Request = tuple[bytes, Mapping[str, str], str]
"""Body, headers, and what is put behind the address."""


def text_of(message: Message) -> str:
    """All in one: what a telephone or a group shows."""
    told = "\n".join([message.subject, *message.lines[1:]])
    return f"{told[:TEXT_MAX]}\n{message.link}"


def signed(message: Message, secret: str) -> Request:
    """As Standard Webhooks has it: HMAC-SHA256 over id, time and body."""
    told = {
        "id": str(message.id),
        "to": message.to,
        "subject": message.subject,
        "text": text_of(message),
        "again": message.again,
    }
    body = orjson.dumps(told)
    now = str(int(clock.now().timestamp()))
    content = f"{message.id}.{now}.".encode() + body
    signature = b64encode(hmac.digest(secret.encode(), content, sha256)).decode()
    headers = {
        "webhook-id": str(message.id),
        "webhook-timestamp": now,
        "webhook-signature": f"v1,{signature}",
    }
    return body, headers, ""


def wecom(message: Message, _secret: str) -> Request:
    """A robot of a 企业微信 group; the key stands in its address, and the person is named."""
    text = {"content": text_of(message), "mentioned_mobile_list": [message.to]}
    return orjson.dumps({"msgtype": "text", "text": text}), {}, ""


def dingtalk(message: Message, secret: str) -> Request:
    """A robot of a 钉钉 group (加签): HMAC-SHA256 over milliseconds and secret, in the address."""
    now = str(int(clock.now().timestamp() * 1000))
    digest = hmac.digest(secret.encode(), f"{now}\n{secret}".encode(), sha256)
    told: dict[str, Any] = {
        "msgtype": "text",
        "text": {"content": text_of(message)},
        "at": {"atMobiles": [message.to], "isAtAll": False},
    }
    return orjson.dumps(told), {}, f"&timestamp={now}&sign={quote_plus(b64encode(digest))}"


ASKED: Mapping[Channel, Callable[[Message, str], Request]] = {
    "sms": signed,
    "webhook": signed,
    "wecom": wecom,
    "dingtalk": dingtalk,
}


def _judge(answer: httpx.Response) -> str:
    told = f"HTTP {answer.status_code}"
    if answer.status_code >= 500:
        raise NotTaken(told, unsure=True)
    if not answer.is_success:
        raise NotTaken(told, permanent=answer.status_code not in LATER)
    code = _errcode(answer)
    if code:
        raise NotTaken(f"{told}, errcode {code}", permanent=code not in BUSY)
    return told


def _errcode(answer: httpx.Response) -> int:
    """Robots say no with a 200; a gateway that says nothing of the kind means yes."""
    try:
        told = answer.json()
        return int(told["errcode"]) if isinstance(told, dict) and "errcode" in told else 0
    except (ValueError, TypeError):
        return 0
