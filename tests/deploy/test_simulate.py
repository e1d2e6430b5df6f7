"""`tongxin simulate`: an area lives a while, the same with the same seed."""

import json
import subprocess
import sys
from datetime import date

import pytest
import typer

from deploy.tongxin.home import ROOT, Trouble
from deploy.tongxin.simulate import Simulation, counties_of, days_of, plans_of, speed_of
from deploy.tongxin.world import Told
from deploy.tongxin.world.packed import Packed
from deploy.tongxin.world.world import quietly
from deploy.year.year import tell_year
from services.topics.domain.plan.commands import DraftPlan
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.settings import Settings
from tests.deploy.worlds import Ground, fresh_ground, story
from tests.platform import Platform
from tests.servers import Postgres

AREAS = Areas.read(Settings().areas)
TODAY = date(2026, 11, 22)
SPRING = (date(2025, 2, 1), date(2025, 2, 28))
LINSHUI = "511623"


def test_a_province_is_all_its_counties_and_a_county_itself() -> None:
    assert [LINSHUI] == list(counties_of(LINSHUI, AREAS))
    assert [LINSHUI] == list(counties_of("511623000000", AREAS))
    city, province = list(counties_of("5116", AREAS)), list(counties_of("51", AREAS))
    assert {LINSHUI} < set(city) < set(province)
    assert 183 == len(province)


def test_towns_and_unknown_areas_have_no_counties() -> None:
    for area in ("99", "511623100", "511623100013"):
        with pytest.raises(Trouble, match="no county"):
            Simulation(area, *SPRING, "1").steps(Settings(), {}, quietly)


@pytest.mark.parametrize(
    ("years", "first", "last"),
    [
        (1, date(2025, 11, 1), date(2026, 10, 31)),
        (0.25, date(2026, 8, 1), date(2026, 10, 30)),
        (2, date(2024, 11, 1), date(2026, 10, 31)),
    ],
)
def test_the_time_that_is_told_ends_before_this_month(
    years: float, first: date, last: date
) -> None:
    assert (first, last) == days_of(years, None, TODAY)


def test_what_has_not_happened_yet_is_not_told() -> None:
    with pytest.raises(Trouble, match="not past yet"):
        days_of(1, date(2026, 1, 1), TODAY)


def test_a_speed_is_a_number_or_max() -> None:
    assert (0.0, 0.0, 86400.0) == (speed_of("max"), speed_of("0"), speed_of("86400"))
    with pytest.raises(typer.BadParameter):
        speed_of("fast")


def test_packed_steps_are_what_they_were() -> None:
    packed = Packed()
    packed.add(story())
    packed.sort()
    assert story() == list(packed)
    assert story()[:3] == packed[:3]


def test_a_simulation_tells_what_the_year_tells() -> None:
    def year(seed: str) -> list[Told]:
        charters = Charters(Settings().charters)
        return tell_year([LINSHUI], AREAS, charters, SPRING, seed)

    packed = Simulation(LINSHUI, *SPRING, "1").steps(Settings(), {}, quietly).steps
    assert year("1") == list(packed)
    assert year("2") != list(packed)


@pytest.mark.servers
async def test_a_county_that_lives_another_life_is_left_out(pg: Postgres) -> None:
    ground = await fresh_ground(pg)
    plan, other = (Simulation(LINSHUI, *SPRING, seed) for seed in ("1", "2"))
    steps = plan.steps(Settings(), {}, quietly).steps
    drafted = next(n for n, step in enumerate(steps, 1) if isinstance(step.command, DraftPlan))
    async with ground.world() as world:
        await world.tell(steps[:drafted])
    known = await plans_of(ground.admin_dsn)
    assert [LINSHUI] == other.steps(Settings(), known, quietly).left_out
    assert [] == plan.steps(Settings(), known, quietly).left_out


@pytest.mark.servers
@pytest.mark.slow
async def test_the_same_seed_lives_the_same_life(pg: Postgres) -> None:
    async def live(seed: str) -> Ground:
        ground = await fresh_ground(pg)
        plan = Simulation(LINSHUI, *SPRING, seed)
        async with ground.world() as world:
            await world.tell(plan.steps(Settings(), {}, quietly).steps, until=plan.end)
        return ground

    one, again, other = await live("1"), await live("1"), await live("2")
    assert await one.digest() == await again.digest()
    assert await one.digest() != await other.digest()
    assert sum((await one.counts()).values()) > 200


@pytest.mark.servers
@pytest.mark.slow
def test_a_running_platform_is_told_once(platform: Platform) -> None:
    words = ["--area", LINSHUI, "--years", "0.06", "--from", "2025-02-01", "--json"]
    first, again = (_simulated(platform, *words) for _ in range(2))
    assert first["facts"] > 200
    assert (0, first["steps"]) == (again["facts"], again["skipped"])


def _simulated(platform: Platform, *words: str) -> dict[str, int]:
    told = subprocess.run(
        [sys.executable, "-m", "deploy.tongxin", "simulate", *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"PATH": "", "TONGXIN_DATA": str(platform.home.data)},
    )
    assert 0 == told.returncode, told.stderr
    (row,) = json.loads(told.stdout)
    return row
