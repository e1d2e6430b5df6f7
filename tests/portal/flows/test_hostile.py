"""Hostile and hapless input: every form that anybody can open, with every field spoilt in turn."""

from collections.abc import Mapping
from random import Random
from urllib.parse import urlsplit

import httpx
import pytest

from tests.portal import hostile
from tests.portal.agencies import act, asked, registered
from tests.portal.conftest import PASSWORD, PEOPLE, Portal
from tests.portal.everywhere import pages, see, sights
from tests.portal.hostile import RAW, VALUES, Form

pytestmark = [pytest.mark.servers, pytest.mark.slow]

LOGINS = ("", *sorted(one.login for one in PEOPLE if one.login != "elsewhere"))

SPARED = ("/logout", "/operate/do/", "/accounts/", "/erasures", "/as", "/deputies/end", "/api/")
"""Beginnings of what would bar the others who are in this platform, were it done once."""

ADDRESSES = Random(77)
AWAY = 503
AGAIN = 8
"""After so many forms somebody logs in again: a password takes long on purpose."""


@pytest.fixture(scope="module")
def sent() -> set[tuple[str, ...]]:
    """The kinds of forms that others have sent before."""
    return set()


async def forms_of(
    client: httpx.AsyncClient, examples: Mapping[str, list[str]], sent: set[tuple[str, ...]]
) -> list[Form]:
    """One form of each kind that somebody sees on any page, and nobody before did."""
    found: list[Form] = []

    async def look(answer: httpx.Response) -> None:
        if answer.status_code == 200 and "html" in answer.headers.get("content-type", ""):
            await answer.aread()
            found.extend(hostile.forms(str(answer.url), answer.text))

    client.event_hooks["response"] = [look]
    await sights(client, list(pages(examples)))
    client.event_hooks["response"] = []
    fresh = []
    for one in found:
        if one.key not in sent and not urlsplit(one.to).path.startswith(SPARED):
            sent.add(one.key)
            fresh.append(one)
    return fresh


def elsewhere(client: httpx.AsyncClient) -> None:
    """From here on as from another address: nobody waits because others sent much."""
    client.headers["x-forwarded-for"] = f"10.77.{ADDRESSES.randint(1, 250)}.{ADDRESSES.random()}"


async def wrong(client: httpx.AsyncClient, form: Form, name: str, kind: str) -> list[str]:
    """What is wrong with the answer to a form with one field spoilt."""
    value = VALUES[kind]
    answer = await hostile.send(client, form, name, value)
    found = bad(answer)
    refused = form.method != "get" and 400 <= answer.status_code < 500
    if refused and not hostile.told(answer):
        found.append(f"refuses without a word ({answer.status_code})")
    if refused and form.is_free(name) and not hostile.shows(answer, value):
        found.append(f"loses what was typed ({answer.status_code})")
    if answer.status_code == 303:
        where = answer.headers["location"]
        found += bad(await client.get(where))
        if kind == "emoji":
            again = await hostile.send(client, form, name, value)
            if again.headers.get("location") != where:
                found.append(f"sent twice: {where} and {again.headers.get('location')}")
    return [f"{form.method} {urlsplit(form.to).path} {name}={kind}: {one}" for one in found]


def bad(answer: httpx.Response) -> list[str]:
    """What no answer may be."""
    found = []
    if answer.status_code >= 500 and answer.status_code != AWAY:
        found.append(f"fails with {answer.status_code}")
    if RAW in answer.text and "html" in answer.headers.get("content-type", ""):
        found.append("shows markup as it came")
    return found


async def lost(client: httpx.AsyncClient, form: Form, login: str) -> list[str]:
    """What is lost of a form whose sender is known no more when it comes, and logs in again."""
    filled = hostile.in_the_middle(form)
    answer = await client.post(form.to, data=filled)
    there = hostile.carried(answer) if answer.status_code == 401 else []
    if there and login:
        (enter,) = (one for one in hostile.forms(form.to, answer.text) if "carry" in one.names)
        key = {**enter.drawn(), "login": [login], "password": [PASSWORD]}
        answer, there = await client.post(enter.to, data=key), []
    typed = hostile.kept(form, filled)
    gone = [one for one in typed if one not in there and not hostile.shows(answer, one)]
    return [f"{urlsplit(form.to).path} loses {one} ({answer.status_code})" for one in gone]


@pytest.mark.parametrize("login", LOGINS)
async def test_no_form_fails_or_loses_what_was_typed(
    portal: Portal, examples: Mapping[str, list[str]], sent: set[tuple[str, ...]], login: str
) -> None:
    assert "" == "\n".join(await spoilt(portal, examples, sent, login))


async def test_no_form_of_an_agency_fails_or_loses_what_was_typed(
    portal: Portal, examples: Mapping[str, list[str]], sent: set[tuple[str, ...]]
) -> None:
    agency = await registered(portal)
    one, _ = [await asked(portal, agency, "webhook", f"https://{n}.example/") for n in "ab"]
    await act(portal, "operator", "ApproveSubscription", one)

    assert "" == "\n".join(await spoilt(portal, examples, sent, agency.login))


async def spoilt(
    portal: Portal, examples: Mapping[str, list[str]], sent: set[tuple[str, ...]], login: str
) -> list[str]:
    """What goes wrong with the forms that this reader sees, and nobody before did."""
    client = await see(portal.url, login, PASSWORD)
    found: list[str] = []
    for nth, form in enumerate(await forms_of(client, examples, sent)):
        for name, kind in hostile.spoilings(form):
            elsewhere(client)
            found += await wrong(client, form, name, kind)
        if form.method != "get":
            async with portal.client() as stranger:
                elsewhere(stranger)
                found += await lost(stranger, form, login if nth % AGAIN == 0 else "")
    await client.aclose()
    return found
