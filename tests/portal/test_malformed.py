"""Hidden ids that somebody changed: refused in words, never a failure."""

import re

import httpx
import pytest

from tests.portal.conftest import Portal
from tests.portal.test_browser import proposed
from tests.portal.test_file_pages import log_in, soon, visitor

pytestmark = pytest.mark.servers

ODD = ("", "x", "0190aaaa-0000-7000-8000", "𠮷" * 40)


async def csrf_of(client: httpx.AsyncClient, login: str) -> str:
    """What every form of somebody who is logged in carries."""
    await log_in(client, login)
    page = (await client.get("/prefs")).text
    return re.findall(r'name="csrf" value="([^"]+)"', page)[0]


async def test_an_appointment_that_is_none_cannot_be_ended(portal: Portal) -> None:
    path = f"/accounts/{portal.people['health'].id}/revoke"
    async with visitor(portal) as client:
        csrf = await csrf_of(client, "operator")
        answers = [
            await client.post(path, data={"csrf": csrf, "appointment_id": odd}) for odd in ODD
        ]

    assert {404} == {one.status_code for one in answers}


async def test_a_poll_without_an_id_is_not_opened_and_its_form_comes_back(portal: Portal) -> None:
    topic_id, path = await proposed(portal, "表决编号被改动")
    async with visitor(portal) as client:
        csrf = await csrf_of(client, "cppcc")
        await soon(lambda: client.get(path), lambda page: page.status_code == 200)
        for odd in ODD:
            form = {"csrf": csrf, "evaluation_id": odd, "poll_ends": "2026-12-31T09:00"}
            answer = await client.post(f"/matters/{topic_id}/polls", data=form)
            assert (422, True) == (answer.status_code, 'role="alert"' in answer.text)


async def test_an_address_that_is_none_is_refused_and_still_there(portal: Portal) -> None:
    typed = {"to.email": "wrong <at> home", "to.sms": "13800000000", "was.sms": "13800000000"}
    async with visitor(portal) as client:
        csrf = await csrf_of(client, "health")
        answer = await client.post("/notice-settings", data={"csrf": csrf, **typed})

    assert 422 == answer.status_code
    assert "wrong &lt;at&gt; home" in answer.text
    assert 'value="13800000000"' in answer.text
