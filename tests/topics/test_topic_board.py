"""What the screening desk and the topic board show."""

from collections.abc import AsyncIterator
from uuid import UUID, uuid5

import pytest

from services.topics.domain import DECIDERS
from services.topics.projections.topic_board import (
    TOPIC_BOARD,
    LeadRow,
    Receipt,
    SimilarLead,
    TopicRow,
)
from shared.kernel.message import Event
from shared.runtime.counting import pattern
from tests.boards import Board, board
from tests.servers import Postgres
from tests.topics.counties import CPPCC_GROUP, TOWN_PARTY
from tests.topics.examples import (
    ACKNOWLEDGED,
    APPEALED,
    APPROVED,
    ASSESSED,
    BEICHEN,
    CLAIMED,
    CLOSED,
    JOINED,
    LEAD_ID,
    MERGED,
    OTHER_LEAD,
    PARTED,
    PLAN_NOTED,
    PROPOSED,
    PUBLICISED,
    RECEIPT,
    REOPENED,
    RESUBMITTED,
    RETURNED,
    RETURNED_FOR_FIX,
    SCREENED_OUT,
    SPLIT_UP,
    SUBMITTED,
    TOPIC_ID,
    TRANSFERRED,
    UNMERGED,
    WITHDRAWN,
    adopted,
    assessed,
    reviewed,
    submitted,
    told,
)

pytestmark = pytest.mark.servers

TOWN, ELSEWHERE = "511623100000", "511623103000"
WAY = (
    SUBMITTED,
    adopted("41户联名,3月1日"),
    PROPOSED,
    assessed(feasible=False),
    told(TOWN_PARTY),
    ASSESSED,
    told(CPPCC_GROUP),
    reviewed(CPPCC_GROUP),
    reviewed(TOWN_PARTY),
    APPROVED,
    PUBLICISED,
    CLOSED,
)


def another(n: int, *facts: Event) -> list[Event]:
    """The same facts in another matter."""
    ids = {"lead_id": uuid5(LEAD_ID, str(n)), "topic_id": uuid5(TOPIC_ID, str(n))}
    return [
        fact.model_copy(update={k: v for k, v in ids.items() if getattr(fact, k, None)})
        for fact in facts
    ]


@pytest.fixture
async def shown(pg: Postgres) -> AsyncIterator[Board]:
    async with board(pg, "topics", TOPIC_BOARD, DECIDERS) as shown:
        yield shown


async def leads(shown: Board, area: str = BEICHEN, state: str | None = None) -> list[LeadRow]:
    rows = await shown.ask("leads in area", prefixes=[pattern(area)], state=state, most=9)
    return [LeadRow.model_validate(row) for row in rows]


async def topics(shown: Board, area: str = BEICHEN, state: str | None = None) -> list[TopicRow]:
    rows = await shown.ask("topics in area", prefixes=[pattern(area)], state=state, most=9)
    return [TopicRow.model_validate(row) for row in rows]


async def test_a_lead_lies_on_the_desk_of_every_area_around_it(shown: Board) -> None:
    await shown.tell(SUBMITTED, area=BEICHEN)
    for area in (BEICHEN, TOWN, "511623000000", "511600000000", "510000000000"):
        assert [(LEAD_ID, "submitted")] == [(r.lead_id, r.state) for r in await leads(shown, area)]
    assert [] == await leads(shown, ELSEWHERE)


async def test_the_longest_waiting_lead_comes_first(shown: Board) -> None:
    await shown.tell(*another(1, SUBMITTED), *another(2, SUBMITTED), area=BEICHEN)
    assert [uuid5(LEAD_ID, "1"), uuid5(LEAD_ID, "2")] == [r.lead_id for r in await leads(shown)]


async def test_leads_are_found_by_their_state(shown: Board) -> None:
    await shown.tell(SUBMITTED, SCREENED_OUT, *another(1, SUBMITTED), area=BEICHEN)
    (out,) = await leads(shown, state="screened-out")
    assert ("属学术研讨", LEAD_ID) == (out.reason, out.lead_id)


