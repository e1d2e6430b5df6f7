"""Webhooks, carried to receivers that behave well and badly: none lost, nobody delayed."""

import asyncio
from datetime import timedelta
from uuid import UUID

import orjson
import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from services.exchange.effects.hooks import measures
from services.exchange.effects.hooks.book import ROOM
from services.exchange.effects.hooks.carrier import PLAN_MAX
from services.exchange.effects.hooks.schedule import Schedule
from shared.runtime import clock
from tests.exchange import receivers
from tests.exchange.carrying import QUICK, Hooks, carrying, eventually, hooks
from tests.exchange.receivers import Receiver, receiver, status
from tests.servers import Postgres

pytestmark = pytest.mark.servers

LONG = timedelta(hours=1)


async def test_facts_arrive_as_signed_cloud_events(pg: Postgres) -> None:
    async with hooks(pg) as here, receiver() as there, carrying(here):
        one = await here.subscribe(there.url)
        ids = here.facts.tell(3)
        await there.until(3)
        await here.until(one, taken=3)
        event = Webhook(here.secrets[one][0]).verify(there.came[0].body, there.came[0].headers)
    assert ids == sorted(there.ids, key=ids.index)
    assert "application/cloudevents+json; charset=utf-8" == there.came[0].headers["content-type"]
    told = here.facts.told[0]
    assert {
        "specversion": "1.0",
        "id": str(told.fact_id),
        "source": "/tongxin/511623",
        "type": "tongxin.TopicApproved.v1",
        "subject": str(told.topic_id),
        "time": event["time"],
        "dataschema": "/contracts/schemas/TopicApproved.v1.json",
        "datacontenttype": "application/json",
        "sequence": "1",
        "area": told.area,
        "correlationid": str(told.correlation),
        "data": {"title": "修路 1"},
    } == event


async def test_a_target_hears_of_its_areas_and_kinds_and_of_nothing_else(pg: Postgres) -> None:
    async with hooks(pg) as here, receiver() as there, carrying(here):
        one = await here.subscribe(there.url, ["511623100000"], ["TopicClosed"])
        here.facts.tell(area="511623200000", kind="TopicClosed")
        here.facts.tell(area="511623100013", kind="TopicApproved")
        wanted = here.facts.tell(area="511623100013", kind="TopicClosed")
        await here.until(one, taken=1)
    assert wanted == there.ids


@pytest.mark.parametrize("answer", [receivers.silence, receivers.drip])
async def test_a_slow_target_delays_nobody_but_itself(
    pg: Postgres, answer: receivers.Answer
) -> None:
    async with hooks(pg) as here, receiver(answer) as slow, receiver() as quick:
        here.settings = here.settings.model_copy(update={"timeout_s": 60})
        stuck, free = await here.subscribe(slow.url), await here.subscribe(quick.url)
        async with carrying(here):
            here.facts.tell(150)
            await slow.until(here.settings.in_flight)
            await here.until(free, taken=150)
        assert here.settings.in_flight == slow.most_at_once == len(slow.came)
        assert {"waiting": 150} == await here.states(stuck)


async def test_what_a_target_missed_while_it_was_down_arrives_in_the_end(pg: Postgres) -> None:
    """More than there is room for: the rest is kept by the log."""
    count = ROOM + PLAN_MAX + 50
    async with hooks(pg) as here, receiver(status(503)) as there, carrying(here):
        one = await here.subscribe(there.url)
        ids = here.facts.tell(count)
        await there.until(3 * here.settings.in_flight + 2)
        assert sum((await here.states(one)).values()) < ROOM + PLAN_MAX
        there.came.clear()
        there.always = status(200)
        await here.until(one, taken=count)
    assert set(ids) == set(there.ids)
    assert count == len(there.ids)


async def test_a_target_that_is_down_is_only_knocked_at(pg: Postgres) -> None:
    async with hooks(pg) as here, receiver(status(500)) as there:
        here.schedule = Schedule(again=QUICK.again, knock=(LONG,))
        one = await here.subscribe(there.url)
        async with carrying(here):
            here.facts.tell(100)
            await here.until_target(one, lambda target: target["fails"] >= QUICK.down_after)
            until_down = len(there.came)
            here.facts.tell(100)
            await here.until_target(one, lambda target: target["upto"] == 200)
        assert until_down == len(there.came) <= 3 * here.settings.in_flight


async def test_a_message_that_is_never_taken_holds_up_no_other_and_can_be_sent_again(
    pg: Postgres,
) -> None:
    async with hooks(pg) as here, receiver() as there, carrying(here):
        one = await here.subscribe(there.url)
        (bad,) = here.facts.tell(1)
        refusing = True

        async def choosy(writer: asyncio.StreamWriter) -> None:
            is_bad = there.ids[-1] == bad and refusing
            await status(400 if is_bad else 200)(writer)

        there.always = choosy
        here.facts.tell(5)
        await eventually(
            lambda: _told_more(here, one),
            lambda found: "given-up" in found and len(QUICK.again) < there.ids.count(bad),
        )
        refusing = False
        all_ = {"taken": len(here.facts.told)}
        await eventually(lambda: _asked_again(here, one), lambda found: found == all_)


async def test_a_target_that_is_gone_is_never_asked_again(pg: Postgres) -> None:
    async with hooks(pg) as here, receiver(status(410)) as there, receiver() as other:
        one, another = await here.subscribe(there.url), await here.subscribe(other.url)
        async with carrying(here):
            here.facts.tell(1)
            await here.until(one, dropped=1)
            here.facts.tell(20)
            await here.until(another, taken=21)
        assert ([one], 1) == (here.gone, len(there.came))


