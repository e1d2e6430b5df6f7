"""What blocks of documents may ask for by `given=…`: prepared once, told by the environment."""

from collections.abc import Awaitable, Callable, Mapping

from tests.portal.conftest import PASSWORD, Portal

Given = Callable[[Portal], Awaitable[Mapping[str, str]]]


async def login(_portal: Portal) -> Mapping[str, str]:
    """`LOGIN` and `PASSWORD` of a member of staff of 邻水县."""
    return {"LOGIN": "cppcc", "PASSWORD": PASSWORD}


GIVEN: Mapping[str, Given] = {"login": login}
