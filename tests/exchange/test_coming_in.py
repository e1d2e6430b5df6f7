"""Agencies on NATS: each is let in to what it was approved for, and to nothing of anybody else."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest
from nats.errors import Error

from services.exchange.domain.subscription import events as said
from services.exchange.effects.consumers import consumers
from shared.runtime import clock, jetstream
from tests.exchange.neighbours import LINSHUI, LUXIAN, NAME, Door, Guest, Neighbour, door
from tests.runtime.logs import until
from tests.servers import NatsServer, Postgres, home_in

pytestmark = pytest.mark.servers

VILLAGE = "511623100013"
TIMES = count(1)


@pytest.fixture(scope="module")
async def shared(pg: Postgres, place: Path) -> AsyncIterator[Door]:
    server = NatsServer(home_in(Path(tempfile.mkdtemp(prefix="nats-", dir=place))))
    async with door(server, await pg.fresh_database()) as one:
        yield one
    server.stop()


@pytest.fixture
def here(shared: Door) -> Door:
    """The same door for all; what was published before is behind whoever comes now."""
    return replace(shared, base=1000 * next(TIMES))


async def refused(here: Door, one: Neighbour, key: str = "") -> bool:
    try:
        async with here.client(one, key):
            return False
    except Error as no:
        return "authorization violation" in str(no).lower()


def paused(one: Neighbour) -> said.SubscriptionPaused:
    return said.SubscriptionPaused(
        subscription_id=one.subscription_id, hold="by-agency", reason="检修"
    )


def revoked(one: Neighbour) -> said.SubscriptionRevoked:
    return said.SubscriptionRevoked(
        subscription_id=one.subscription_id, agency_id=one.agency_id, agency=NAME, reason="外泄"
    )


async def test_an_agency_is_told_what_it_was_approved_for_and_nothing_else(here: Door) -> None:
    one = await here.connected([LINSHUI], ["TopicApproved", "TopicClosed"])
    await here.look(one.row())
    await here.publish(VILLAGE, "TopicApproved", 1)
    await here.publish(LINSHUI, "TopicProposed", 2)
    await here.publish(LUXIAN, "TopicApproved", 3)
    await here.publish(LINSHUI, "TopicClosed", 4)
    await here.admin.jetstream().publish(
        f"agency.{one.agency_id}.Receipt", b"{}", headers={"ce-sequence": str(here.base + 5)}
    )
    await here.admin.jetstream().publish(
        f"agency.{UUID(int=5)}.Receipt", b"{}", headers={"ce-sequence": str(here.base + 6)}
    )
    async with here.client(one) as guest:
        assert ["1", "4", "5"] == await guest.take(3)
        assert await guest.finds_nothing()


async def test_who_was_away_goes_on_where_it_was(here: Door) -> None:
    one = await here.connected([LINSHUI])
    await here.look(one.row())
    for position in (1, 2):
        await here.publish(VILLAGE, "TopicApproved", position)
    async with here.client(one) as guest:
        assert ["1", "2"] == await guest.take(2)
    for position in (3, 4):
        await here.publish(VILLAGE, "TopicApproved", position)
    async with here.client(one) as guest:
        assert ["3", "4"] == await guest.take(2)


def subjects_of(first: Neighbour) -> list[str]:
    """Whatever the first agency may do, and whatever nobody but us may."""
    return [
        f"$JS.API.CONSUMER.MSG.NEXT.PUBLIC.{first.user}",
        f"$JS.API.CONSUMER.INFO.PUBLIC.{first.user}",
        f"$JS.API.CONSUMER.DELETE.PUBLIC.{first.user}",
        f"$JS.API.CONSUMER.CREATE.PUBLIC.{first.user}",
        f"$JS.API.CONSUMER.CREATE.PUBLIC.mine.public.{'51.16.23.*.*.*'}",
        f"$JS.API.CONSUMER.DURABLE.CREATE.PUBLIC.{first.user}",
        f"$JS.API.CONSUMER.PAUSE.PUBLIC.{first.user}",
        "$JS.API.CONSUMER.LIST.PUBLIC",
        "$JS.API.CONSUMER.NAMES.PUBLIC",
        f"$JS.ACK.PUBLIC.{first.user}.1.1.1.1.0",
        f"hand.{first.agency_id}",
        f"agency.{first.agency_id}.Receipt",
        "public.51.16.23.100.013.TopicApproved",
        f"_INBOX_{first.user}.abc",
        "$JS.API.STREAM.INFO.PUBLIC",
        "$JS.API.STREAM.MSG.GET.PUBLIC",
        "$JS.API.DIRECT.GET.PUBLIC",
        "$JS.API.STREAM.PURGE.PUBLIC",
        "$JS.API.INFO",
        "$SYS.REQ.USER.AUTH",
        "$SYS.REQ.SERVER.PING.CONNZ",
        "ev.topics.51.16.23.100.013.topic.TopicProposed",
        "ask.topics.ProposeTopic",
        "question.topics.TopicsInArea",
    ]


async def denied(guest: Guest, what: str, subject: str) -> bool:
    """Whether the server said so."""

    async def told() -> bool:
        return any(f'{what} "{subject.lower()}"' in error for error in guest.errors)

    try:
        await until(told)
    except TimeoutError:
        return False
    return True


async def test_the_second_agency_gets_nothing_on_any_subject_of_the_first(here: Door) -> None:
    first, second = await here.connected([LINSHUI]), await here.connected([LUXIAN])
    await here.look(first.row(), second.row())
    async with here.client(second) as thief, here.client(first) as owner:
        heard: list[str] = []

        async def hear(message: object) -> None:
            heard.append(str(message))

        for subject in subjects_of(first):
            await thief.nats.publish(subject, b"{}", reply=thief.nats.new_inbox())
            assert await denied(thief, "publish to", subject), subject
        listened = (f"_INBOX_{first.user}.>", "_INBOX.>", "public.>", "agency.>", "hand.>", ">",
                    f"hand.{first.agency_id}", "ask.>", "ev.>", "$JS.>", "$SYS.>")  # fmt: skip
        for subject in listened:
            await thief.nats.subscribe(subject, cb=hear)
            assert await denied(thief, "subscription to", subject), subject
        await here.publish(VILLAGE, "TopicApproved", 1)
        await here.publish(LUXIAN, "TopicApproved", 2)
        assert ["1"] == await owner.take(1)
        assert ["2"] == await thief.take(1)
        assert [] == heard


async def test_neither_a_wrong_key_nor_a_user_that_is_none_comes_in(here: Door) -> None:
    one, other = await here.connected([LINSHUI]), await here.connected([LINSHUI])
    assert await refused(here, one, "wrong")
    assert await refused(here, one, other.key)
    assert await refused(here, Neighbour([LINSHUI]), "a key")
    assert not await refused(here, one)


async def test_no_agency_comes_in_as_a_service(here: Door) -> None:
    one = await here.connected([LINSHUI])
    for user in ("exchange", "portal", "admin", "system"):
        with pytest.raises(Error):
            await Guest(one).come(here.server.url, one.key, user)


async def test_who_is_revoked_is_put_out_at_once_and_its_consumer_is_gone(here: Door) -> None:
    one, other = await here.connected([LINSHUI]), await here.connected([LINSHUI])
    await here.look(one.row(), other.row())
    async with here.client(one) as guest, here.client(other) as untouched:
        await here.say(one, revoked(one))
        await here.look(other.row())
        await asyncio.wait_for(guest.left.wait(), 60)
        assert untouched.nats.is_connected
    assert await refused(here, one)
    left = await consumers(here.admin)
    assert other.subscription_id in left
    assert one.subscription_id not in left


async def test_no_consumer_is_deleted_because_a_view_is_late(here: Door) -> None:
    one = await here.connected([LINSHUI])
    await here.look(one.row())
    await here.look()
    assert one.subscription_id in await consumers(here.admin)


async def test_who_is_paused_is_put_out_and_loses_nothing(here: Door) -> None:
    one = await here.connected([LINSHUI])
    await here.look(one.row())
    async with here.client(one) as guest:
        await here.say(one, paused(one))
        await here.look(one.row())
        await asyncio.wait_for(guest.left.wait(), 60)
    assert await refused(here, one)
    await here.publish(VILLAGE, "TopicApproved", 1)
    resumed = said.SubscriptionResumed(subscription_id=one.subscription_id, hold="by-agency")
    await here.say(one, resumed)
    await here.look(one.row())
    async with here.client(one) as guest:
        assert ["1"] == await guest.take(1)


async def test_a_new_key_puts_out_who_came_with_the_old_one(here: Door) -> None:
    one = await here.connected([LINSHUI])
    await here.look(one.row())
    async with here.client(one) as guest:
        await here.say(one, one.issued("new", clock.now() + timedelta(days=1)))
        await here.look(one.row())
        assert guest.nats.is_connected
        assert not await refused(here, one)
        await here.say(one, one.issued("newest"))
        await here.look(one.row())
        await asyncio.wait_for(guest.left.wait(), 60)
    assert await refused(here, one)
    assert await refused(here, one, "new")
    assert not await refused(here, one, "newest")


async def test_told_again_after_a_position_it_begins_with_the_next(here: Door) -> None:
    one = await here.connected([LINSHUI])
    await here.look(one.row())
    for position in (3, 7, 8, 15):
        await here.publish(VILLAGE, "TopicApproved", position)
    async with here.client(one) as guest:
        assert ["3", "7", "8", "15"] == await guest.take(4)
    await here.look(one.row(replay=20, replay_after=here.base + 7))
    async with here.client(one) as guest:
        assert ["8", "15"] == await guest.take(2)
    await here.look(one.row(replay=21, replay_after=here.base + 15))
    async with here.client(one) as guest:
        assert await guest.finds_nothing()
    await here.look(one.row(replay=22, replay_since=one.since))
    async with here.client(one) as guest:
        assert ["3", "7", "8", "15"] == await guest.take(4)


async def test_who_lost_its_consumer_goes_on_behind_what_it_acknowledged(here: Door) -> None:
    """As after a restore, when the stream was told anew."""
    one = await here.connected([LINSHUI])
    await here.look(one.row())
    for position in (3, 7, 8):
        await here.publish(VILLAGE, "TopicApproved", position)
    async with here.client(one) as guest:
        assert ["3", "7"] == await guest.take(2)
    await here.look(one.row())
    await jetstream.request(here.admin, f"CONSUMER.DELETE.PUBLIC.{one.user}")
    await here.look(one.row())
    async with here.client(one) as guest:
        assert ["8"] == await guest.take(1)
        assert await guest.finds_nothing()


async def test_other_bounds_leave_it_where_it_was(here: Door) -> None:
    one = await here.connected([LINSHUI])
    await here.look(one.row())
    await here.publish(VILLAGE, "TopicApproved", 1)
    async with here.client(one) as guest:
        assert ["1"] == await guest.take(1)
    await here.look(one.row(in_flight=7))
    told = (await here.look(one.row(in_flight=7)))[one.subscription_id]
    assert (7, 0) == (told["config"]["max_ack_pending"], told["num_pending"])