async def test_the_desk_follows_a_lead_that_is_completed_merged_and_parted(shown: Board) -> None:
    seen = []
    for fact in (SUBMITTED, RETURNED_FOR_FIX, RESUBMITTED, MERGED, UNMERGED):
        await shown.tell(fact, area=BEICHEN)
        seen += [(row.state, row.title, row.into_lead) for row in await leads(shown)]
    before, after = SUBMITTED.title, RESUBMITTED.title
    assert [
        ("submitted", before, None),
        ("returned", before, None),
        ("submitted", after, None),
        ("merged", after, OTHER_LEAD),
        ("submitted", after, None),
    ] == seen


async def test_what_is_not_written_again_stays_as_it_was(shown: Board) -> None:
    said = submitted(words="sealed words", contact="sealed contact")
    again = RESUBMITTED.model_copy(update={"contact": "another contact"})
    await shown.tell(said, RETURNED_FOR_FIX, again, area=BEICHEN)
    (row,) = await leads(shown)
    assert ("sealed words", "another contact") == (row.words, row.contact)
    assert ("北辰小区东门", [OTHER_LEAD]) == (row.place, row.photos)


async def test_a_lead_shows_how_many_go_on_as_part_of_it(shown: Board) -> None:
    third = JOINED.model_copy(update={"merged": uuid5(LEAD_ID, "third")})
    await shown.tell(SUBMITTED, JOINED, third, PARTED, area=BEICHEN)
    assert [1] == [row.joined for row in await leads(shown)]


async def test_whoever_was_merged_learns_what_became_of_it_all(shown: Board) -> None:
    head = PROPOSED.model_copy(update={"lead_id": OTHER_LEAD})
    await shown.tell(SUBMITTED, MERGED, head, area=BEICHEN)
    assert ("merged", "proposed") == ((r := await receipt(shown)).state, r.topic_state)


async def similar(shown: Board, title: str, percent_min: int = 30) -> list[SimilarLead]:
    rows = await shown.ask(
        "similar leads", prefixes=[pattern(TOWN)], title=title, percent_min=percent_min, most=9
    )
    return [SimilarLead.model_validate(row) for row in rows]


async def test_titles_that_share_most_of_their_pairs_are_alike(shown: Board) -> None:
    titles = ("增设社区卫生服务中心", "北辰社区卫生中心何时增设", "夜间购电不便", "小区停车难")
    for n, title in enumerate(titles):
        (fact,) = another(n, submitted(title=title))
        await shown.tell(fact, area=BEICHEN)
    same, other = await similar(shown, "“增设社区卫生服务中心”")
    assert (titles[0], 100) == (same.title, same.percent)
    assert (titles[1], 50) == (other.title, other.percent)
    assert ["社区", "区卫", "卫生", "中心", "增设"] == other.pairs


async def test_titles_that_share_nothing_are_not_alike(shown: Board) -> None:
    await shown.tell(SUBMITTED, area=BEICHEN)
    assert [] == await similar(shown, "夜间购电不便", percent_min=1)


@pytest.mark.parametrize("end", [SCREENED_OUT, TRANSFERRED, MERGED, SPLIT_UP], ids=repr)
async def test_what_has_come_to_an_end_elsewhere_is_no_match(shown: Board, end: Event) -> None:
    await shown.tell(SUBMITTED, area=BEICHEN)
    assert 1 == len(await similar(shown, SUBMITTED.title))
    await shown.tell(end, area=BEICHEN)
    assert [] == await similar(shown, SUBMITTED.title)


async def receipt(shown: Board) -> Receipt:
    (row,) = await shown.ask("lead by receipt", receipt=RECEIPT)
    return Receipt.model_validate(row)


async def test_whoever_has_the_receipt_learns_where_the_appeal_went(shown: Board) -> None:
    await shown.tell(APPEALED, TRANSFERRED, area=BEICHEN)
    assert ("transferred", "县公安局") == ((r := await receipt(shown)).state, r.to_unit)
    await shown.tell(ACKNOWLEDGED, area=BEICHEN)
    told_now = await receipt(shown)
    assert "acknowledged" == told_now.state
    assert "公户〔2026〕17号" == told_now.receipt_no
    assert "只涉及一户,按户籍规定办理" == told_now.reason


