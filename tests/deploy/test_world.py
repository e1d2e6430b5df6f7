"""The world: all services decide under a told clock, and what they say is written down."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest

from deploy.tongxin.home import SERVICES, Trouble
from deploy.tongxin.mend import app_of
from deploy.tongxin.world import Told
from services.notify.app import app as notify
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.handle import Handler
from shared.runtime.past import telling
from shared.runtime.settings import Settings
from shared.runtime.store import Store
from shared.runtime.ticker import Ticker
from shared.runtime.view import Views
from tests.deploy.worlds import LONG_AGO, Ground, fresh_ground, story
from tests.runtime.flows import running
from tests.servers import Postgres

pytestmark = pytest.mark.servers

SPOKEN = ("topics", "meetings", "outcomes", "notify")
YEAR_LATER = datetime.combine(LONG_AGO, datetime.min.time(), UTC) + timedelta(days=365)
ROOT = Path(__file__).parents[2]


@pytest.fixture
async def ground(pg: Postgres) -> Ground:
    return await fresh_ground(pg)


def unanswered() -> list[Told]:
    """The story, but no unit ever answers what it was asked."""
    left_out = {"ReplyHandling", "AcceptAssignment", "ReportProgress", "RequestExtension"}
    steps = story()
    end = next(n for n, step in enumerate(steps) if type(step.command).__name__ in left_out)
    return steps[:end]


async def types(ground: Ground, service: str, category: str) -> list[str]:
    """What was said in the streams of a category, in order."""
    facts = await ground.facts(service)
    return [fact[5] for fact in facts if fact[2] == category]


@asynccontextmanager
async def live_tickers(ground: Ground) -> AsyncIterator[list[Ticker]]:
    """The clocks of a running notify."""
    settings = Settings()
    dsn = ground.dsn("notify")
    store = await Store.open(dsn, "notify")
    views = await Views.open(dsn, "notify", notify.projections)
    charters, areas = Charters(settings.charters), Areas.read(settings.areas)
    handler = Handler("notify", notify.deciders, notify.rules, store, charters, areas)
    try:
        async with running(store.run()):
            yield [Ticker("notify", one, views[one.view], handler) for one in notify.ticks]
    finally:
        await views.close()
        await store.close()


async def test_the_story_goes_to_its_end(ground: Ground) -> None:
    async with ground.world() as world:
        summary = await world.tell(story())
    assert {name: n for name, n in (await ground.counts()).items() if n} == dict(summary.facts)
    assert 3 == (await types(ground, "topics", "topic")).count("TopicClosed")
    assert (4, 0) == (summary.refused, summary.skipped)


async def test_every_fact_bears_the_moment_it_was_told_at(ground: Ground) -> None:
    steps = story()
    async with ground.world() as world:
        await world.tell(steps)
    moments = {step.at for step in steps}
    for service in SPOKEN:
        said = [fact[10] for fact in await ground.facts(service)]
        assert moments >= set(said)
        assert sorted(said) == said


async def test_what_was_written_is_proved_as_in_any_log(ground: Ground) -> None:
    async with ground.world() as world:
        await world.tell(story())
    for service in SPOKEN:
        store = await Store.open(ground.dsn(service), service)
        assert (await store.verify()).last == len(await ground.facts(service))
        await store.close()


async def test_told_again_nothing_is_added(ground: Ground) -> None:
    async with ground.world() as world:
        await world.tell(story())
        before = await ground.digest()
        again = await world.tell(story())
    async with ground.world() as world:
        anew = await world.tell(story())
    assert (0, 0) == (again.total, anew.total)
    assert before == await ground.digest()


async def test_a_telling_that_was_broken_off_goes_on_where_it_was(
    pg: Postgres, ground: Ground
) -> None:
    for end in (1, 30, 77, None):
        async with ground.world() as world:
            await world.tell(story()[:end])
    whole = await fresh_ground(pg)
    async with whole.world() as world:
        await world.tell(story())
    assert await whole.digest() == await ground.digest()


async def test_told_to_stop_it_leaves_every_cause_with_all_its_effects(
    pg: Postgres, ground: Ground
) -> None:
    halfway = asyncio.Event()

    async def tell() -> None:
        async with ground.world() as world:
            await world.tell(story(), lambda done, _: done == 60 and halfway.set(), speed=40_000)

    telling = asyncio.create_task(tell())
    await halfway.wait()
    telling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await telling

    whole = await fresh_ground(pg)
    async with whole.world() as world:
        await world.tell(story())
    written = {service: await ground.facts(service) for service in SPOKEN}
    last = max(fact[10] for facts in written.values() for fact in facts)
    for service in SPOKEN:
        assert [f for f in await whole.facts(service) if f[10] <= last] == written[service]

    async with ground.world() as world:
        await world.tell(story())
    assert await whole.digest() == await ground.digest()


async def test_an_unforeseen_refusal_names_the_step_and_its_reason(ground: Ground) -> None:
    first, *_ = story()
    stranger = replace(first, actor=replace(first.actor, role="leader"))
    async with ground.world() as world:
        with pytest.raises(Trouble, match=r"SubmitLead by leader.*wrong-role"):
            await world.tell([stranger])
    assert 0 == sum((await ground.counts()).values())


async def test_what_should_be_refused_and_is_not_is_trouble(ground: Ground) -> None:
    first, *_ = story()
    async with ground.world() as world:
        with pytest.raises(Trouble, match="not refused as 'not-now'"):
            await world.tell([replace(first, refused="not-now")])


async def test_moments_in_disorder_are_not_told(ground: Ground) -> None:
    async with ground.world() as world:
        first, second, *_ = story()
        with pytest.raises(ValueError, match="comes after"):
            await world.tell([first, replace(second, at=first.at - timedelta(seconds=1))])


async def test_two_pasts_are_not_told_at_once(ground: Ground) -> None:
    async with ground.world() as world, ground.world() as other:
        async with telling(other._minds.logs.writer):
            with pytest.raises(Trouble, match="another past"):
                await world.tell(story())
        await world.tell(story())


async def test_who_else_writes_to_the_same_streams_is_noticed(ground: Ground) -> None:
    async with ground.world() as world, ground.world() as other:
        await other.tell(story()[:10])
        with pytest.raises(Trouble, match="somebody else writes"):
            await world.tell([replace(one, id=UUID(int=n)) for n, one in enumerate(story()[:10])])


async def test_a_unit_that_never_answers_is_reminded_warned_and_late(ground: Ground) -> None:
    async with ground.world() as world:
        await world.tell(unanswered(), until=YEAR_LATER)
    clocks = [fact for fact in await ground.facts("notify") if fact[2] == "deadline"]
    for stream in {fact[1] for fact in clocks}:
        said = [(fact[5], fact[10]) for fact in clocks if fact[1] == stream]
        names = [name for name, _ in said]
        late = names.index("DeadlineBreached")
        assert "DeadlineSet" == names[0]
        assert {"ReminderSent", "WarningLevelRaised"} == set(names[1:late])
        assert {"DeadlineEscalated"} == set(names[late + 1 :])
        assert all(before <= after for (_, before), (_, after) in pairwise(said))
    breaches = {fact[12] for fact in clocks if fact[5] == "DeadlineBreached"}
    notices = [fact for fact in await ground.facts("notify") if fact[2] == "notice"]
    assert breaches
    assert breaches <= {fact[12] for fact in notices if '"deadline-breached"' in fact[13]}


async def test_live_clocks_find_what_told_clocks_did_already_done(ground: Ground) -> None:
    async with ground.world() as world:
        await world.tell(unanswered(), until=YEAR_LATER)
    before = await ground.digest()
    clocks = [fact for fact in await ground.facts("notify") if fact[2] == "deadline"]
    commands = {fact[11] for fact in clocks if fact[5] != "DeadlineSet"}
    async with live_tickers(ground) as tickers:
        for ticker in tickers:
            await ticker.look()
    assert commands
    assert before == await ground.digest()


async def test_live_clocks_wait_while_a_past_is_told(ground: Ground) -> None:
    async with ground.world() as world:
        await world.tell(unanswered())
        before = await ground.counts()
        async with live_tickers(ground) as tickers:
            await world._clocks[0].due(
                YEAR_LATER, world._minds.logs.last
            )  # Brings the view up to date.
            async with telling(world._minds.logs.writer):
                for ticker in tickers:
                    await ticker.look()
            assert before == await ground.counts()
            for ticker in tickers:
                await ticker.look()
            assert before != await ground.counts()


async def test_a_told_clock_asks_what_a_live_one_asks(pg: Postgres, ground: Ground) -> None:
    async with ground.world() as world:
        await world.tell(unanswered(), until=YEAR_LATER)
    other = await fresh_ground(pg)
    async with other.world() as world:
        await world.tell(unanswered())
        await world._clocks[0].due(YEAR_LATER, world._minds.logs.last)
    async with live_tickers(other) as (breach, *_):
        await breach.look()

    def breaches(facts: list[tuple[object, ...]]) -> set[object]:
        return {fact[4] for fact in facts if fact[5] == "DeadlineBreached"}

    told = breaches(await ground.facts("notify"))
    assert told
    assert told == breaches(await other.facts("notify"))


async def test_the_same_is_written_byte_by_byte_whoever_tells_it(pg: Postgres) -> None:
    digests = []
    for chance in ("1", "2", "3"):
        ground = await fresh_ground(pg)
        await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-m", "tests.deploy.worlds", ground.admin_dsn],
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": chance},
        )
        digests.append(await ground.digest())
    assert 1 == len(set(digests))


async def test_told_time_goes_as_fast_as_asked(ground: Ground) -> None:
    steps = story()[:6]
    passed = (steps[-1].at - steps[0].at).total_seconds()
    async with ground.world() as world:
        summary = await world.tell(steps, speed=passed / 0.3)
    assert summary.seconds >= 0.3


async def test_policies_of_every_service_are_among_the_hearers(ground: Ground) -> None:
    async with ground.world() as world:
        heard = {(source, name) for source, name in world._minds._hearers}
    asked = {
        (policy.hears.source, policy.hears.__name__)
        for service in SERVICES
        for policy in app_of(service).policies
    }
    assert asked == heard
