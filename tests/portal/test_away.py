"""While a server is silent: what can be shown is shown, and nothing that was typed is lost."""

import re
from html import unescape
from uuid import uuid4

import httpx
import pytest

from tests.platform import Platform
from tests.portal.conftest import VILLAGE, Portal
from tests.portal.frozen import frozen
from tests.portal.test_pages import csrf_of, log_in

pytestmark = [pytest.mark.servers, pytest.mark.slow]


def kept_by(page: httpx.Response) -> dict[str, str]:
    """What a page would send again with one click."""
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.text)
    return {name: unescape(value) for name, value in hidden}


async def sent_until_done(client: httpx.AsyncClient, data: dict[str, str]) -> httpx.Response:
    """Send it again and again, as its reader would; the server may still be waking up."""
    for _ in range(30):
        answer = await client.post("/raise", data=data)
        if answer.status_code == 303:
            return answer
    pytest.fail(f"still {answer.status_code}")


@pytest.mark.parametrize("part", ["nats", "postgres"])
async def test_a_form_sent_while_a_server_is_silent_can_be_sent_again(
    platform: Platform, portal: Portal, part: str
) -> None:
    async with portal.client() as client:
        form = await client.get(f"/raise?area={VILLAGE}")
        lead_id = str(uuid4())
        typed = {
            "title": "井盖松了",
            "words": "写了很久的情况",
            "personal": "no",
            "name": "",
            "phone": "",
        }
        data = {"csrf": csrf_of(form), "area": VILLAGE, "command_id": lead_id, **typed}
        with frozen(platform, part):
            answer = await client.post("/raise", data=data)
        assert 503 == answer.status_code
        assert "什么都没有丢" in answer.text
        assert "写了很久的情况" in answer.text

        # Without sessions the page keeps what was sent; otherwise it is the form itself again.
        keeps_all = part == "postgres"
        sent = kept_by(answer) if keeps_all else data
        done = await sent_until_done(client, sent)
        assert done.headers["location"].startswith(f"/r/{lead_id}/")


async def test_while_nats_is_silent_everything_can_be_read(
    platform: Platform, portal: Portal
) -> None:
    async with portal.client() as client:
        await log_in(client, "cppcc")
        with frozen(platform, "nats"):
            for path in ("/matters", "/awaiting", "/"):
                answer = await client.get(path, follow_redirects=True)
                assert 200 == answer.status_code
            inbox = await client.get("/inbox")
    assert "暂时联系不上" in inbox.text
