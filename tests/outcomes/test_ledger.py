"""An office stands for its ledger of a period that is over, and says why if it does so again."""

import itertools
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings

from services.outcomes.domain.ledger import commands as ask
from services.outcomes.domain.ledger import events as said
from services.outcomes.domain.ledger.decide import LEDGER, claims, digest_of, ends_on
from services.outcomes.words import LedgerEntries
from tests.lives import Asking, Life, lives
from tests.outcomes.examples import LINSHUI
from tests.outcomes.registers import LEDGER_CERTIFIED, LEDGER_ID, TOWN, TWO, entries
from tests.spec import Spec, by

ledger = Spec(LEDGER, LINSHUI)
CLERK = by("wu", "clerk", TOWN)
THREE = entries("held", "planned", "told late")


def certify(of: LedgerEntries = TWO, period: str = "2026-02", **more: object) -> ask.CertifyLedger:
    told = {"entries": of, **more}
    return ask.CertifyLedger.model_validate(
        {"ledger_id": LEDGER_ID, "area": TOWN, "period": period, **told}
    )


AGAIN = certify(THREE, reason="补登2月一次协商。")
CERTIFIED_AGAIN = LEDGER_CERTIFIED.model_copy(
    update={
        "rows": 3,
        "entries": THREE,
        "digest": digest_of(THREE),
        "number": 2,
        "reason": "补登2月一次协商。",
    }
)


def test_a_ledger_is_certified_once() -> None:
    ledger.given().when(certify(), CLERK).then(LEDGER_CERTIFIED)
    ledger.given(LEDGER_CERTIFIED).when(certify(), CLERK).then_nothing()


def test_an_empty_ledger_can_be_certified_too() -> None:
    nothing = LEDGER_CERTIFIED.model_copy(
        update={"rows": 0, "entries": (), "digest": digest_of(())}
    )
    ledger.given().when(certify(()), CLERK).then(nothing)


def test_what_changed_is_certified_again_for_a_reason() -> None:
    ledger.given(LEDGER_CERTIFIED).when(certify(THREE), CLERK).then_refused(
        "reason-missing", number=2
    )
    ledger.given(LEDGER_CERTIFIED).when(AGAIN, CLERK).then(CERTIFIED_AGAIN)


def test_nobody_certifies_a_month_that_is_not_over() -> None:
    last_day = ledger.at(datetime(2026, 2, 28, 15, 59, tzinfo=UTC))
    last_day.given().when(certify(), CLERK).then_refused(
        "period-not-over", period="2026-02", today=date(2026, 2, 28)
    )
    ledger.at(datetime(2026, 2, 28, 16, tzinfo=UTC)).given().when(certify(), CLERK).then(
        LEDGER_CERTIFIED
    )


def test_the_county_does_not_stand_for_what_a_town_wrote() -> None:
    county = by("lin", "cppcc")
    ledger.given().when(certify(), county).then_refused(
        "not-your-ledger", area=TOWN, yours=county.area
    )


def test_a_ledger_stays_that_of_its_period() -> None:
    ledger.given(LEDGER_CERTIFIED).when(certify(THREE, "2026-01"), CLERK).then_refused(
        "other-ledger", area=TOWN, period="2026-02"
    )


def test_an_area_has_one_ledger_of_a_period() -> None:
    assert [("ledger", f"{TOWN}/2026-02")] == claims(LEDGER_CERTIFIED)


@pytest.mark.parametrize(
    ("period", "last"),
    [
        ("2024-02", date(2024, 2, 29)),
        ("2026-12", date(2026, 12, 31)),
        ("2026-Q1", date(2026, 3, 31)),
        ("2026-Q4", date(2026, 12, 31)),
        ("2026", date(2026, 12, 31)),
    ],
)
def test_periods_end_on_their_last_day(period: str, last: date) -> None:
    assert last == ends_on(period)


WAY: list[Asking] = [(certify(), CLERK), (AGAIN, CLERK)]
OTHERS: list[Asking] = [
    (certify(reason="撤回补登。"), CLERK),
    (certify(THREE), CLERK),
    (certify(period="2026-01"), CLERK),
    (certify(), by("lin", "cppcc")),
]


@settings(max_examples=100, deadline=None)
@given(asked=lives(WAY, OTHERS))
def test_in_any_life_certifications_count_up_and_differ(asked: list[Asking]) -> None:
    facts = Life(LEDGER, LINSHUI).live(asked).facts(said.LedgerCertified)
    assert list(range(1, len(facts) + 1)) == [fact.number for fact in facts]
    for before, after in itertools.pairwise(facts):
        assert before.digest != after.digest
        assert after.reason
