"""Minutes are worded part by part, and nobody's words are lost to somebody faster."""

from services.outcomes.domain.outcome import commands as ask
from services.outcomes.domain.outcome.decide import OUTCOME
from tests.outcomes.examples import DRAFTED, ISSUED, LINSHUI, OUTCOME_ID, SAVED
from tests.spec import Spec

outcome = Spec(OUTCOME, LINSHUI)


def save(text: str = SAVED.text, base: int = 0) -> ask.SaveMinutes:
    """Word the consensus anew."""
    return ask.SaveMinutes(outcome_id=OUTCOME_ID, section="minutes-consensus", base=base, text=text)


def test_a_part_is_worded() -> None:
    outcome.given(DRAFTED).when(save()).then(SAVED)


def test_it_may_be_worded_again() -> None:
    again = SAVED.model_copy(update={"nth": 2, "text": "一、增设中心。"})
    outcome.given(DRAFTED, SAVED).when(save("一、增设中心。", 1)).then(again)


def test_the_same_words_twice_are_said_once() -> None:
    outcome.given(DRAFTED, SAVED).when(save()).then_nothing()


def test_who_wrote_over_an_older_wording_is_told_so() -> None:
    outcome.given(DRAFTED, SAVED).when(save("别的文字")).then_refused(
        "edited-meanwhile", versions=1
    )


def test_another_part_is_another_text() -> None:
    other = save().model_copy(update={"section": "minutes-dissent"})
    outcome.given(DRAFTED, SAVED).when(other).then(
        SAVED.model_copy(update={"section": "minutes-dissent"})
    )


def test_what_was_issued_is_not_worded_any_more() -> None:
    outcome.given(DRAFTED, SAVED, ISSUED).when(save("晚了", 1)).then_refused(
        "not-now", command="SaveMinutes", outcome="Issued"
    )
