"""Accounts: who may enter, and as what."""

from uuid import UUID, uuid5

import pytest
from pydantic import ValidationError

from services.portal.domain.account.commands import GrantAppointment, OpenAccount, RevokeAppointment
from services.portal.domain.account.decide import ACCOUNT, claims
from services.portal.domain.account.events import (
    AccountOpened,
    AppointmentGranted,
    AppointmentRevoked,
)
from services.portal.rules import PortalRules, Stage
from tests.spec import Spec, by

LIN = UUID("0190aaaa-0000-7000-8000-000000000001")
COUNTY = "511623000000"
TOWN = "511623100000"

RULES = PortalRules(
    brand="有事来协商",
    stages=[
        Stage(label="确定协商议题", of=["SOURCE", "SCREEN", "APPROVE"]),
        Stage(label="召开协商活动", of=["PARTIES", "WORKPLAN", "NOTICE", "RESEARCH", "MEET"]),
        Stage(label="转化协商成果", of=["RECORD", "ROUTE", "HANDLE", "FEEDBACK", "CLOSE"]),
    ],
)
account = Spec(ACCOUNT, RULES)

OPENED = AccountOpened(account_id=LIN, login="lin", name="sealed")
open_lin = OpenAccount(account_id=LIN, area=COUNTY, login="lin", name="sealed")
appoint = GrantAppointment(account_id=LIN, role="convenor", within=TOWN)
CONVENOR = uuid5(LIN, f"convenor/{TOWN}/")
GRANTED = AppointmentGranted(
    account_id=LIN,
    appointment_id=CONVENOR,
    role="convenor",
    within=TOWN,
    unit="",
    since=None,
    until=None,
    deputy_for=None,
    of_appointment=None,
)
REVOKED = AppointmentRevoked(account_id=LIN, appointment_id=CONVENOR)
revoke = RevokeAppointment(account_id=LIN, appointment_id=CONVENOR)
operator = by("ops", "operator", COUNTY)


def test_an_account_is_opened_once() -> None:
    account.given().when(open_lin, operator).then(OPENED)
    account.given(OPENED).when(open_lin, operator).then_nothing()


def test_an_account_keeps_its_login() -> None:
    other = open_lin.model_copy(update={"login": "wang"})
    account.given(OPENED).when(other, operator).then_refused("account-exists", login="lin")


def test_a_login_belongs_to_one_account() -> None:
    assert [("login", "lin")] == claims(OPENED)
    assert [] == claims(GRANTED)


def test_the_same_appointment_is_granted_once() -> None:
    account.given(OPENED).when(appoint, operator).then(GRANTED)
    account.given(OPENED, GRANTED).when(appoint, operator).then_nothing()


def test_an_operator_appoints_within_the_own_area_only() -> None:
    beyond = appoint.model_copy(update={"within": "510521000000"})
    account.given(OPENED).when(beyond, operator).then_refused(
        "beyond-own-area", area="510521000000"
    )


def test_a_revoked_appointment_may_be_granted_again() -> None:
    account.given(OPENED, GRANTED).when(revoke, operator).then(REVOKED)
    account.given(OPENED, GRANTED, REVOKED).when(revoke, operator).then_nothing()
    account.given(OPENED, GRANTED, REVOKED).when(appoint, operator).then(GRANTED)


def test_nobody_is_appointed_without_an_account() -> None:
    account.given().when(appoint, operator).then_refused(
        "not-now", command="GrantAppointment", account="Nothing"
    )


@pytest.mark.parametrize("login", ["", "Lin", "林", "a", "x" * 40, "a b"])
def test_a_login_is_short_lower_case_and_typed_on_any_keyboard(login: str) -> None:
    with pytest.raises(ValidationError):
        OpenAccount(account_id=LIN, area=COUNTY, login=login, name="sealed")


def test_nobody_is_appointed_to_be_the_system_itself() -> None:
    with pytest.raises(ValidationError):
        GrantAppointment(account_id=LIN, role="system", within=TOWN)  # type: ignore[arg-type]
