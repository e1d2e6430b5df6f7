"""One platform for all scenarios, told once."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from deploy.tongxin.home import read_json
from shared.runtime.settings import Settings
from tests.faults.checker import check
from tests.journey import scenarios
from tests.journey.camera import Camera, camera
from tests.journey.scenarios import Logs
from tests.platform import Platform
from tests.servers import home_in
from tests.telling import Told

REFERRALS = """# 邻水县 switches the referral of inaction on.
base = "511623@1"
in_force = 2020-10-23

[outcomes.referral]
active = true
"""


@pytest.fixture(scope="package")
def settings(place: Path) -> Settings:
    """The five charters, and a second version of one."""
    folder = place / "scenario-charters"
    shutil.copytree("deploy/charters", folder)
    (folder / "511623" / "2.toml").write_text(REFERRALS, "utf-8")
    return Settings(charters=folder)


@pytest.fixture(scope="package")
def stage(place: Path, settings: Settings) -> Iterator[Platform]:
    """A platform of the scenarios' own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TONGXIN_CHARTERS", str(settings.charters))
        platform = Platform(home_in(place / "stage"), "--no-demo")
        platform.start_and_wait()
    yield platform
    platform.close()


@pytest.fixture(scope="package")
async def scene(stage: Platform, settings: Settings) -> Told:
    """Every story, told once."""
    return await scenarios.tell(stage.servers, settings)


@pytest.fixture(scope="package")
async def logs(stage: Platform, scene: Told) -> Logs:
    """Every log afterwards, with all its promises checked."""
    return await check(stage.servers, [scene])


@pytest.fixture(scope="package")
async def take(stage: Platform) -> AsyncIterator[Camera]:
    """Pictures of the pages, for whoever wants them."""
    async with camera(read_json(stage.home.run_file)["url"]) as take:
        yield take
