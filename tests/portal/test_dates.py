"""Meetings in people's own calendars: well formed, whole in every sign, for whom they are."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import uuid5
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.portal.pages.ics import OCTETS_MAX, Event, calendar
from tests.meetings.examples import CANCELLED, CONSULTATION_ID, PLANNED, scheduled
from tests.portal import sat
from tests.portal.sat import AHEAD, LATE, SAT
from tests.portal.test_pages import log_in
from tests.portal.told import ToldPortal, told_portal
from tests.servers import Postgres

COUNTY = "511623000000"
SOON, OFF = (uuid5(sat.SPACE, one) for one in ("soon", "soon, and off"))
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
STARTS = datetime(2026, 3, 9, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def written(title: str, place: str = "", length: timedelta = timedelta()) -> str:
    """A calendar with one meeting of that title."""
    event = Event("1@tongxin", STARTS, title, place, title, "http://x/1", length)
    return calendar("邻水县", [event], NOW)


def unfolded(text: str) -> list[str]:
    """The lines as a reader puts them together again."""
    return text.replace("\r\n ", "").split("\r\n")


def read(text: str, name: str) -> str:
    """What a property says, in clear."""
    value = next(one for one in unfolded(text) if one.startswith(f"{name}:")).partition(":")[2]
    clear = value.replace("\\\\", "\0").replace("\\n", "\n").replace("\\,", ",")
    return clear.replace("\\;", ";").replace("\0", "\\")


@given(st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" ,;\\𠮷㐂😀")))
def test_every_title_comes_back_whole_and_no_line_is_too_long(title: str) -> None:
    text = written(title)
    assert all(len(line.encode()) <= OCTETS_MAX for line in text.split("\r\n"))
    assert title == read(text, "SUMMARY")


def test_a_line_that_somebody_typed_begins_no_property() -> None:
    text = written("路灯\r\nATTENDEE:mailto:x@y", place="a\x00\x1bb")
    assert not [line for line in unfolded(text) if line.startswith("ATTENDEE")]
    assert "路灯\nATTENDEE:mailto:x@y" == read(text, "SUMMARY")
    assert "ab" == read(text, "LOCATION")


def test_a_time_is_told_in_utc_and_a_length_only_where_there_is_one() -> None:
    assert "DTSTART:20260309T013000Z" in unfolded(written("路灯"))
    assert "DURATION" not in written("路灯")
    assert "DURATION:PT90M" in unfolded(written("路灯", length=timedelta(minutes=90)))


@pytest.fixture(scope="module")
async def told(pg: Postgres) -> AsyncIterator[ToldPortal]:
    ahead = scheduled(starts=datetime.now(UTC) + timedelta(days=4))
    said = [*SAT, *sat.told(SOON, PLANNED, ahead), *sat.told(OFF, PLANNED, ahead, CANCELLED)]
    async with told_portal(pg, said, step=timedelta(minutes=1)) as portal:
        yield portal


@pytest.mark.servers
async def test_one_meeting_is_sent_as_a_file_with_the_length_of_its_agenda(
    told: ToldPortal,
) -> None:
    async with told.client() as client:
        await log_in(client, "clerk")
        sent = await client.get(f"/meetings/{CONSULTATION_ID}/meeting.ics")
        none = await client.get(f"/meetings/{LATE}/meeting.ics")
    assert "text/calendar; charset=utf-8" == sent.headers["content-type"]
    assert f"UID:{CONSULTATION_ID}@tongxin" in unfolded(sent.text)
    assert f"{told.url}/meetings/{CONSULTATION_ID}" == read(sent.text, "URL")
    assert "DURATION:PT" in sent.text
    assert 404 == none.status_code


@pytest.mark.servers
async def test_a_feed_is_for_staff_of_the_area_by_session_or_by_token(told: ToldPortal) -> None:
    path = f"/areas/{COUNTY}/meetings.ics"
    async with told.client() as client:
        asked = await client.get(path)
        wrong = await client.get(path, auth=("me", "wrong"))
        await log_in(client, "clerk")
        token = client.cookies["tongxin_session"]
        by_session = await client.get(path)
    async with told.client() as program:
        by_token = await program.get(path, auth=("me", token))
    async with told.client() as other:
        await log_in(other, "elsewhere")
        elsewhere = await other.get(path)
    assert (401, 403, 403) == (asked.status_code, wrong.status_code, elsewhere.status_code)
    assert asked.headers["www-authenticate"].startswith("Basic")
    assert (200, 200) == (by_session.status_code, by_token.status_code)
    for feed in (by_session.text, by_token.text):
        assert {f"UID:{one}@tongxin" for one in (SOON, OFF)} <= set(unfolded(feed))
        assert not {f"UID:{one}@tongxin" for one in (LATE, AHEAD)} & set(unfolded(feed))
        assert "STATUS:CANCELLED" in unfolded(feed)


@pytest.mark.servers
async def test_everybody_may_have_the_public_dates_and_no_others(told: ToldPortal) -> None:
    async with told.client() as client:
        sent = await client.get(f"/places/{COUNTY}/meetings.ics")
    assert 200 == sent.status_code
    assert "BEGIN:VCALENDAR" in unfolded(sent.text)
    assert "BEGIN:VEVENT" not in sent.text
