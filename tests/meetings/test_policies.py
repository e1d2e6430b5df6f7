"""What meetings does when it hears something."""

from services.meetings.heard import ResearchReportFiled, TopicApproved
from services.meetings.policies import note_the_research, plan_a_consultation
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
