"""What operators ask of a running platform: streams, who reads them, and who may enter."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from deploy.tongxin.accounts import doorway, password
from deploy.tongxin.drafting import publish
from deploy.tongxin.home import SERVICES, Trouble
from deploy.tongxin.streams import consumers, streams
from services.portal.edge.passwords import is_weak
from shared.runtime import clock
from shared.runtime.settings import Settings
from tests.faults.checker import settle
from tests.platform import Platform

pytestmark = [pytest.mark.servers, pytest.mark.slow]

LOGIN = "lu.min"


async def test_every_stream_tells_what_it_holds(platform: Platform) -> None:
    found = {one.name: one for one in await streams(platform.servers)}
    assert {*SERVICES} <= found.keys()
    assert all(one.last == one.messages for name, one in found.items() if name in SERVICES)


async def test_the_readers_of_a_stream_are_told_with_what_is_on_the_way(
    platform: Platform,
) -> None:
    found = await consumers(platform.servers, "topics")
    assert found
    assert {"topics"} == {one.stream for one in found}
    assert {one.stream for one in await consumers(platform.servers, "")} > {"topics"}
    with pytest.raises(Trouble, match="there is no stream 'songs'"):
        await consumers(platform.servers, "songs")


async def test_somebody_is_let_in_appointed_and_let_in_again(platform: Platform) -> None:
    async with doorway(platform.servers) as way:
        first = await way.open(LOGIN, "陆敏", "511623000000")
        await way.grant(LOGIN, ("unit", "511623000000", "县水务局"))
        assert await way.door.enter(LOGIN, first.password)
        again = await way.renew(LOGIN)
        assert first.password != again.password
        assert await way.door.enter(LOGIN, again.password)
        await settle(platform.servers)
        (held,) = [one for one in await way.held("511623") if one.login == LOGIN]
        assert ("unit", "511623000000", "县水务局") == (held.role, held.within, held.unit)
        assert LOGIN not in {one.login for one in await way.held("510521")}


async def test_a_no_is_told_in_words(platform: Platform) -> None:
    with pytest.raises(Trouble, match="no account 'nobody'"):
        async with doorway(platform.servers) as way:
            await way.renew("nobody")
    with pytest.raises(Trouble):
        async with doorway(platform.servers) as way:
            await way.grant("nobody", ("unit", "511623000000", "县水务局"))


async def test_who_drafted_a_charter_is_written_down_when_it_is_published(
    platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    county, tomorrow = "411025", clock.today() + timedelta(days=1)
    shutil.copytree(Settings().charters, tmp_path / "charters")
    monkeypatch.setenv("TONGXIN_CHARTERS", str(tmp_path / "charters"))
    file = tmp_path / "drafts" / county / "2.toml"
    file.parent.mkdir(parents=True)
    file.write_text(f'base = "{county}@1"\nin_force = {tomorrow}\n', encoding="utf-8")
    async with doorway(platform.servers) as way:
        await way.open("qin.lan", "秦岚", f"{county}000000")
        await way.grant("qin.lan", ("cppcc", f"{county}000000", ""))
        await settle(platform.servers)
        assert f"{county}@2" == (await publish(way, file, "qin.lan", "只改生效日")).charter
        await settle(platform.servers)
        drafted = "SELECT digest FROM portal__registers.charters WHERE charter = $1"
        assert await way.pool.fetchval(drafted, f"{county}@2")
        with pytest.raises(Trouble, match="published already"):
            await publish(way, file, "qin.lan", "再来一次")


def test_a_first_password_is_strong() -> None:
    made = {password() for _ in range(50)}
    assert 50 == len(made)
    assert not any(map(is_weak, made))