async def test_whoever_has_the_receipt_learns_what_became_of_the_topic(shown: Board) -> None:
    await shown.tell(*WAY[:3], area=BEICHEN)
    assert (TOPIC_ID, "proposed") == ((r := await receipt(shown)).topic_id, r.topic_state)


async def test_the_board_follows_a_topic_to_its_end(shown: Board) -> None:
    seen = []
    for fact in WAY:
        await shown.tell(fact, area=BEICHEN)
        seen += [row.state for row in await topics(shown)]
    assert ["proposed"] * 7 + ["approved"] * 2 + ["closed"] == seen


async def test_a_topic_shows_what_was_assessed_told_agreed_and_posted(shown: Board) -> None:
    await shown.tell(*WAY, area=BEICHEN)
    (row,) = await topics(shown)
    assert sorted(ASSESSED.criteria) == row.met
    assert [] == row.unmet
    assert [TOWN_PARTY, CPPCC_GROUP] == row.told
    assert [CPPCC_GROUP, TOWN_PARTY] == row.agreed
    assert ["北辰社区公示栏"] == row.posted


async def test_a_topic_shows_its_plan_its_group_and_its_round(shown: Board) -> None:
    again = (PLAN_NOTED, APPROVED, CLAIMED, CLOSED, REOPENED)
    await shown.tell(PROPOSED, *again, area=BEICHEN)
    (row,) = await topics(shown, state="approved")
    assert (2026, CLAIMED.group, 2) == (row.planned, row.claimed, row.round)


async def test_an_unmet_principle_is_shown(shown: Board) -> None:
    await shown.tell(PROPOSED, assessed(excluded="secret", feasible=False), area=BEICHEN)
    (row,) = await topics(shown)
    assert (["feasible"], "secret") == (row.unmet, row.excluded)


async def test_a_topic_that_was_returned_says_why(shown: Board) -> None:
    no = reviewed(CPPCC_GROUP, agrees=False)
    await shown.tell(PROPOSED, told(CPPCC_GROUP), no, RETURNED, area=BEICHEN)
    (row,) = await topics(shown, state="returned")
    assert ("条件不成熟", []) == (row.reason, row.agreed)


async def test_one_topic_is_found_by_its_id(shown: Board) -> None:
    await shown.tell(PROPOSED, WITHDRAWN, area=BEICHEN)
    (row,) = await shown.ask("one topic", topic_id=TOPIC_ID)
    assert "withdrawn" == TopicRow.model_validate(row).state
    assert [] == await shown.ask("one topic", topic_id=UUID(int=0))


def spoken(words: str) -> Event:
    """The lead came back in other words."""
    return RESUBMITTED.model_copy(update={"words": words})


async def test_what_is_shown_does_not_depend_on_the_cut(shown: Board) -> None:
    appeal = another(1, APPEALED, TRANSFERRED, ACKNOWLEDGED)
    returned = another(2, SUBMITTED, adopted(), PROPOSED, told(CPPCC_GROUP), RETURNED)
    returned += another(7, PROPOSED, PLAN_NOTED, APPROVED, CLAIMED, CLOSED, REOPENED, CLOSED)
    withdrawn = another(3, PROPOSED, ASSESSED, WITHDRAWN)
    out = another(4, SUBMITTED, SCREENED_OUT)
    merged = another(5, SUBMITTED, RETURNED_FOR_FIX, RESUBMITTED, JOINED, MERGED, UNMERGED, PARTED)
    said = another(6, submitted(words="1"), RETURNED_FOR_FIX, spoken("2"), RETURNED_FOR_FIX)
    said += another(6, spoken(""), JOINED, SPLIT_UP)
    facts = [*WAY]
    for n, fact in enumerate([*appeal, *returned, *withdrawn, *out, *merged, *said]):
        facts.insert(2 * n, fact)
    await shown.tell(*facts, area=BEICHEN)
    assert 1 == len(await shown.digests())
