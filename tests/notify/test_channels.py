"""What goes out, and what the answers of real servers mean."""

import hmac
import socket
from base64 import b64encode
from hashlib import sha256
from typing import get_args
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import orjson
import pytest
from pydantic import SecretStr, ValidationError

from services.notify.effects.channels import EmailTable, GatewayTable, Message, NotTaken, Table
from services.notify.effects.gateways import Gateway
from services.notify.effects.messages import LISTED_MAX, Texts
from services.notify.effects.smtp import Email
from services.notify.words import Text
from services.notify.words.channels import Channel
from tests.notify.examples import DELIVERY_ID, SENT, TOPIC_ID
from tests.notify.outside import Counter, Postbox, counter, postbox

pytestmark = pytest.mark.servers

SECRET = "SEC-7f3a"
MESSAGE = Message(
    id=DELIVERY_ID,
    to="lin@example.org",
    subject="【同心】“增设社区卫生服务中心”:已交办",
    lines=("您好,", "已交县卫生健康局办理。"),
    link="http://portal/matters/1",
    settings_link="http://portal/notice-settings",
    again=False,
)


def email(box: Postbox, *, timeout_s: float = 5) -> Email:
    table = EmailTable(
        host="127.0.0.1", port=box.port, security="plain", sender="notice@example.org",
        timeout_s=timeout_s,
    )  # fmt: skip
    return Email(table)


def gateway(channel: Channel, at: str, *, timeout_s: float = 5) -> Gateway:
    return Gateway(
        channel, GatewayTable(url=SecretStr(at), secret=SecretStr(SECRET), timeout_s=timeout_s)
    )


async def no_of(wire: Email | Gateway, message: Message = MESSAGE) -> tuple[str, bool, bool]:
    with pytest.raises(NotTaken) as no:
        await wire.send(message)
    return no.value.told, no.value.permanent, no.value.unsure


async def test_a_mail_is_chinese_in_text_and_html_and_has_the_id_of_its_notice() -> None:
    async with postbox() as box:
        assert "SMTP 250" == await email(box).send(MESSAGE)
    (mail,) = box.mails
    assert MESSAGE.subject == mail["Subject"]
    assert f"<{DELIVERY_ID}@notice.tongxin>" == mail["Message-ID"]
    assert "<http://portal/notice-settings>" == mail["List-Unsubscribe"]
    assert "同心 <notice@example.org>" == mail["From"]
    assert mail["X-Tongxin-Repeat"] is None
    for kind in ("plain", "html"):
        part = mail.get_body((kind,))
        assert part
        assert MESSAGE.lines[1] in part.get_content()
        assert MESSAGE.link in part.get_content()


async def test_a_repeat_has_the_same_id_and_says_that_it_is_one() -> None:
    async with postbox() as box:
        await email(box).send(Message(**{**vars(MESSAGE), "again": True}))
    assert (f"<{DELIVERY_ID}@notice.tongxin>", "yes") == (
        box.mails[0]["Message-ID"], box.mails[0]["X-Tongxin-Repeat"],
    )  # fmt: skip


async def test_a_title_cannot_smuggle_in_a_header() -> None:
    async with postbox() as box:
        await email(box).send(Message(**{**vars(MESSAGE), "subject": "a\r\nBcc: x@y"}))
    assert ("a Bcc: x@y", None) == (box.mails[0]["Subject"], box.mails[0]["Bcc"])


async def test_nobody_of_that_name_is_for_good_and_a_full_server_is_not() -> None:
    async with postbox() as box:
        box.refuses = frozenset({MESSAGE.to})
        assert ("SMTP 550", True, False) == await no_of(email(box))
        box.refuses = frozenset()
        box.answers = ["452 full", "554 spam"]
        assert ("SMTP 452", False, False) == await no_of(email(box))
        assert ("SMTP 554", True, False) == await no_of(email(box))


async def test_a_server_that_hangs_up_or_falls_silent_may_have_taken_it() -> None:
    async with postbox() as box:
        box.answers = ["drop", "silence"]
        _, *dropped = await no_of(email(box))
        _, *silent = await no_of(email(box, timeout_s=0.3))
    assert [[False, True], [False, True]] == [dropped, silent]
    assert 2 == len(box.mails)


async def test_a_server_that_is_away_took_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    _, *away = await no_of(email(Postbox(port=port)))
    _, *gone = await no_of(gateway("sms", f"http://127.0.0.1:{port}"))
    assert [[False, False], [False, False]] == [away, gone]


