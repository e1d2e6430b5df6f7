"""The draw: fixed before its seed is known, recomputable by anybody, and as likely for all."""

import subprocess
from collections import Counter
from datetime import UTC, date, datetime
from hashlib import sha256
from uuid import UUID, uuid5

import pytest

from services.meetings.domain.draw.decide import hash_of, order
from shared.kernel.message import Command
from tests.meetings.examples import CONVENOR, LINSHUI, SYSTEM_ITSELF, draw
from tests.meetings.members import OF
from tests.meetings.talents import (
    CANCEL_DRAW,
    COMMIT_POOL,
    COMMITTED_POOL,
    DRAW_CANCELLED,
    OPEN_DRAW,
    OPENED_DRAW,
    PUBLISH,
    SEED_DAY,
    TALENTS,
    drawn,
    exclude,
    excluded,
    replace,
    replaced,
)

SEED = PUBLISH.seed
LUCK = order(TALENTS, hash_of(TALENTS), SEED)
READY = (OPENED_DRAW, COMMITTED_POOL)
DONE = (*READY, drawn(*LUCK))
THAT_DAY = draw.at(datetime(2026, 3, 4, 16, 0, tzinfo=UTC))
"""The day of the seed has begun in China."""


def test_a_draw_is_opened_with_the_source_of_its_seed() -> None:
    draw.given().when(OPEN_DRAW, CONVENOR).then(OPENED_DRAW)


def test_the_seed_of_today_may_be_known_already() -> None:
    today = OPEN_DRAW.model_copy(update={"seed_day": date(2026, 3, 2)})
    draw.given().when(today, CONVENOR).then_refused("seed-too-soon", earliest=date(2026, 3, 3))


def test_a_draw_is_for_a_specialty_of_the_charter() -> None:
    stars = OPEN_DRAW.model_copy(update={"specialty": "占星"})
    draw.given().when(stars, CONVENOR).then_refused(
        "no-such-specialty", strange=["占星"], specialties=sorted(LINSHUI.talent.specialties)
    )


def test_a_draw_may_be_for_all() -> None:
    anybody = OPEN_DRAW.model_copy(update={"specialty": ""})
    draw.given().when(anybody, CONVENOR).then(OPENED_DRAW.model_copy(update={"specialty": ""}))


def test_the_pool_is_fixed_by_its_hash() -> None:
    draw.given(OPENED_DRAW).when(COMMIT_POOL, SYSTEM_ITSELF).then(COMMITTED_POOL)


def test_the_order_of_a_list_does_not_matter() -> None:
    shuffled = COMMIT_POOL.model_copy(update={"talents": (*TALENTS[::-1], TALENTS[0])})
    draw.given(OPENED_DRAW).when(shuffled, SYSTEM_ITSELF).then(COMMITTED_POOL)


def test_a_pool_that_comes_after_the_seed_is_none() -> None:
    THAT_DAY.given(OPENED_DRAW).when(COMMIT_POOL, SYSTEM_ITSELF).then_refused(
        "seed-known", since=SEED_DAY
    )


@pytest.mark.parametrize("past", [READY, DONE, (*READY, DRAW_CANCELLED)])
def test_a_pool_that_is_fixed_is_never_changed(past: tuple[Command, ...]) -> None:
    other = COMMIT_POOL.model_copy(update={"talents": TALENTS[:3]})
    draw.given(*past).when(other, SYSTEM_ITSELF).then_nothing()


def test_who_is_party_to_the_dispute_is_left_out() -> None:
    draw.given(*READY).when(exclude(TALENTS[3]), CONVENOR).then(excluded(TALENTS[3]))


def test_leaving_out_twice_is_once() -> None:
    THAT_DAY.given(*READY, excluded(TALENTS[3])).when(exclude(TALENTS[3]), CONVENOR).then_nothing()


def test_nobody_is_left_out_once_the_seed_may_be_known() -> None:
    THAT_DAY.given(*READY).when(exclude(TALENTS[3]), CONVENOR).then_refused(
        "seed-known", since=SEED_DAY
    )


def test_a_stranger_need_not_be_left_out() -> None:
    draw.given(*READY).when(exclude(uuid5(OF, "stranger")), CONVENOR).then_refused("not-in-pool")


def test_the_seed_decides() -> None:
    THAT_DAY.given(*READY).when(PUBLISH, CONVENOR).then(drawn(*LUCK))


def test_who_was_left_out_is_skipped_and_the_others_keep_their_order() -> None:
    rest = [one for one in LUCK if one != LUCK[0]]
    THAT_DAY.given(*READY, excluded(LUCK[0])).when(PUBLISH, CONVENOR).then(drawn(*rest))


def test_no_seed_is_known_before_its_day() -> None:
    draw.given(*READY).when(PUBLISH, CONVENOR).then_refused("seed-to-come", seed_day=SEED_DAY)


def test_a_pool_may_be_too_small() -> None:
    small = COMMITTED_POOL.model_copy(update={"pool": TALENTS[:2]})
    THAT_DAY.given(OPENED_DRAW, small, excluded(TALENTS[0])).when(PUBLISH, CONVENOR).then_refused(
        "pool-too-small", eligible=1, wanted=2
    )


