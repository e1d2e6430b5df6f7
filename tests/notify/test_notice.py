"""Somebody is told, and reads it."""

import pytest

from services.notify.domain.notice.commands import ReadNotice, SendNotice
from services.notify.domain.notice.decide import NOTICE
from services.notify.words import to_account, to_role, to_topic, to_unit
from shared.kernel.message import Actor
from tests.notify.examples import (
    AREA,
    COUNTY,
    DEFAULT,
    HEALTH,
    NOTICE_ID,
    READ,
    SENT,
    TOPIC_ID,
)
from tests.spec import Spec

notice = Spec(NOTICE, DEFAULT)

SEND = SendNotice(**dict(SENT), area=AREA)
READ_IT = ReadNotice(notice_id=NOTICE_ID)
CHEN = Actor(id="chen", role="unit", area=COUNTY, unit=HEALTH)


def test_a_notice_is_sent() -> None:
    notice.given().when(SEND).then(SENT)


def test_nobody_is_told_twice() -> None:
    notice.given(SENT).when(SEND).then_nothing()


def test_a_county_may_keep_a_notice_to_itself() -> None:
    silent = DEFAULT.model_copy(update={"silent": frozenset({"item-assigned"})})
    notice.given().under(silent).when(SEND).then_nothing()


def test_who_was_told_reads_it() -> None:
    notice.given(SENT).when(READ_IT, CHEN).then(READ)


def test_each_reads_it_once_and_for_oneself() -> None:
    wu = Actor(id="wu", role="unit", area=COUNTY, unit=HEALTH)
    notice.given(SENT, READ).when(READ_IT, CHEN).then_nothing()
    notice.given(SENT, READ).when(READ_IT, wu).then(READ.model_copy(update={"reader": "wu"}))


def test_what_was_not_sent_is_not_read() -> None:
    notice.given().when(READ_IT, CHEN).then_refused(
        "not-now", command="ReadNotice", notice="Nothing"
    )


@pytest.mark.parametrize(
    ("to", "told"),
    [
        (to_account("chen"), True),
        (to_account("wu"), False),
        (to_unit(HEALTH, AREA), True),
        (to_unit("县公安局", AREA), False),
        (to_unit(HEALTH, "510521100013"), False),
        (to_role("unit", AREA), True),
        (to_role("member", AREA), False),
        (to_role("unit", "510521100013"), False),
        (to_topic(TOPIC_ID), True),
    ],
)
def test_only_who_was_told_can_have_read_it(to: str, told: bool) -> None:
    reading = notice.given(SENT.model_copy(update={"to": to})).when(READ_IT, CHEN)
    if told:
        reading.then(READ)
    else:
        reading.then_refused("not-your-notice", to=to)
