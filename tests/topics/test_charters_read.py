"""A charter that is edited after it came into force is found, by every replica, until it is not."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from services.topics.domain import DECIDERS
from services.topics.domain.charter.commands import AcceptCharterText
from services.topics.effects import look, stream_of
from services.topics.rules import TopicRules
from shared.runtime import clock, telemetry
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.handle import Handler
from shared.runtime.migrate import migrate
from shared.runtime.store import Store
from tests.runtime.flows import log
from tests.runtime.logs import PASSWORD
from tests.servers import Postgres
from tests.spec import HERE, by

pytestmark = pytest.mark.servers

AREAS = Areas.read(Path("deploy/areas.csv"))
CHARTER = "511623@1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "charters"
    shutil.copytree("deploy/charters", copy)
    return copy


@pytest.fixture
async def store(pg: Postgres) -> AsyncIterator[Store]:
    dsn = await pg.fresh_database()
    await migrate(dsn, {"topics": PASSWORD})
    async with log(dsn, "topics") as store:
        yield store


@asynccontextmanager
async def replica(store: Store, folder: Path) -> AsyncIterator[tuple[Charters, Areas, Handler]]:
    """What a replica that starts now works with."""
    charters = Charters(folder)
    yield charters, AREAS, Handler("topics", DECIDERS, TopicRules, store, charters, AREAS)


def edit(folder: Path, old: str, new: str) -> None:
    """Change a file in place."""
    path = folder / "511623" / "1.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


async def test_each_charter_comes_into_force_once_whoever_reads_it(
    store: Store, folder: Path
) -> None:
    async with replica(store, folder) as one, replica(store, folder) as other:
        assert [] == await look(*one)
        said = await store.last()
        assert [] == await look(*other)
        assert [] == await look(*one)
        assert said == await store.last()
        assert len([one for one in one[0].ids() if not one.startswith("default")]) == said


async def test_an_edit_in_place_is_found_until_it_is_undone(store: Store, folder: Path) -> None:
    async with replica(store, folder) as before:
        assert [] == await look(*before)
    edit(folder, "min_planned_share = 51", "min_planned_share = 50")
    async with replica(store, folder) as after:
        assert [CHARTER] == await look(*after)
        assert 1 == telemetry.CHARTERS_CHANGED._value.get()
    edit(folder, "min_planned_share = 50", "min_planned_share = 51")
    async with replica(store, folder) as undone:
        assert [] == await look(*undone)
        assert 0 == telemetry.CHARTERS_CHANGED._value.get()


async def test_an_edit_in_place_is_found_until_the_county_stands_for_it(
    store: Store, folder: Path
) -> None:
    async with replica(store, folder) as before:
        assert [] == await look(*before)
    edit(folder, "min_planned_share = 51", "min_planned_share = 50")
    async with replica(store, folder) as after:
        charters, _, handler = after
        accept = AcceptCharterText(
            charter_id=stream_of(CHARTER),
            area=HERE,
            charter=CHARTER,
            digest=charters.at(CHARTER).digest,
            reason="改正笔误。",
        )
        assert [CHARTER] == await look(*after)
        await handler.handle(accept, by("lin", "cppcc"), clock.new_id(), clock.new_id())
        assert [] == await look(*after)


async def test_a_comment_changes_nothing(store: Store, folder: Path) -> None:
    async with replica(store, folder) as before:
        assert [] == await look(*before)
    edit(folder, "min_planned_share = 51", "min_planned_share = 51  # 多数")
    async with replica(store, folder) as after:
        assert [] == await look(*after)
