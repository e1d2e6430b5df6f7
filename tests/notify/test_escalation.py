"""A day that was missed: one level after another is told, until the unit replies."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.notify.domain.deadline.commands import EscalateDeadline
from services.notify.domain.deadline.decide import DEADLINE
from services.notify.domain.notice.commands import SendNotice
from services.notify.words import because
from shared.kernel.message import Event
from tests.notify.examples import (
    BREACHED,
    DEADLINE_ID,
    DEFAULT,
    ESCALATED,
    EXTENDED,
    HEALTH,
    LIFTED,
    MET,
    SET,
)
from tests.notify.test_policies import UNIT, asked_on
from tests.spec import Spec

deadline = Spec(DEADLINE, DEFAULT)
STAFF, LEADERS, _ = BREACHED.rungs
LATE = datetime(2026, 7, 1, tzinfo=UTC)


def tell(rung: Any) -> EscalateDeadline:
    return EscalateDeadline(deadline_id=DEADLINE_ID, rung=rung)


def test_the_next_level_is_told_when_its_day_comes_and_no_sooner() -> None:
    late = deadline.given(SET, BREACHED)
    late.at(STAFF.at).when(tell(STAFF)).then(ESCALATED)
    late.at(STAFF.at - timedelta(seconds=1)).when(tell(STAFF)).then_refused("not-due", due=STAFF.at)


def test_each_level_is_told_once_and_in_order() -> None:
    late = deadline.at(LATE)
    late.given(SET, BREACHED).when(tell(LEADERS)).then_nothing()
    late.given(SET, BREACHED, ESCALATED).when(tell(STAFF)).then_nothing()
    (second,) = late.given(SET, BREACHED, ESCALATED).when(tell(LEADERS)).said or []
    assert ("leaders", 5) == (second.to, second.days_late)  # type: ignore[attr-defined]


@pytest.mark.parametrize("end", [MET, LIFTED, EXTENDED, SET])
def test_it_stops_when_there_is_a_reply_or_another_day(end: Event) -> None:
    deadline.given(SET, BREACHED, end).at(LATE).when(tell(STAFF)).then_nothing()


def test_a_county_without_a_chain_tells_nobody_else() -> None:
    alone = deadline.under(DEFAULT.model_copy(update={"escalation": ()}))
    breach = Spec(DEADLINE, alone.rules, (SET,), LATE)
    (said,) = breach.when(_breach()).said or []
    assert () == said.rungs  # type: ignore[attr-defined]


def _breach() -> Any:
    from services.notify.domain.deadline.commands import BreachDeadline

    return BreachDeadline(deadline_id=DEADLINE_ID, due=SET.due)


def test_why_that_day_is_told_in_words() -> None:
    told = because(ESCALATED.count, STAFF.at.date())
    assert "自2026年5月31日起2个工作日(跳过休息日0天),至2026年6月2日。" == told


@pytest.mark.parametrize(
    ("to", "role"), [("staff", "cppcc"), ("leaders", "leader"), ("party-office", "party")]
)
def test_each_level_is_an_office_of_the_county(to: str, role: str) -> None:
    fact = {"unit": HEALTH, "due": "2026-05-31", "to": to, "days_late": 2}
    told = asked_on("DeadlineEscalated", **fact)
    assert all(isinstance(one, SendNotice) for one in told)
    assert [f"role:{role}@511623000000", UNIT] == [one.to for one in told]  # type: ignore[attr-defined]
