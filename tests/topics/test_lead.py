"""What becomes of a lead."""

import pytest
from pydantic import ValidationError

from services.topics.domain.lead.commands import SubmitLead
from services.topics.domain.lead.decide import LEAD
from services.topics.domain.lead.events import LeadSubmitted
from shared.kernel.message import Command
from tests.spec import by
from tests.topics.counties import YINGSHAN
from tests.topics.examples import (
    ACKNOWLEDGE,
    ACKNOWLEDGED,
    ADOPT,
    ADOPT_WITH_EVIDENCE,
    ADOPTED,
    APPEALED,
    BEICHEN,
    CLERK,
    CONVENOR,
    LEAD_ID,
    POLICE,
    RECEIPT,
    RESIDENT,
    SCREEN_OUT,
    SCREENED_OUT,
    SUBMIT,
    SUBMIT_APPEAL,
    SUBMITTED,
    TRANSFER,
    TRANSFERRED,
    adopted,
    lead,
)


def test_whoever_brings_a_matter_gets_a_receipt() -> None:
    lead.given().when(SUBMIT, RESIDENT).then(SUBMITTED)


def test_a_receipt_belongs_to_one_lead() -> None:
    assert [("receipt", RECEIPT)] == LEAD.claims(SUBMITTED)


def test_only_the_receipt_is_claimed() -> None:
    assert () == LEAD.claims(ADOPTED)


def test_a_lead_is_submitted_once() -> None:
    lead.given(SUBMITTED).when(SUBMIT_APPEAL, RESIDENT).then_refused(
        "not-now", command="SubmitLead", lead="Submitted"
    )


def test_private_words_in_clear_are_not_taken() -> None:
    with pytest.raises(ValidationError, match="string_pattern_mismatch"):
        SubmitLead(
            lead_id=LEAD_ID,
            area=BEICHEN,
            title="增设社区卫生服务中心",
            origin="resident",
            contact="13800000000",
        )


def test_sealed_words_are_taken_as_they_are() -> None:
    sealed = f"sealed:1:{LEAD_ID}:{'A' * 40}=="
    said = lead.given().when(SUBMIT.model_copy(update={"words": sealed}), RESIDENT).said
    assert said
    assert isinstance(said[0], LeadSubmitted)
    assert sealed == said[0].words


def test_a_lead_is_turned_away_on_a_ground_of_the_charter() -> None:
    lead.given(SUBMITTED).when(SCREEN_OUT, CLERK).then(SCREENED_OUT)


def test_no_ground_is_invented() -> None:
    odd = SCREEN_OUT.model_copy(update={"category": "too-expensive"})
    no = lead.given(SUBMITTED).when(odd, CLERK).no
    assert no
    assert "no-such-exclusion" == no.code


def test_turning_away_twice_is_once() -> None:
    lead.given(SUBMITTED, SCREENED_OUT).when(SCREEN_OUT, CLERK).then_nothing()


def test_a_personal_appeal_is_not_turned_away_but_handed_on() -> None:
    lead.given(APPEALED).when(SCREEN_OUT, CLERK).then_refused("must-be-transferred")


def test_a_matter_of_oneself_or_kin_is_handed_on_however_it_was_brought() -> None:
    for_kin = SCREEN_OUT.model_copy(update={"category": "for-oneself-or-kin"})
    lead.given(SUBMITTED).when(for_kin, CLERK).then_refused("must-be-transferred")


def test_a_personal_appeal_is_transferred() -> None:
    lead.given(APPEALED).when(TRANSFER, CLERK).then(TRANSFERRED)


def test_transferring_to_the_same_unit_twice_is_once() -> None:
    lead.given(APPEALED, TRANSFERRED).when(TRANSFER, CLERK).then_nothing()


def test_a_transferred_appeal_is_not_transferred_elsewhere() -> None:
    elsewhere = TRANSFER.model_copy(update={"to_unit": "县民政局"})
    lead.given(APPEALED, TRANSFERRED).when(elsewhere, CLERK).then_refused(
        "not-now", command="TransferAppeal", lead="Transferred"
    )


def test_a_transferred_appeal_never_becomes_a_topic() -> None:
    lead.given(APPEALED, TRANSFERRED).when(ADOPT_WITH_EVIDENCE, CONVENOR).then_refused(
        "personal-appeal", to_unit="县公安局"
    )


def test_the_unit_confirms_with_its_own_number() -> None:
    lead.given(APPEALED, TRANSFERRED).when(ACKNOWLEDGE, POLICE).then(ACKNOWLEDGED)


def test_a_clerk_enters_what_a_unit_wrote_on_paper() -> None:
    lead.given(APPEALED, TRANSFERRED).when(ACKNOWLEDGE, CLERK).then(ACKNOWLEDGED)


def test_a_unit_does_not_confirm_for_another() -> None:
    lead.given(APPEALED, TRANSFERRED).when(ACKNOWLEDGE, by("he", "unit")).then_refused(
        "not-your-unit", unit="县公安局"
    )


def test_confirming_twice_with_one_number_is_once() -> None:
    lead.given(APPEALED, TRANSFERRED, ACKNOWLEDGED).when(ACKNOWLEDGE, CLERK).then_nothing()


def test_a_confirmed_transfer_keeps_its_number() -> None:
    other = ACKNOWLEDGE.model_copy(update={"receipt_no": "公户〔2026〕18号"})
    lead.given(APPEALED, TRANSFERRED, ACKNOWLEDGED).when(other, CLERK).then_refused(
        "already-acknowledged", receipt_no="公户〔2026〕17号"
    )


def test_what_was_not_transferred_is_not_confirmed() -> None:
    lead.given(APPEALED).when(ACKNOWLEDGE, CLERK).then_refused(
        "not-now", command="AcknowledgeTransfer", lead="Submitted"
    )


def test_a_matter_of_many_is_adopted() -> None:
    lead.given(SUBMITTED).when(ADOPT, CONVENOR).then(ADOPTED)


def test_adopting_twice_is_once() -> None:
    lead.given(SUBMITTED, ADOPTED).when(ADOPT, CLERK).then_nothing()


def test_a_personal_appeal_without_evidence_is_not_adopted() -> None:
    lead.given(APPEALED).when(ADOPT, CONVENOR).then_refused("individual-appeal", given=0, needed=1)


def test_named_evidence_makes_an_appeal_a_matter_of_many() -> None:
    lead.given(APPEALED).when(ADOPT_WITH_EVIDENCE, CONVENOR).then(adopted("41户联名,3月1日"))


def test_the_same_evidence_twice_is_one_piece() -> None:
    twice = ADOPT.model_copy(update={"evidence": ("41户联名,3月1日",) * 2})
    lead.under(YINGSHAN).given(APPEALED).when(twice, CONVENOR).then_refused(
        "individual-appeal", given=1, needed=2
    )


@pytest.mark.parametrize("command", [SCREEN_OUT, TRANSFER, ACKNOWLEDGE], ids=lambda c: c.label)
def test_an_adopted_lead_goes_no_other_way(command: Command) -> None:
    no = lead.given(SUBMITTED, ADOPTED).when(command, CLERK).no
    assert no
    assert "not-now" == no.code


def test_what_was_turned_away_is_not_adopted() -> None:
    lead.given(SUBMITTED, SCREENED_OUT).when(ADOPT, CONVENOR).then_refused(
        "not-now", command="AdoptLead", lead="ScreenedOut"
    )
