"""An agency is registered, asks within its places, and is held or ended with all it has."""

from uuid import UUID

import pytest
from pydantic import ValidationError

from services.exchange.domain.agency import commands as ask
from services.exchange.domain.agency.decide import AGENCY
from services.exchange.words.agencies import STAFF
from shared.kernel.message import Actor
from tests.exchange.examples import (
    AGENCY_ID,
    AGENCY_RESUMED,
    ASKED_FOR,
    COUNTY,
    HOTLINE,
    PLACE_FREED,
    QUOTAS,
    QUOTAS_CHANGED,
    REGISTERED,
    REMOVED,
    RULES,
    SUBSCRIPTION_ASKED,
    SUBSCRIPTION_ID,
    SUSPENDED,
)
from tests.spec import Spec, by

agency = Spec(AGENCY, RULES)
OPERATOR = by("operator", "operator")
OURS = Actor("lin", STAFF, COUNTY, HOTLINE)
OTHERS = Actor("bai", STAFF, COUNTY, "邻水县妇联")

REGISTER = ask.RegisterAgency(
    agency_id=AGENCY_ID, area=COUNTY, name=HOTLINE, kind="hotline", **QUOTAS
)
ASK = ask.AskSubscription(agency_id=AGENCY_ID, subscription_id=SUBSCRIPTION_ID, **ASKED_FOR)
ANOTHER = ASK.model_copy(update={"subscription_id": UUID(int=7)})
A_THIRD = ASK.model_copy(update={"subscription_id": UUID(int=8)})
FREE = ask.FreePlace(agency_id=AGENCY_ID, subscription_id=SUBSCRIPTION_ID)
SUSPEND = ask.SuspendAgency(agency_id=AGENCY_ID, reason="密钥外泄")
RESUME = ask.ResumeAgency(agency_id=AGENCY_ID)
REMOVE = ask.RemoveAgency(agency_id=AGENCY_ID, reason="机构撤并")


def test_an_agency_is_registered_once() -> None:
    agency.when(REGISTER, OPERATOR).then(REGISTERED)
    agency.given(REGISTERED).when(REGISTER, OPERATOR).then_nothing()


def test_another_agency_takes_no_id_that_is_taken() -> None:
    other = REGISTER.model_copy(update={"name": "别的机构"})
    agency.given(REGISTERED).when(other, OPERATOR).then_refused("agency-exists", name=HOTLINE)


def test_its_own_people_ask_for_it() -> None:
    agency.given(REGISTERED).when(ASK, OURS).then(SUBSCRIPTION_ASKED)
    agency.given(REGISTERED, SUBSCRIPTION_ASKED).when(ASK, OURS).then_nothing()


@pytest.mark.parametrize("actor", [OTHERS, OPERATOR, Actor("lin", STAFF, COUNTY)])
def test_nobody_else_asks_for_it(actor: Actor) -> None:
    agency.given(REGISTERED).when(ASK, actor).then_refused("not-your-agency")


def test_no_more_is_asked_for_than_there_are_places() -> None:
    two = SUBSCRIPTION_ASKED.model_copy(update={"subscription_id": UUID(int=7)})
    full = agency.given(REGISTERED, SUBSCRIPTION_ASKED, two)
    full.when(A_THIRD, OURS).then_refused("no-place-left", most=2)
    more = agency.given(REGISTERED, SUBSCRIPTION_ASKED, two, QUOTAS_CHANGED)
    more.when(A_THIRD, OURS).then(
        SUBSCRIPTION_ASKED.model_copy(update={"subscription_id": UUID(int=8)})
    )


def test_what_is_over_frees_its_place_once() -> None:
    agency.given(REGISTERED, SUBSCRIPTION_ASKED).when(FREE).then(PLACE_FREED)
    agency.given(REGISTERED, SUBSCRIPTION_ASKED, PLACE_FREED).when(FREE).then_nothing()


def test_who_is_suspended_asks_for_nothing_and_all_it_has_is_named() -> None:
    agency.given(REGISTERED, SUBSCRIPTION_ASKED).when(SUSPEND, OPERATOR).then(SUSPENDED)
    held = agency.given(REGISTERED, SUBSCRIPTION_ASKED, SUSPENDED)
    held.when(ANOTHER, OURS).then_refused("agency-suspended", name=HOTLINE)
    held.when(SUSPEND, OPERATOR).then_nothing()
    held.when(RESUME, OPERATOR).then(AGENCY_RESUMED)


def test_a_removed_agency_stays_removed() -> None:
    agency.given(REGISTERED, SUBSCRIPTION_ASKED).when(REMOVE, OPERATOR).then(REMOVED)
    gone = agency.given(REGISTERED, SUBSCRIPTION_ASKED, REMOVED)
    gone.when(REMOVE, OPERATOR).then_nothing()
    gone.when(ASK, OURS).then_refused("not-now", command="AskSubscription", agency="Removed")


@pytest.mark.parametrize(
    ("channel", "url"),
    [
        ("webhook", ""),
        ("nats", "https://example.org/"),
        ("webhook", "ftp://example.org/"),
        ("webhook", "https://lin:secret@example.org/"),
        ("webhook", "https://example.org/#part"),
    ],
)
def test_only_a_webhook_has_an_address_and_a_plain_one(channel: str, url: str) -> None:
    told = {**ASKED_FOR, "channel": channel, "url": url}
    with pytest.raises(ValidationError):
        ask.AskSubscription(agency_id=AGENCY_ID, subscription_id=SUBSCRIPTION_ID, **told)


def test_a_name_belongs_to_one_agency() -> None:
    assert [("agency", HOTLINE)] == list(AGENCY.claims(REGISTERED))
    assert [] == list(AGENCY.claims(SUSPENDED))
