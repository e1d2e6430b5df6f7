"""Every page, for everybody who sees it: free of barriers, narrow enough, light and quiet."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.portal.conftest import PASSWORD, PEOPLE, Portal
from tests.portal.everywhere import LOOKED_AT_APART, pages, routes, see, sights
from tests.portal.seeing import all_defects

pytestmark = [pytest.mark.servers, pytest.mark.browser, pytest.mark.slow]

LOGINS = ("", *sorted(one.login for one in PEOPLE if one.login != "elsewhere"))

Examples = Mapping[str, list[str]]


@pytest.fixture(scope="session")
def seen() -> set[str]:
    """What was looked at by whoever came before."""
    return set()


@pytest.mark.parametrize("login", LOGINS)
async def test_no_page_bars_anybody(
    chromium: Browser, portal: Portal, examples: Examples, seen: set[str], login: str
) -> None:
    client = await see(portal.url, login, PASSWORD)
    shown, _ = await sights(client, list(pages(examples)))
    defects = await all_defects(chromium, client, list(shown.values()), seen)
    await client.aclose()

    assert "" == "\n".join(defects)


async def test_every_route_has_an_example_and_somebody_who_sees_it(
    portal: Portal, examples: Examples
) -> None:
    all_ = list(pages(examples))
    unseen = {one.route for one in all_}
    for login in LOGINS:
        client = await see(portal.url, login, PASSWORD)
        _, answered = await sights(client, [one for one in all_ if one.route in unseen])
        unseen -= answered
        await client.aclose()

    assert routes()
    assert set() == unseen - LOOKED_AT_APART.keys()


@pytest.mark.parametrize(("route", "file"), LOOKED_AT_APART.items())
def test_what_is_looked_at_apart_is_looked_at(route: str, file: str) -> None:
    assert route in routes()
    assert Path(file).is_file()
