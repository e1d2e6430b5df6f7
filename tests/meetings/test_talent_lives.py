"""Talents, pools and draws keep their rules whatever is asked of them."""

from datetime import UTC, date, datetime
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from services.meetings.domain.draw.decide import DRAW, hash_of, order
from services.meetings.domain.draw.events import (
    DrawnReplaced,
    PoolCommitted,
    TalentDrawn,
    TalentExcluded,
)
from services.meetings.domain.pool.decide import POOL
from services.meetings.domain.pool.events import (
    PoolListed,
    SuspensionNoted,
    TalentDropped,
    TalentNoted,
)
from services.meetings.domain.talent.decide import TALENT
from services.meetings.domain.talent.events import TalentAssessed, TalentExited
from shared.kernel.message import Event
from tests.lives import Asking, Life, lives
from tests.meetings.examples import CONVENOR, LINSHUI, SYSTEM_ITSELF
from tests.meetings.members import STAFF
from tests.meetings.talents import (
    ADMIT_TALENT,
    ASSESS,
    CANCEL_DRAW,
    COMMIT_POOL,
    DROP,
    EXIT,
    NOTE_SUSPENSION,
    OPEN_DRAW,
    PUBLISH,
    REWARD,
    SUSPEND,
    TALENTS,
    WARN,
    exclude,
    list_pool,
    note_talent,
    replace,
)

TALENT_WAY: list[Asking] = [
    (ADMIT_TALENT, STAFF),
    (REWARD, STAFF),
    (WARN, STAFF),
    (SUSPEND, STAFF),
    *(
        (ASSESS.model_copy(update={"year": year, "grade": grade}), STAFF)
        for year, grade in [(2022, "unqualified"), (2023, "qualified"), (2024, "unqualified")]
    ),
    (ASSESS, STAFF),
]
TALENT_OTHERS: list[Asking] = [
    (EXIT, STAFF),
    (ASSESS.model_copy(update={"grade": "excellent"}), STAFF),
    (ASSESS.model_copy(update={"year": 2023}), STAFF),
    (ASSESS.model_copy(update={"year": 2026}), STAFF),
]


@settings(max_examples=150, deadline=None)
@given(asked=lives(TALENT_WAY, TALENT_OTHERS))
def test_a_talent_fails_only_so_often(asked: list[Asking]) -> None:
    life = Life(TALENT, LINSHUI).live(asked)
    passed = {fact.year: fact.passed for fact in life.facts(TalentAssessed)}
    assert len(passed) == len(life.facts(TalentAssessed))
    for exited in life.facts(TalentExited):
        assert exited is life.said[-1]
        last = max(passed, default=0)
        failed = passed.get(last) is False and passed.get(last - 1) is False
        assert failed or exited.reason == "own-wish"


OUT_OF_TERM = TALENTS[2]
POOL_WAY: list[Asking] = [
    (note_talent(TALENTS[0], "法律"), SYSTEM_ITSELF),
    (note_talent(TALENTS[1], "交通"), SYSTEM_ITSELF),
    (note_talent(OUT_OF_TERM, "交通", until=date(2026, 3, 1)), SYSTEM_ITSELF),
    (NOTE_SUSPENSION, SYSTEM_ITSELF),
    (DROP, SYSTEM_ITSELF),
    (list_pool(), SYSTEM_ITSELF),
]


@settings(max_examples=150, deadline=None)
@given(asked=st.lists(st.sampled_from(POOL_WAY), max_size=12))
def test_a_pool_lists_exactly_whom_a_draw_may_take(asked: list[Asking]) -> None:
    life = Life(POOL, LINSHUI).live(asked)
    assert len(life.facts(PoolListed)) <= 1
    for listed in life.facts(PoolListed):
        assert _may_be_drawn(life.before(listed)) == set(listed.talents)


def _may_be_drawn(facts: list[Event]) -> set[UUID]:
    noted: set[UUID] = set()
    for fact in facts:
        match fact:
            case TalentNoted():
                noted.add(fact.talent_id)
            case TalentDropped() | SuspensionNoted():
                noted.discard(fact.talent_id)
    return noted - {OUT_OF_TERM}


THAT_DAY = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
DRAW_STEPS: list[Asking] = [
    (OPEN_DRAW, CONVENOR),
    (COMMIT_POOL, SYSTEM_ITSELF),
    (COMMIT_POOL.model_copy(update={"talents": TALENTS[:3]}), SYSTEM_ITSELF),
    *((exclude(one), CONVENOR) for one in TALENTS[:2]),
    (PUBLISH, CONVENOR),
    (PUBLISH.model_copy(update={"seed": "another"}), CONVENOR),
    *((replace(one), CONVENOR) for one in TALENTS),
]
"""Nearly the straight way; giving up comes in between."""


@settings(max_examples=200, deadline=None)
@given(
    early=st.lists(st.sampled_from([*DRAW_STEPS, (CANCEL_DRAW, CONVENOR)]), max_size=4),
    late=st.lists(st.sampled_from(DRAW_STEPS[3:]), max_size=10),
)
def test_only_the_seed_chooses(early: list[Asking], late: list[Asking]) -> None:
    life = Life(DRAW, LINSHUI).live([*DRAW_STEPS[:1], *early, *DRAW_STEPS[1:2]])
    life.now = THAT_DAY
    life.live(late)
    assert len(life.facts(PoolCommitted)) <= 1
    for drawn in life.facts(TalentDrawn):
        (committed,) = life.facts(PoolCommitted)
        left_out = {fact.talent_id for fact in life.facts(TalentExcluded)}
        eligible = set(committed.pool) - left_out
        assert hash_of(committed.pool) == committed.pool_hash == drawn.pool_hash
        luck = order(eligible, drawn.pool_hash, drawn.seed)
        assert luck == (*drawn.drawn, *drawn.reserve)
        replacements = life.facts(DrawnReplaced)
        assert drawn.reserve[: len(replacements)] == tuple(one.by for one in replacements)
        assert [drawn] == life.facts(TalentDrawn)


def test_the_straight_ways_lead_to_the_end() -> None:
    assert Life(TALENT, LINSHUI).live(TALENT_WAY).facts(TalentExited)
    assert Life(POOL, LINSHUI).live(POOL_WAY).facts(PoolListed)
    life = Life(DRAW, LINSHUI).live(DRAW_STEPS[:2])
    life.now = THAT_DAY
    assert life.live(DRAW_STEPS[2:]).facts(DrawnReplaced)
