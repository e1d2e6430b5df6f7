"""What operators ask of a running platform: streams, who reads them, and who may enter."""

import pytest

from deploy.tongxin.accounts import doorway, password
from deploy.tongxin.home import SERVICES, Trouble
from deploy.tongxin.streams import consumers, streams
from services.portal.edge.passwords import is_weak
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


def test_a_first_password_is_strong() -> None:
    made = {password() for _ in range(50)}
    assert 50 == len(made)
    assert not any(map(is_weak, made))