def test_there_is_no_draw_without_a_pool() -> None:
    THAT_DAY.given(OPENED_DRAW).when(PUBLISH, CONVENOR).then_refused(
        "not-now", command="PublishSeed", draw="Opened"
    )


def test_the_same_seed_twice_is_one_draw() -> None:
    THAT_DAY.given(*DONE).when(PUBLISH, CONVENOR).then_nothing()


@pytest.mark.parametrize(
    "command",
    [PUBLISH.model_copy(update={"seed": "another"}), exclude(TALENTS[3]), CANCEL_DRAW],
    ids=lambda command: command.label,
)
def test_what_is_drawn_is_drawn(command: Command) -> None:
    THAT_DAY.given(*DONE).when(command, CONVENOR).then_refused("already-drawn")


def test_the_next_in_line_goes_instead() -> None:
    draw.given(*DONE).when(replace(LUCK[1]), CONVENOR).then(replaced(LUCK[1], by=LUCK[2]))


def test_who_goes_instead_may_be_replaced_too() -> None:
    past = (*DONE, replaced(LUCK[1], by=LUCK[2]))
    draw.given(*past).when(replace(LUCK[2]), CONVENOR).then(replaced(LUCK[2], by=LUCK[3]))


def test_the_same_replacement_twice_is_one() -> None:
    draw.given(*DONE, replaced(LUCK[1], by=LUCK[2])).when(replace(LUCK[1]), CONVENOR).then_nothing()


def test_who_was_not_drawn_is_not_replaced() -> None:
    draw.given(*DONE).when(replace(LUCK[4]), CONVENOR).then_refused("not-drawn")


def test_a_reserve_has_an_end() -> None:
    draw.given(*READY, drawn(*LUCK[:2])).when(replace(LUCK[0]), CONVENOR).then_refused("no-reserve")


@pytest.mark.parametrize("past", [READY[:1], READY], ids=["opened", "committed"])
def test_a_draw_is_given_up(past: tuple[Command, ...]) -> None:
    draw.given(*past).when(CANCEL_DRAW, CONVENOR).then(DRAW_CANCELLED)


def test_giving_up_twice_is_once() -> None:
    draw.given(*READY, DRAW_CANCELLED).when(CANCEL_DRAW, CONVENOR).then_nothing()


def test_what_was_given_up_is_not_drawn() -> None:
    THAT_DAY.given(*READY, DRAW_CANCELLED).when(PUBLISH, CONVENOR).then_refused(
        "not-now", command="PublishSeed", draw="Cancelled"
    )


def test_anybody_recomputes_the_draw_with_the_tools_of_any_system() -> None:
    lines = "".join(f"{one}\n" for one in reversed(TALENTS))
    pool_hash = _shell("sort | sha256sum", lines)
    places = {one: _shell("sha256sum", f"{SEED}{pool_hash}{one}") for one in TALENTS}
    assert COMMITTED_POOL.pool_hash == pool_hash
    assert LUCK == tuple(sorted(TALENTS, key=places.__getitem__))


def _shell(command: str, told: str) -> str:
    done = subprocess.run(
        ["sh", "-c", command], input=told, capture_output=True, text=True, check=True
    )
    return done.stdout.split()[0]


def test_the_recorded_draw_is_this_one_for_ever() -> None:
    """What six ids and a seed come to, written down: another formula would rewrite old draws."""
    assert "7bec54ea65f84774184ec5bc756898a810e2b3fbc8fddffa59e115d36785ae16" == hash_of(TALENTS)
    assert [5, 4, 1, 0, 2, 3] == [TALENTS.index(one) for one in LUCK]


SEEDS = 3_000
POOL = frozenset(uuid5(OF, f"one of {n}") for n in range(12))


def test_over_many_seeds_all_are_drawn_as_often() -> None:
    """3 of 12, 3 000 times: 750 each, give or take; 750 ± 4 standard deviations of 23.7."""
    times = Counter[UUID]()
    pool_hash = hash_of(POOL)
    for n in range(SEEDS):
        times.update(order(POOL, pool_hash, f"seed {n}")[:3])
    assert POOL == times.keys()
    assert 655 <= min(times.values())
    assert max(times.values()) <= 845


def test_over_many_seeds_all_stand_first_second_and_last_as_often() -> None:
    """1 of 12, 3 000 times, at each place: 250 ± 4 standard deviations of 15.1."""
    pool_hash = hash_of(POOL)
    orders = [order(POOL, pool_hash, f"seed {n}") for n in range(SEEDS)]
    for place in (0, 1, 11):
        times = Counter(luck[place] for luck in orders)
        assert POOL == times.keys()
        assert all(189 <= n <= 311 for n in times.values())


def test_another_pool_or_another_seed_is_another_draw() -> None:
    fewer = POOL - {min(POOL)}
    luck = order(POOL, hash_of(POOL), "seed")
    assert luck != order(POOL, hash_of(POOL), "seed.")
    assert [one for one in luck if one in fewer] != list(order(fewer, hash_of(fewer), "seed"))


def test_the_hash_is_of_the_sorted_lines() -> None:
    text = "\n".join(sorted(map(str, POOL))) + "\n"
    assert sha256(text.encode()).hexdigest() == hash_of(POOL)
