"""A file that is taken away, and where whoever did it is led."""

import re

import pytest

from tests.portal.conftest import Portal
from tests.portal.met import approved
from tests.portal.test_file_pages import log_in, soon, visitor

pytestmark = pytest.mark.servers


async def test_who_takes_a_paper_of_a_meeting_away_is_led_to_its_matter(portal: Portal) -> None:
    met = await approved(portal, "会议材料撤回")
    paper = [("files", ("议程.pdf", b"%PDF-1.7\n%%EOF", "application/pdf"))]
    async with visitor(portal) as client:
        await log_in(client, "convenor")
        csrf = re.findall(r'name="csrf" value="([^"]+)"', (await client.get(met.at)).text)[0]
        kept = await client.post(f"{met.at}/materials", data={"csrf": csrf}, files=paper)
        assert 303 == kept.status_code, kept.text
        page = await soon(lambda: client.get(met.at), lambda r: "/files/" in r.text)
        path = re.findall(r'href="(/files/[\w-]+)"', page.text)[0]
        gone = await client.post(f"{path}/remove", data={"csrf": csrf, "reason": "换了新版"})
        shown = await client.get(gone.headers["location"])

    assert (303, 200) == (gone.status_code, shown.status_code)
    assert f"/matters/{met.topic_id}" == shown.url.path