async def test_a_target_is_given_the_time_it_asks_for(pg: Postgres) -> None:
    async with hooks(pg) as here, receiver() as there, carrying(here):
        there.answers = [status(429, "Retry-After: 3600")]
        one = await here.subscribe(there.url)
        begun = clock.now()
        here.facts.tell(1)
        await there.until(1)
        await here.until_target(one, lambda target: target["fails"] > 0)
        assert begun + timedelta(seconds=3600) <= (await here.target(one))["knock_at"]
        here.facts.tell(10)
        await here.until_target(one, lambda target: target["upto"] == 11)
    assert 1 == len(there.came)


async def test_who_takes_over_sends_again_what_was_under_way_under_the_same_name(
    pg: Postgres,
) -> None:
    async with hooks(pg) as here, receiver(receivers.silence) as there:
        one = await here.subscribe(there.url)
        async with carrying(here):
            (fact,) = here.facts.tell(1)
            await there.until(1)
        assert {"waiting": 1} == await here.states(one)
        there.always = status(200)
        async with carrying(here):
            await here.until(one, taken=1)
    assert [fact, fact] == there.ids
    first, second = there.came
    assert first.body == second.body


async def test_two_who_carry_at_once_lose_nothing_and_name_everything_alike(pg: Postgres) -> None:
    """One of them is taken for dead, and is not."""
    async with hooks(pg) as here, receiver() as there:
        one = await here.subscribe(there.url)
        async with carrying(here), carrying(here):
            ids = here.facts.tell(300)
            await here.until(one, taken=300)
    assert set(ids) == set(there.ids)


async def test_nothing_is_lost_while_a_subscription_is_paused(pg: Postgres) -> None:
    async with hooks(pg) as here, receiver() as there, receiver() as other, carrying(here):
        one, another = await here.subscribe(there.url), await here.subscribe(other.url)
        await here.do("hold", subscription_id=one, hold="by-agency")
        here.facts.tell(5)
        await here.until(another, taken=5)
        assert [] == there.came
        await here.do("let go", subscription_id=one, hold="by-agency")
        await here.until(one, taken=5)


async def test_both_secrets_verify_until_the_old_one_is_over(pg: Postgres) -> None:
    async with hooks(pg) as here, receiver() as there, carrying(here):
        one = await here.subscribe(there.url)
        new = await here.give_secret(one, clock.now() + LONG)
        here.facts.tell(1)
        await here.until(one, taken=1)
        newest = await here.give_secret(one, clock.now() - LONG)
        here.facts.tell(1)
        await here.until(one, taken=2)
    old = here.secrets[one][0]
    assert [True, True, False] == [_verifies(there, 0, secret) for secret in (old, new, newest)]
    assert [False, True] == [_verifies(there, 1, secret) for secret in (new, newest)]


async def test_everything_is_told_once_more_from_where_somebody_wants_it(pg: Postgres) -> None:
    async with hooks(pg) as here, receiver() as there, carrying(here):
        one = await here.subscribe(there.url)
        ids = here.facts.tell(6)
        await here.until(one, taken=6)
        await here.do("go back", subscription_id=one, upto=2)
        await there.until(10)
        await here.until(one, taken=6)
    assert sorted(ids[2:]) == sorted(there.ids[6:])


async def test_a_test_arrives_and_says_that_it_is_one(pg: Postgres) -> None:
    async with hooks(pg) as here, receiver() as there, carrying(here):
        one = await here.subscribe(there.url)
        asked = UUID(int=7)
        await here.do("try", subscription_id=one, message_id=asked, now=clock.now())
        await here.until(one, taken=1)
        event = Webhook(here.secrets[one][0]).verify(there.came[0].body, there.came[0].headers)
    assert orjson.loads(there.came[0].body) == event
    assert (str(asked), "tongxin.Test.v1", str(one)) == (
        event["id"], event["type"], event["subject"],
    )  # fmt: skip


async def test_what_is_measured_is_forgotten_by_who_carries_no_more(pg: Postgres) -> None:
    async with hooks(pg) as here, receiver(status(500)) as there:
        one = await here.subscribe(there.url)
        here.facts.tell(5)
        async with carrying(here):
            await here.until_target(one, lambda target: target["fails"] >= QUICK.down_after)
        async with carrying(here):
            await eventually(_down, lambda down: down == 1)
        assert 0 == await _down()


async def _down() -> float:
    return measures.DOWN._value.get()


async def test_what_cannot_be_reached_is_written_down_and_waits(pg: Postgres) -> None:
    async with hooks(pg) as here, receiver() as there, carrying(here):
        there.always = status(200)
        url = there.url.replace("127.0.0.1", "127.0.0.1.nobody.invalid")
        one = await here.subscribe(url)
        here.facts.tell(1)
        await here.until_target(one, lambda target: target["fails"] > 0)
        asked = "SELECT DISTINCT told FROM exchange__hooks.failures WHERE subscription_id = $1"
        assert [("no-connection: gaierror",)] == await here.pool.fetch(asked, one)
        assert [] == there.came


def _verifies(there: Receiver, n: int, secret: str) -> bool:
    try:
        Webhook(secret).verify(there.came[n].body, there.came[n].headers)
    except WebhookVerificationError:
        return False
    return True


async def _told_more(here: Hooks, one: UUID) -> dict[str, int]:
    """One more fact, and the states of all."""
    here.facts.tell(1)
    return await here.states(one)


async def _asked_again(here: Hooks, one: UUID) -> dict[str, int]:
    """Send again what was given up, where all is slow more than one; the states of all."""
    await here.do("again", subscription_id=one, message_id=None, now=clock.now())
    return await here.states(one)