async def test_a_gateway_gets_what_only_we_can_have_signed() -> None:
    async with counter() as desk:
        assert "HTTP 200" == await gateway("sms", desk.url).send(MESSAGE)
    (came,) = desk.came
    assert str(DELIVERY_ID) == came.headers["webhook-id"] == orjson.loads(came.body)["id"]
    content = f"{came.headers['webhook-id']}.{came.headers['webhook-timestamp']}.".encode()
    right = hmac.digest(SECRET.encode(), content + came.body, sha256)
    assert f"v1,{b64encode(right).decode()}" == came.headers["webhook-signature"]
    assert SECRET not in f"{came}"


async def test_dingtalk_is_signed_in_the_address() -> None:
    async with counter() as desk:
        desk.answers = [(200, b'{"errcode": 0}')]
        await gateway("dingtalk", f"{desk.url}/robot/send?access_token=t").send(MESSAGE)
    asked = parse_qs(urlsplit(desk.came[0].path).query)
    right = hmac.digest(SECRET.encode(), f"{asked['timestamp'][0]}\n{SECRET}".encode(), sha256)
    assert ["t"] == asked["access_token"]
    assert [b64encode(right).decode()] == asked["sign"]
    assert [MESSAGE.to] == orjson.loads(desk.came[0].body)["at"]["atMobiles"]


async def test_a_robot_says_no_with_a_200() -> None:
    async with counter() as desk:
        desk.answers = [(200, b'{"errcode": 45009}'), (200, b'{"errcode": 93000}')]
        robot = gateway("wecom", f"{desk.url}/cgi-bin/webhook/send?key=k")
        assert ("HTTP 200, errcode 45009", False, False) == await no_of(robot)
        assert ("HTTP 200, errcode 93000", True, False) == await no_of(robot)
    assert [MESSAGE.to] == orjson.loads(desk.came[0].body)["text"]["mentioned_mobile_list"]


@pytest.mark.parametrize(
    ("status", "permanent", "unsure"),
    [(400, True, False), (404, True, False), (429, False, False), (500, False, True),
     (503, False, True), (302, True, False)],
)  # fmt: skip
async def test_a_gateway_that_is_busy_is_asked_again(
    status: int, *, permanent: bool, unsure: bool
) -> None:
    async with counter() as desk:
        desk.answers = [(status, b"")]
        said = await no_of(gateway("webhook", desk.url))
    assert (f"HTTP {status}", permanent, unsure) == said


async def test_a_gateway_that_falls_silent_may_have_taken_it() -> None:
    async with counter() as desk:
        desk.answers = [(0, b"")]
        _, *silent = await no_of(gateway("sms", desk.url, timeout_s=0.3))
    assert [False, True] == silent
    assert 1 == len(desk.came)


def test_what_is_wrong_with_the_file_is_said_without_its_keys() -> None:
    with pytest.raises(ValidationError, match=r"email\.host") as wrong:
        Table.model_validate({"email": {"port": 25, "password": SECRET}})
    assert SECRET not in str(wrong.value)


def row(text: str, **params: str) -> dict[str, object]:
    return {
        "text": text, "params": orjson.dumps(params), "topic_id": TOPIC_ID, "title": "路灯不亮",
        "unsure": False, "state": "DeliveryPlanned",
    }  # fmt: skip


TEXTS = Texts.read("http://portal/")


def message(*rows: dict[str, object]) -> Message:
    return TEXTS.message(rows, "lin@example.org", UUID(int=1))


def test_every_notice_has_words_outside() -> None:
    (literal, *_) = get_args(Text)
    assert set(get_args(literal)) == set(TEXTS.words["notices"])


def test_a_message_names_the_step_and_the_day_and_no_reasons() -> None:
    one = message(row("handling-rejected", due="2026-05-31", reason="门还锁着。"))
    assert "【同心】“路灯不亮”:需要重新办理,新的期限 2026年5月31日。" == one.subject
    assert f"http://portal/matters/{TOPIC_ID}" == one.link
    assert "门还锁着" not in f"{one}"


def test_many_notices_are_one_message() -> None:
    many = message(*[row("topic-approved")] * (LISTED_MAX + 2))
    assert "【同心】您有 22 条新通知" == many.subject
    assert "另有 2 条,请登录查看。" == many.lines[-1]
    assert "http://portal/inbox" == many.link


def test_what_may_have_arrived_says_so() -> None:
    assert not message(row("topic-approved")).again
    assert message({**row("topic-approved"), "state": "DeliveryBegun"}).again
    twice = message(row("topic-approved"), {**row("topic-closed"), "unsure": True})
    assert twice.again
    assert "可能已发过一次" in twice.lines[-1]


def test_counters_stay_apart() -> None:
    assert Counter().came is not Counter().came
    assert SENT.text in TEXTS.words["notices"]
