"""The examples know a webhook that was signed as ours are from one that was not."""

from base64 import b64encode
from datetime import timedelta

import pytest

from services.exchange.effects.hooks.signing import signed
from shared.runtime import clock
from tests.examples.programs import PROGRAMS, run

OURS, OTHER = (f"whsec_{b64encode(bytes([n]) * 32).decode()}" for n in (7, 8))
BODY = '{"title": "增设社区卫生服务中心"}'.encode()
EVERY = pytest.mark.parametrize("language", PROGRAMS)


async def good(language: str, body: bytes, told: dict[str, str], secret: str = OURS) -> bool:
    ended = await run(language, "verify", *told.values(), env={"TONGXIN_SECRET": secret}, body=body)
    assert ended.code in (0, 1), ended.errors
    return ended.code == 0


@EVERY
async def test_what_we_signed_is_good_also_while_the_secret_changes(language: str) -> None:
    assert await good(language, BODY, signed("m-1", clock.now(), BODY, [OTHER, OURS]))


@EVERY
async def test_what_was_changed_or_signed_by_others_or_long_ago_is_not(language: str) -> None:
    told = signed("m-1", clock.now(), BODY, [OURS])
    assert not await good(language, BODY + b" ", told)
    assert not await good(language, BODY, told, secret=OTHER)
    old = signed("m-1", clock.now() - timedelta(hours=1), BODY, [OURS])
    assert not await good(language, BODY, old)
