"""What others are told of a matter: nothing before it is public, and then all of it in order."""

import pytest
from pydantic import ValidationError

from services.exchange.domain.publication.commands import PublishFact
from services.exchange.domain.publication.decide import PUBLICATION
from tests.exchange.examples import (
    APPROVED,
    AREA,
    CLOSED,
    HELD_BACK,
    PROPOSED,
    PUBLICISED,
    RULES,
    TOPIC_ID,
    at,
    tell,
)
from tests.spec import Spec

publication = Spec(PUBLICATION, RULES)


def test_what_is_proposed_is_held_back() -> None:
    publication.given().when(tell(PROPOSED)).then(HELD_BACK)


def test_what_is_approved_is_public_with_all_that_came_before() -> None:
    publication.given(HELD_BACK).when(tell(APPROVED)).then(PROPOSED, APPROVED)


def test_what_is_posted_is_public_as_well() -> None:
    publication.given(HELD_BACK).when(tell(PUBLICISED)).then(PROPOSED, PUBLICISED)


def test_what_was_heard_too_early_is_said_in_its_turn() -> None:
    early = CLOSED.model_copy(update={"happened_at": at(23)})
    held_back = HELD_BACK.model_copy(
        update={"kind": "TopicClosed", "said": {"title": CLOSED.title}, "happened_at": at(23)}
    )
    publication.given(HELD_BACK).when(tell(early)).then(held_back)
    publication.given(held_back, HELD_BACK).when(tell(APPROVED)).then(PROPOSED, APPROVED, early)


def test_what_happens_to_a_public_matter_is_said_at_once() -> None:
    publication.given(PROPOSED, APPROVED).when(tell(CLOSED)).then(CLOSED)


@pytest.mark.parametrize("said", [{"title": "新"}, {"title": "新", "origin": "x", "proposer": "y"}])
def test_a_word_too_few_or_too_many_is_no_command(said: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match=r"origin|proposer"):
        PublishFact(
            publication_id=TOPIC_ID,
            area=AREA,
            kind="TopicProposed",
            said=dict(said),
            happened_at=at(9),
        )


def test_nobody_hears_what_is_held_back() -> None:
    assert frozenset({"FactHeldBack"}) == PUBLICATION.withheld
