"""Whom a draw may take: what is said of talents is noted in the pool of their area."""

from datetime import date
from typing import Any

import pytest

from services.meetings.heard import (
    DrawOpened,
    PoolListed,
    TalentAdmitted,
    TalentExited,
    TalentSanctioned,
)
from services.meetings.policies import (
    commit_the_pool,
    drop_the_talent,
    list_the_pool,
    note_the_suspension,
    note_the_talent,
)
from shared.kernel.message import Command, Event
from tests.meetings.examples import GUANYINQIAO, SYSTEM_ITSELF, pool
from tests.meetings.talents import (
    COMMIT_POOL,
    DROP,
    DROPPED,
    EXITED,
    LUO_ID,
    NOTE_SUSPENSION,
    OPENED_DRAW,
    SUSPENDED,
    SUSPENSION_NOTED,
    TALENT_ADMITTED,
    TALENT_NOTED,
    TALENTS,
    WARNED,
    list_pool,
    listed,
    note_talent,
    talent_noted,
)
from tests.spec import HERE

A, B, C = TALENTS[:3]
UNTIL_TODAY, UNTIL_YESTERDAY = date(2026, 3, 2), date(2026, 3, 1)


def test_a_talent_is_noted() -> None:
    pool.given().when(note_talent(A, "法律", "交通"), SYSTEM_ITSELF).then(TALENT_NOTED)


@pytest.mark.parametrize(
    ("past", "command"),
    [
        ((TALENT_NOTED,), note_talent(A, "法律", "交通")),
        ((TALENT_NOTED, SUSPENSION_NOTED), NOTE_SUSPENSION),
        ((), NOTE_SUSPENSION),
        ((TALENT_NOTED, DROPPED), DROP),
        ((TALENT_NOTED, listed(A)), list_pool()),
    ],
    ids=["talent", "suspension", "suspension of a stranger", "exit", "list"],
)
def test_what_is_noted_is_not_noted_again(past: tuple[Event, ...], command: Command) -> None:
    pool.given(*past).when(command, SYSTEM_ITSELF).then_nothing()


def test_a_suspension_is_noted() -> None:
    pool.given(TALENT_NOTED).when(NOTE_SUSPENSION, SYSTEM_ITSELF).then(SUSPENSION_NOTED)


def test_an_exit_is_noted() -> None:
    pool.given(TALENT_NOTED).when(DROP, SYSTEM_ITSELF).then(DROPPED)


@pytest.mark.parametrize(
    ("specialty", "talents"), [("交通", (A, C)), ("法律", (A, B)), ("教育", ()), ("", (A, B, C))]
)
def test_a_draw_may_take_who_knows_about_the_matter(specialty: str, talents: Any) -> None:
    past = (talent_noted(C, "交通"), talent_noted(B, "法律"), TALENT_NOTED)
    pool.given(*past).when(list_pool(specialty), SYSTEM_ITSELF).then(listed(*talents))


@pytest.mark.parametrize(
    ("past", "talents"),
    [
        ((talent_noted(A, until=UNTIL_TODAY),), (A,)),
        ((talent_noted(A, until=UNTIL_YESTERDAY),), ()),
        ((talent_noted(A), SUSPENSION_NOTED), ()),
        ((talent_noted(A), SUSPENSION_NOTED.model_copy(update={"until": UNTIL_TODAY})), ()),
        ((talent_noted(A), SUSPENSION_NOTED.model_copy(update={"until": UNTIL_YESTERDAY})), (A,)),
        ((talent_noted(A), DROPPED), ()),
    ],
    ids=["last day", "term over", "suspended", "last day of it", "suspension over", "left"],
)
def test_a_draw_takes_nobody_out_of_term_or_suspended(past: Any, talents: Any) -> None:
    pool.given(*past).when(list_pool(), SYSTEM_ITSELF).then(listed(*talents))


def test_an_empty_pool_is_listed_too() -> None:
    pool.given().when(list_pool(), SYSTEM_ITSELF).then(listed())


def heard(cls: Any, event: Event, area: str = HERE) -> Any:
    """What a listener makes of a fact."""
    return cls.model_validate({**event.model_dump(), "area": area})


def test_what_is_said_of_a_talent_is_noted_in_the_pool_of_its_area() -> None:
    noted = note_the_talent(heard(TalentAdmitted, TALENT_ADMITTED))
    suspended = note_the_suspension(heard(TalentSanctioned, SUSPENDED))
    dropped = drop_the_talent(heard(TalentExited, EXITED))
    asked = list_the_pool(heard(DrawOpened, OPENED_DRAW))
    assert suspended
    assert {noted.pool_id} == {suspended.pool_id, dropped.pool_id, asked.pool_id}
    assert (LUO_ID, ("医疗卫生", "法律")) == (noted.talent_id, noted.specialties)
    assert (TALENT_ADMITTED.until, SUSPENDED.until) == (noted.until, suspended.until)
    assert "交通" == asked.specialty


def test_each_area_has_its_own_pool() -> None:
    here, there = (
        note_the_talent(heard(TalentAdmitted, TALENT_ADMITTED, area))
        for area in (HERE, GUANYINQIAO)
    )
    assert here.pool_id != there.pool_id


def test_a_warning_does_not_reach_the_pool() -> None:
    assert note_the_suspension(heard(TalentSanctioned, WARNED)) is None


def test_what_was_listed_is_committed() -> None:
    assert COMMIT_POOL == commit_the_pool(PoolListed(**dict(listed(*TALENTS))))
