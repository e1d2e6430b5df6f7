"""What everybody may read: the view that says what is public of each matter, and finds it."""

import json
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from services.meetings.domain import DECIDERS as MEETINGS
from services.notify.domain import DECIDERS as NOTIFY
from services.outcomes.domain import DECIDERS as OUTCOMES
from services.portal.projections.commons import COMMONS
from services.topics.domain import DECIDERS as TOPICS
from shared.runtime.view import View
from tests.portal.shared_with_all import (
    AREAS,
    CLINIC,
    DAY,
    HIDDEN,
    LATE,
    ROAD,
    SAID,
    SECRET,
    TITLE,
)
from tests.servers import Postgres
from tests.views import filled, history, keeps_the_law

pytestmark = pytest.mark.servers

DECIDERS = [*TOPICS, *MEETINGS, *OUTCOMES, *NOTIFY]
ALL: dict[str, Any] = {
    "prefixes": ["511623%"], "year": 0, "state": "", "origin": "", "reached": "", "beyond": [],
    "words": [], "nos": [], "places": [], "by": "", "rank": None, "last": None, "most": 9,
    "today": date(2026, 12, 1),
}  # fmt: skip
BELOW: dict[str, Any] = {
    "areas": ["511623000000", "510521000000"], "patterns": ["511623%", "510521%"], "signs": [1, 1],
}  # fmt: skip


@pytest.fixture(scope="module")
async def commons(pg: Postgres) -> AsyncIterator[View]:
    async with (
        history(pg, SAID, AREAS, DAY) as dsn,
        filled(dsn, "portal", COMMONS, DECIDERS) as view,
    ):
        yield view


async def titles(commons: View, **asked: Any) -> list[str]:
    """What the wall shows, in order."""
    return [row["title"] for row in await commons.ask("wall", **ALL | asked)]


async def test_the_view_keeps_the_law(pg: Postgres) -> None:
    async with history(pg, SAID, AREAS, DAY) as dsn:
        await keeps_the_law(dsn, "portal", COMMONS, DECIDERS)


async def test_a_matter_is_public_once_it_is_approved_and_not_before(commons: View) -> None:
    assert [LATE, TITLE] == await titles(commons)
    assert [] == await commons.ask("one", topic_id=SECRET)
    for question in ("told of", "marks of", "duties of"):
        assert [] == await commons.ask(question, topic_ids=[SECRET])


async def test_nothing_hidden_comes_with_what_is_told(commons: View) -> None:
    told = await commons.ask("told of", topic_ids=[CLINIC, ROAD])
    assert HIDDEN not in str(told)
    assert HIDDEN not in str(await commons.ask("duties of", topic_ids=[CLINIC, ROAD]))
    assert "家门口的卫生服务中心要建了。" in str(told)


async def test_no_single_rating_is_told(commons: View) -> None:
    assert "HandlingRated" not in str(await commons.ask("told of", topic_ids=[CLINIC]))


async def test_a_matter_that_is_over_its_day_is_late(commons: View) -> None:
    assert [LATE] == await titles(commons, state="late")
    assert [] == await titles(commons, state="late", today=date(2026, 5, 28))
    assert [TITLE] == await titles(commons, state="closed")


async def test_the_stage_a_matter_has_reached_can_be_asked_for(commons: View) -> None:
    assert [LATE] == await titles(commons, reached="ItemAssigned", beyond=["HandlingReplied"])
    assert [TITLE] == await titles(commons, reached="HandlingReplied")


@pytest.mark.parametrize(
    "words",
    [
        ["卫生服务"], ["卫"], ["北辰", "中心"], ["看病要跨三条街"], ["卫生服务中心要建了"],
        ["县卫生健康局、县自然"], ["回头看"],
    ],
)  # fmt: skip
async def test_words_are_found_in_titles_and_in_public_documents(
    commons: View, words: list[str]
) -> None:
    assert [TITLE] == await titles(commons, words=words)


@pytest.mark.parametrize("words", [["𠮷"], ["𠮷祥"], ["5g路灯"], ["5G"], ["5g"], ["停车"]])
async def test_rare_signs_wide_letters_and_small_ones_are_found_alike(
    commons: View, words: list[str]
) -> None:
    assert [LATE] == await titles(commons, words=words)


@pytest.mark.parametrize("words", [["卫中"], ["北辰", "停车"], [HIDDEN], ["%"], ["吉祥"], ["' OR"]])
async def test_what_is_not_there_is_not_found(commons: View, words: list[str]) -> None:
    assert [] == await titles(commons, words=words)


async def test_a_place_that_is_named_so_counts_as_a_word(commons: View) -> None:
    at = {"nos": [1], "places": ["511623100%"]}
    assert [LATE, TITLE] == await titles(commons, words=["城南镇"], **at)
    assert [LATE] == await titles(commons, words=["城南镇", "停车"], **at)


async def test_pages_of_the_wall_follow_one_another_without_a_gap(commons: View) -> None:
    for by in ("", "oldest", "moved"):
        first, second = await commons.ask("wall", **ALL | {"by": by})
        after = {"rank": first["rank"], "last": first["topic_id"]}
        rows = await commons.ask("wall", **ALL | {"by": by} | after)
        assert [second["topic_id"]] == [row["topic_id"] for row in rows]
        assert 2 == first["found"]


async def test_tiles_count_what_the_wall_shows(commons: View) -> None:
    rows = await commons.ask("counts of areas", **BELOW, year=0)
    assert [("511623000000", "closed", 1), ("511623000000", "open", 1)] == sorted(map(tuple, rows))
    late = {"areas": ["511623000000", "510521000000"], "prefixes": ["511623%", "510521%"]}
    rows = await commons.ask("late in areas", **late, today=date(2026, 12, 1))
    assert [("511623000000", 1)] == list(map(tuple, rows))


async def test_meetings_to_come_are_those_of_public_matters(commons: View) -> None:
    ahead = {"prefixes": ["511623%"], "since": date(2026, 12, 1), "most": 9}
    rows = await commons.ask("meetings ahead", **ahead)
    assert [(ROAD, "𠮷祥路口")] == [(row["topic_id"], row["place"]) for row in rows]


async def test_cases_are_found_by_their_words(commons: View) -> None:
    asked = {"prefixes": ["511623%"], "year": 0, "theme": [], "most": 9, "skipped": 0}
    for words, n in (([], 1), (["三条街"], 1), (["路灯"], 0)):
        assert n == len(await commons.ask("cases", **asked, words=words))
    (row,) = await commons.ask("cases", **asked | {"theme": ["医院", "卫生"]}, words=[])
    assert "中心已建成并接诊。" == json.loads(row["sections"])["effect"]


async def test_titles_alike_share_pairs_of_signs(commons: View) -> None:
    pairs = ["社区", "卫生", "生服", "服务"]
    rows = await commons.ask("alike", prefixes=["511623%"], pairs=pairs, most=5)
    assert [TITLE] == [row["title"] for row in rows]
