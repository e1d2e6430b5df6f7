"""What meetings does when it hears something."""

from services.meetings.heard import ResearchReportFiled, TopicApproved, TopicReopened
from services.meetings.policies import (
    note_the_research,
    plan_a_consultation,
    plan_another_consultation,
)
from tests.meetings.examples import (
    GUANYINQIAO,
    PLAN,
    PLANNED,
    REPORT_FILED,
    SYSTEM_ITSELF,
    TITLE,
    TOPIC_ID,
    consultation,
    note,
    noted,
)

APPROVED = TopicApproved(topic_id=TOPIC_ID, area=GUANYINQIAO, title=TITLE, proposer="lin")
FILED = ResearchReportFiled.model_validate({**REPORT_FILED.model_dump(), "area": GUANYINQIAO})


def test_an_approved_topic_is_consulted_on() -> None:
    assert PLAN == plan_a_consultation(APPROVED)


def test_a_report_is_noted_where_it_opens_the_gate() -> None:
    assert note() == note_the_research(FILED)


def test_report_and_approval_meet_in_one_stream_whichever_comes_first() -> None:
    consultation.given(noted()).when(plan_a_consultation(APPROVED), SYSTEM_ITSELF).then(PLANNED)
    consultation.given(PLANNED).when(note_the_research(FILED), SYSTEM_ITSELF).then(noted())


def test_a_matter_that_is_taken_up_again_is_researched_and_consulted_on_again() -> None:
    again = TopicReopened(topic_id=TOPIC_ID, area=GUANYINQIAO, title=TITLE, proposer="lin", round=2)
    second = plan_another_consultation(again)
    assert second.consultation_id != PLAN.consultation_id
    assert PLAN == second.model_copy(update={"consultation_id": PLAN.consultation_id})
    filed = FILED.model_copy(update={"round": 2})
    assert second.consultation_id == note_the_research(filed).consultation_id
