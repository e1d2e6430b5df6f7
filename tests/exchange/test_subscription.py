"""A subscription is approved by who is in charge, has keys, and ends at once."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from services.exchange.domain.subscription import commands as ask
from services.exchange.domain.subscription.decide import SUBSCRIPTION, Live
from services.exchange.domain.subscription.events import (
    CredentialsIssued,
    SubscriptionEvent,
    SubscriptionPaused,
)
from services.exchange.words.agencies import STAFF
from shared.kernel.areas import EVERYWHERE
from shared.kernel.message import SYSTEM, Actor
from tests.exchange.examples import (
    AGENCY_ID,
    ASKED_FOR,
    CHANGED,
    COUNTY,
    DECLINED,
    GIVEN_UP,
    HOTLINE,
    ISSUED,
    KEY,
    NEARED,
    OPENED,
    OTHER_COUNTY,
    OTHER_KEY,
    PAUSED,
    REDELIVERY,
    REPLAYED,
    RESUMED,
    REVOKED,
    RULES,
    SOUGHT,
    SUBSCRIPTION_APPROVED,
    SUBSCRIPTION_ID,
    TOPIC_ID,
    TRIED,
    at,
)
from tests.spec import Spec, by

subscription = Spec(SUBSCRIPTION, RULES, now=at(10))
OPERATOR = by("operator", "operator", COUNTY)
OURS = Actor("lin", STAFF, COUNTY, HOTLINE)
OTHERS = Actor("bai", STAFF, COUNTY, "邻水县妇联")
PLATFORM = by("exchange", SYSTEM, EVERYWHERE)

ID = {"subscription_id": SUBSCRIPTION_ID}
OPEN = ask.OpenSubscription(**ID, area=COUNTY, agency_id=AGENCY_ID, agency=HOTLINE, **ASKED_FOR)
APPROVE = ask.ApproveSubscription(**ID)
DECLINE = ask.DeclineSubscription(**ID, reason="超出职责范围")
ISSUE = ask.IssueCredentials(**ID, key_sha256=KEY)
ROTATE = ask.IssueCredentials(**ID, key_sha256=OTHER_KEY, old_hours=24)
PAUSE = ask.PauseSubscription(**ID, reason="系统检修")
RESUME = ask.ResumeSubscription(**ID)
REPLAY = ask.ReplaySubscription(**ID, since=at(8))
REVOKE = ask.RevokeSubscription(**ID, reason="不再需要")
REDELIVER = ask.RedeliverMessages(**ID, message_id=TOPIC_ID)
TRY = ask.TryWebhook(**ID)
WARN = ask.WarnOfRetention(**ID, waiting=12, oldest_at=at(8), lost_at=at(20))
GIVE_UP = ask.WarnOfGivenUp(**ID, given_up=3)

ASKED = (OPENED,)
LIVE = (OPENED, SUBSCRIPTION_APPROVED, ISSUED)
ROTATED = CredentialsIssued(
    **ID, key_sha256=OTHER_KEY, secret="", issued_at=at(10), old_until=at(10) + timedelta(hours=24)
)


def test_what_an_agency_asked_for_waits() -> None:
    subscription.when(OPEN, PLATFORM).then(OPENED, SOUGHT)
    subscription.given(*ASKED).when(OPEN, PLATFORM).then_nothing()


def test_it_is_approved_by_who_is_in_charge_of_all_its_areas() -> None:
    subscription.given(*ASKED).when(APPROVE, OPERATOR).then(SUBSCRIPTION_APPROVED)
    subscription.given(OPENED, SUBSCRIPTION_APPROVED).when(APPROVE, OPERATOR).then_nothing()
    wider = OPENED.model_copy(update={"areas": (COUNTY, OTHER_COUNTY)})
    subscription.given(wider).when(APPROVE, OPERATOR).then_refused(
        "areas-not-yours", area=OTHER_COUNTY
    )


def test_what_is_declined_is_over() -> None:
    subscription.given(*ASKED).when(DECLINE, OPERATOR).then(DECLINED)
    over = subscription.given(OPENED, DECLINED)
    over.when(APPROVE, OPERATOR).then_refused(
        "not-now", command="ApproveSubscription", subscription="Over"
    )


def test_no_key_before_it_is_approved() -> None:
    subscription.given(*ASKED).when(ISSUE, OURS).then_refused(
        "not-now", command="IssueCredentials", subscription="Asked"
    )


def test_a_key_is_issued_once_and_rotated_with_some_hours_for_the_old_one() -> None:
    approved = subscription.given(OPENED, SUBSCRIPTION_APPROVED)
    approved.when(ISSUE, OURS).then(ISSUED, CHANGED)
    subscription.given(*LIVE).when(ISSUE, OURS).then_nothing()
    changed = CHANGED.model_copy(update={"old_until": ROTATED.old_until})
    subscription.given(*LIVE).when(ROTATE, OURS).then(ROTATED, changed)
    rotated = subscription.given(*LIVE, ROTATED)
    rotated.when(ISSUE, OURS).then_refused("key-used-before")


def test_the_old_key_is_good_for_those_hours_and_the_new_one_for_longer() -> None:
    live = SUBSCRIPTION.fold([*LIVE, ROTATED])
    assert isinstance(live, Live)
    assert ROTATED.old_until == live.good_until(KEY, at(11))
    assert ROTATED.old_until
    assert live.good_until(KEY, ROTATED.old_until) is None
    assert live.good_until(OTHER_KEY, ROTATED.old_until) is not None
    assert live.good_until("", at(11)) is None


def test_no_key_is_good_while_it_is_paused() -> None:
    live = SUBSCRIPTION.fold([*LIVE, PAUSED])
    assert isinstance(live, Live)
    assert live.good_until(KEY, at(11)) is None


@pytest.mark.parametrize("command", [ISSUE, PAUSE, RESUME, REPLAY, REDELIVER, TRY, REVOKE])
def test_other_agencies_touch_nothing(command: ask.SubscriptionCommand) -> None:
    subscription.given(OPENED, SUBSCRIPTION_APPROVED).when(command, OTHERS).then_refused(
        "not-your-agency"
    )


def test_a_secret_is_for_webhooks_and_they_have_one() -> None:
    secret = ISSUE.model_copy(update={"secret": "sealed"})
    approved = subscription.given(OPENED, SUBSCRIPTION_APPROVED)
    approved.when(secret, OURS).then_refused("secret-of-webhooks", channel="nats")
    webhook = OPENED.model_copy(update={"channel": "webhook", "url": "https://example.org/"})
    approved = subscription.given(webhook, SUBSCRIPTION_APPROVED)
    approved.when(ISSUE, OURS).then_refused("secret-of-webhooks", channel="webhook")
    approved.when(secret, OURS).then(ISSUED.model_copy(update={"secret": "sealed"}), CHANGED)


@pytest.mark.parametrize(("command", "fact"), [(REDELIVER, REDELIVERY), (TRY, TRIED)])
def test_a_webhook_is_tried_and_sent_again_what_it_missed(
    command: ask.SubscriptionCommand, fact: SubscriptionEvent
) -> None:
    webhook = OPENED.model_copy(update={"channel": "webhook", "url": "https://example.org/"})
    approved = (webhook, SUBSCRIPTION_APPROVED)
    issued = ISSUED.model_copy(update={"secret": "sealed"})
    for actor in (OURS, OPERATOR):
        subscription.given(*approved, issued).when(command, actor).then(fact)
    subscription.given(*approved).when(command, OURS).then_refused("no-credentials-yet")
    subscription.given(*LIVE).when(command, OURS).then_refused("only-webhooks", channel="nats")


def test_everybody_lets_go_of_the_own_hold_only() -> None:
    by_operator = SubscriptionPaused(**ID, hold="by-operator", reason="系统检修")
    subscription.given(*LIVE).when(PAUSE, OURS).then(PAUSED)
    subscription.given(*LIVE, PAUSED).when(PAUSE, OURS).then_nothing()
    subscription.given(*LIVE, PAUSED).when(PAUSE, OPERATOR).then(by_operator)
    both = subscription.given(*LIVE, PAUSED, by_operator)
    both.when(RESUME, OURS).then(RESUMED)
    left = subscription.given(*LIVE, PAUSED, by_operator, RESUMED)
    left.when(RESUME, OURS).then_refused("held-by-others", by=["by-operator"])
    subscription.given(*LIVE).when(RESUME, OURS).then_nothing()


def test_it_is_told_again_from_one_point() -> None:
    subscription.given(*LIVE).when(REPLAY, OURS).then(REPLAYED)
    for given in ({}, {"since": at(8), "after": 3}):
        with pytest.raises(ValidationError):
            ask.ReplaySubscription(**ID, **given)


def test_who_is_behind_is_warned_once_a_day() -> None:
    subscription.given(*LIVE).when(WARN, PLATFORM).then(NEARED)
    warned = subscription.given(*LIVE, NEARED)
    soon = WARN.model_copy(update={"lost_at": at(20) + timedelta(hours=23)})
    warned.when(soon, PLATFORM).then_nothing()
    later = {"lost_at": at(20) + timedelta(days=1)}
    warned.when(WARN.model_copy(update=later), PLATFORM).then(NEARED.model_copy(update=later))


def test_who_lost_messages_is_warned_once_a_day() -> None:
    subscription.given(*LIVE).when(GIVE_UP, PLATFORM).then(GIVEN_UP)
    warned = subscription.given(*LIVE, GIVEN_UP)
    warned.when(GIVE_UP, PLATFORM).then_nothing()
    tomorrow = at(10) + timedelta(days=1)
    more = GIVEN_UP.model_copy(update={"given_up_at": tomorrow})
    warned.at(tomorrow).when(GIVE_UP, PLATFORM).then(more)


def test_what_is_revoked_is_over_for_good() -> None:
    for actor in (OURS, OPERATOR, PLATFORM):
        subscription.given(*LIVE).when(REVOKE, actor).then(REVOKED)
    over = subscription.given(*LIVE, REVOKED)
    over.when(REVOKE, OURS).then_nothing()
    over.when(ISSUE, OURS).then_refused("not-now", command="IssueCredentials", subscription="Over")
