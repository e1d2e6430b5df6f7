"""`tongxin charter diff`, `what-if` and `publish`: what a draft changes before it is lived by."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from deploy.tongxin import rulebook
from deploy.tongxin.home import NotGood, Trouble
from deploy.tongxin.whatif import Difference, LookedAt, what_if
from deploy.tongxin.world import World
from deploy.year.year import tell_year
from shared.runtime import clock
from shared.runtime.areas import Areas
from shared.runtime.charter import Charters
from shared.runtime.settings import Settings
from tests.deploy.worlds import Ground, fresh_ground
from tests.drafts import FOLDER, MODELS
from tests.servers import Postgres

COUNTY = "511623"
DAYS = (date(2025, 3, 1), date(2025, 8, 31))
DENSITY = 0.2
SPOKEN = ("topics", "meetings", "outcomes", "notify")
SAME = 'base = "511623@1"\nin_force = {day}\n'
STRICTER = (
    SAME
    + """
[outcomes]
reply_days = 40
closing_needs = [
  "record", "reply", "follow-up", "feedback-to-members", "feedback-to-people", "media",
]

[notify]
reminded_before = [2]
"""
)

type Found = tuple[dict[str, LookedAt], list[Difference]]


def drafted(place: Path, text: str, version: int = 2, day: date | None = None) -> Path:
    """The file of a draft for the county."""
    file = place / COUNTY / f"{version}.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text.format(day=day or clock.today()), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
async def ground(pg: Postgres) -> Ground:
    """Half a year of the county, told through the services' own rules."""
    settings, ground = Settings(), await fresh_ground(pg)
    areas, charters = Areas.read(settings.areas), Charters(settings.charters, MODELS)
    steps = tell_year([COUNTY], areas, charters, DAYS, "what-if", DENSITY)
    async with World.open(ground.admin_dsn, ground.dsn, settings) as world:
        await world.tell(steps, until=datetime(2025, 9, 1, tzinfo=UTC))
    return ground


async def tried(ground: Ground, file: Path) -> Found:
    """What the county's history comes to under a draft."""
    with rulebook.beside(file) as (charters, draft):
        looked_at, found = await what_if(ground.admin_dsn, charters, draft, SPOKEN)
    return {one.service: one for one in looked_at}, found


@pytest.mark.servers
async def test_a_draft_that_says_the_same_changes_nothing(ground: Ground, tmp_path: Path) -> None:
    looked_at, found = await tried(ground, drafted(tmp_path, SAME))
    assert [] == found
    assert looked_at["outcomes"].streams > 10


@pytest.mark.servers
async def test_a_stricter_draft_shows_what_would_have_been_otherwise(
    ground: Ground, tmp_path: Path
) -> None:
    looked_at, found = await tried(ground, drafted(tmp_path, STRICTER))
    print(looked_at)
    assigned = [one for one in found if one.asked == "AssignItem" and one.at]
    moved = [one for one in assigned if not one.would.startswith("refused: due-out-of-range")]
    assert moved
    assert all("ItemAssigned.due" in one.was and one.was != one.would for one in moved)
    closed = [one for one in found if one.asked == "CloseOutcome" and "media" in one.would]
    assert any(one.at for one in closed), "a matter that was closed would not have been"
    clocks = [one for one in found if one.service == "notify"]
    assert any("DeadlineSet.marks" in one.was for one in clocks)
    assert {COUNTY} == {one.area[:6] for one in found}
    assert all(seen.retraced > 0.75 * seen.commands for seen in looked_at.values() if seen.commands)


def test_two_charters_differ_in_named_rules(tmp_path: Path) -> None:
    file = drafted(tmp_path, STRICTER)
    found = {one.key: (one.was, one.will) for one in rulebook.differ("511623@1", str(file))}
    assert {"outcomes.reply_days", "outcomes.closing_needs", "notify.reminded_before"} == {*found}
    assert 40 == found["outcomes.reply_days"][1]
    with pytest.raises(Trouble, match="there is no charter '511623@9'"):
        rulebook.differ("511623@1", "511623@9")


def test_a_broken_draft_is_not_tried(tmp_path: Path) -> None:
    file = drafted(tmp_path, SAME + "\n[outcomes]\nreply_days = 0\n")
    with pytest.raises(NotGood, match=r"line 5: outcomes\.reply_days"), rulebook.beside(file):
        pass


def test_a_draft_is_published_once_in_order_and_never_for_the_past(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "charters"
    shutil.copytree(FOLDER, folder)
    monkeypatch.setenv("TONGXIN_CHARTERS", str(folder))
    drafts = tmp_path / "drafts"
    tomorrow, yesterday = (clock.today() + timedelta(days=n) for n in (1, -1))
    with pytest.raises(Trouble, match="the latest version is 1, so this one is 2"):
        rulebook.publish(drafted(drafts, STRICTER, version=3, day=tomorrow))
    with pytest.raises(Trouble, match="is past"):
        rulebook.publish(drafted(drafts, STRICTER, day=yesterday))
    done = rulebook.publish(drafted(drafts, STRICTER, day=tomorrow))
    assert ("511623@2", str(tomorrow)) == (done.charter, done.in_force)
    charters = Charters(folder, MODELS)
    assert "511623@1" == charters.current("511623100000", clock.today()).id
    assert "511623@2" == charters.current("511623100000", tomorrow).id
    with pytest.raises(Trouble, match="published already"):
        rulebook.publish(drafted(drafts, STRICTER, day=tomorrow))
