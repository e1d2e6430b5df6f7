"""A person says how to be told, and which matters to follow; nobody else says it for them."""

from datetime import timedelta
from uuid import uuid5

import pytest

from services.notify.domain.subscription import commands as ask
from services.notify.domain.subscription.decide import FOLLOWS_MAX, SUBSCRIPTION
from tests.notify.examples import (
    ACCOUNT_ID,
    ADDRESS,
    AREA,
    CHOSEN,
    DEFAULT,
    FOLLOWED,
    GIVEN,
    REMOVED,
    TOPIC_ID,
    TRIED,
    UNFOLLOWED,
    WISHES,
)
from tests.spec import NOW, Spec, by

subscription = Spec(SUBSCRIPTION, DEFAULT)
ME = by(str(ACCOUNT_ID))
OF = {"subscription_id": ACCOUNT_ID, "area": AREA}
CHOOSE = ask.ChooseChannels(**OF, wishes=WISHES)
GIVE = ask.GiveAddress(**OF, channel="email", address=ADDRESS)
REMOVE = ask.RemoveAddress(**OF, channel="email")
TRY = ask.TryChannel(**OF, channel="email")
FOLLOW = ask.FollowMatter(**OF, topic_id=TOPIC_ID)
UNFOLLOW = ask.UnfollowMatter(**OF, topic_id=TOPIC_ID)


@pytest.mark.parametrize("command", [CHOOSE, GIVE, REMOVE, TRY, FOLLOW, UNFOLLOW])
def test_only_its_person_speaks_for_a_subscription(command: ask.SubscriptionCommand) -> None:
    subscription.given(GIVEN).when(command, by("lin")).then_refused("not-your-subscription")


def test_what_was_chosen_holds() -> None:
    subscription.given().when(CHOOSE, ME).then(CHOSEN)
    subscription.given(CHOSEN).when(CHOOSE, ME).then_nothing()


def test_an_address_is_given_and_taken_back() -> None:
    subscription.given().when(GIVE, ME).then(GIVEN)
    subscription.given(GIVEN).when(GIVE, ME).then_nothing()
    subscription.given(GIVEN).when(REMOVE, ME).then(REMOVED)
    subscription.given(GIVEN, REMOVED).when(REMOVE, ME).then_nothing()


def test_an_address_is_tried_where_there_is_one_and_not_all_the_time() -> None:
    subscription.given(GIVEN).when(TRY, ME).then(TRIED)
    subscription.given().when(TRY, ME).then_refused("no-address", channel="email")
    subscription.given(GIVEN, TRIED).when(TRY, ME).then_refused("tried-just-now", seconds=60)
    later = TRIED.model_copy(update={"tried_at": NOW + timedelta(minutes=1)})
    subscription.given(GIVEN, TRIED).at(later.tried_at).when(TRY, ME).then(later)


def test_a_matter_is_followed_and_left() -> None:
    subscription.given().when(FOLLOW, ME).then(FOLLOWED)
    subscription.given(FOLLOWED).when(FOLLOW, ME).then_nothing()
    subscription.given(FOLLOWED).when(UNFOLLOW, ME).then(UNFOLLOWED)
    subscription.given(UNFOLLOWED).when(UNFOLLOW, ME).then_nothing()
    subscription.given(UNFOLLOWED).when(FOLLOW, ME).then(FOLLOWED)


def test_who_brought_a_matter_may_leave_it_without_having_followed_it() -> None:
    subscription.given().when(UNFOLLOW, ME).then(UNFOLLOWED)


def test_nobody_follows_everything() -> None:
    many = [
        FOLLOWED.model_copy(update={"topic_id": uuid5(TOPIC_ID, str(n))})
        for n in range(FOLLOWS_MAX)
    ]
    subscription.given(*many).when(FOLLOW, ME).then_refused("follows-too-many", most=FOLLOWS_MAX)
    subscription.given(*many[1:]).when(FOLLOW, ME).then(FOLLOWED)
