"""A unit has one name at a time, and every name it had means it."""

from datetime import date

from hypothesis import given, settings

from services.outcomes.domain.unit import commands as ask
from services.outcomes.domain.unit import events as said
from services.outcomes.domain.unit.decide import UNIT, claims
from tests.lives import Asking, Life, lives
from tests.outcomes.examples import AREA, LINSHUI
from tests.outcomes.registers import (
    BUREAU,
    FORMER,
    OTHER_UNIT,
    REGISTERED,
    RENAMED,
    RETIRED,
    UNIT_ID,
)
from tests.spec import Spec, by

unit = Spec(UNIT, LINSHUI)
TODAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 3)
REGISTER = ask.RegisterUnit(
    unit_id=UNIT_ID, area=AREA, name=FORMER, kind="department", short_names=("县卫计局", "卫计局")
)
RENAME = ask.RenameUnit(unit_id=UNIT_ID, name=BUREAU, since=date(2026, 2, 1))
RETIRE = ask.RetireUnit(
    unit_id=UNIT_ID, since=RETIRED.since, reason=RETIRED.reason, successor=OTHER_UNIT
)


def test_a_unit_is_registered_once() -> None:
    unit.given().when(REGISTER).then(REGISTERED)
    unit.given(REGISTERED).when(REGISTER).then_refused(
        "not-now", command="RegisterUnit", unit="Registered"
    )


def test_a_short_name_that_is_the_full_one_is_none() -> None:
    same = REGISTER.model_copy(update={"short_names": (FORMER,)})
    unit.given().when(same).then(REGISTERED.model_copy(update={"short_names": ()}))


def test_nobody_renames_or_retires_what_is_not_there() -> None:
    unit.given().when(RENAME).then_refused("not-now", command="RenameUnit", unit="Nothing")
    unit.given().when(RETIRE).then_refused("not-now", command="RetireUnit", unit="Nothing")


def test_a_new_name_follows_the_old_one() -> None:
    unit.given(REGISTERED).when(RENAME).then(RENAMED)
    unit.given(REGISTERED, RENAMED).when(RENAME).then_nothing()


def test_a_name_of_tomorrow_is_not_one_yet() -> None:
    tomorrow = RENAME.model_copy(update={"since": TOMORROW})
    today = RENAME.model_copy(update={"since": TODAY})
    unit.given(REGISTERED).when(tomorrow).then_refused("not-yet-so", since=TOMORROW, today=TODAY)
    unit.given(REGISTERED).when(today).then(RENAMED.model_copy(update={"since": TODAY}))


def test_nothing_changes_before_the_last_change() -> None:
    january = date(2026, 1, 31)
    earlier = RETIRE.model_copy(update={"since": january})
    unit.given(REGISTERED, RENAMED).when(earlier).then_refused(
        "before-last-change", since=january, last=RENAMED.since
    )
    unit.given(REGISTERED).when(earlier).then(RETIRED.model_copy(update={"since": january}))


def test_a_unit_is_retired_once_and_not_renamed_then() -> None:
    unit.given(REGISTERED, RENAMED).when(RETIRE).then(RETIRED)
    unit.given(REGISTERED, RETIRED).when(RETIRE).then_nothing()
    unit.given(REGISTERED, RETIRED).when(RENAME).then_refused(
        "not-now", command="RenameUnit", unit="Retired"
    )


def test_no_unit_takes_over_from_itself() -> None:
    itself = RETIRE.model_copy(update={"successor": UNIT_ID})
    unit.given(REGISTERED).when(itself).then_refused("own-successor")
    nobody = RETIRE.model_copy(update={"successor": None})
    unit.given(REGISTERED).when(nobody).then(RETIRED.model_copy(update={"successor": None}))


def test_every_name_is_claimed_in_its_county_and_none_is_given_up() -> None:
    register = "unit/511623"
    assert [(register, FORMER), (register, "卫计局"), (register, "县卫计局")] == claims(REGISTERED)
    assert [(register, BUREAU)] == claims(RENAMED)
    assert () == claims(RETIRED)


WAY: list[Asking] = [(REGISTER, by("lin")), (RENAME, by("lin")), (RETIRE, by("lin"))]
OTHERS: list[Asking] = [
    (RENAME.model_copy(update={"name": FORMER, "since": TODAY}), by("lin")),
    (RENAME.model_copy(update={"name": "县卫健局"}), by("lin")),
    (RENAME.model_copy(update={"since": TOMORROW}), by("lin")),
    (RETIRE.model_copy(update={"successor": UNIT_ID}), by("lin")),
]


@settings(max_examples=100, deadline=None)
@given(asked=lives(WAY, OTHERS))
def test_in_any_life_names_follow_one_another(asked: list[Asking]) -> None:
    life = Life(UNIT, LINSHUI).live(asked)
    name, since = FORMER, date.min
    for fact in life.facts(said.UnitRenamed):
        assert (name, True) == (fact.former, since <= fact.since <= TODAY)
        assert not any(isinstance(one, said.UnitRetired) for one in life.before(fact))
        name, since = fact.name, fact.since
    assert len(life.facts(said.UnitRetired)) <= 1
