"""The matters of the demo, from lead to closure, across the real services."""

from base64 import b64decode
from collections import Counter
from uuid import UUID

import pytest

from deploy.tongxin.story import Matter, read
from shared.kernel.envelope import Envelope
from shared.runtime.jetstream import connect, request
from shared.runtime.wire import from_json
from tests.faults.checker import check
from tests.platform import Platform
from tests.telling import Told, tell

pytestmark = [pytest.mark.servers, pytest.mark.slow]

Logs = dict[str, list[Envelope]]


@pytest.fixture(scope="module")
async def logs(platform: Platform, told: Told) -> Logs:
    """Every log after the story, with all its promises checked."""
    return await check(platform.servers, [told])


def matter(key: str) -> Matter:
    """One matter of the story."""
    return next(matter for matter in read("journey") if matter.key == key)


def topic_of(key: str) -> UUID:
    """The topic of a matter."""
    return next(UUID(s.data["topic_id"]) for s in matter(key).steps if "topic_id" in s.data)


def facts_of(logs: Logs, key: str) -> list[Envelope]:
    """All facts of a matter's streams, and those of others that name its topic."""
    streams = {
        value
        for step in matter(key).steps
        for name, value in step.data.items()
        if name.endswith("_id")
    }
    topic = str(topic_of(key)).encode()
    return [
        fact
        for log in logs.values()
        for fact in log
        if str(fact.stream) in streams or topic in fact.data
    ]


@pytest.mark.parametrize("key", ["beichen", "weizi", "leiguping"])
def test_a_matter_goes_from_its_proposal_to_its_closure(logs: Logs, key: str) -> None:
    wanted = {
        "TopicProposed", "TopicCriteriaAssessed", "TopicReportFiled", "TopicReviewedByPartyBody",
        "TopicApproved", "TopicPublicised", "ResearchReportFiled", "ConsultationPlanned",
        "ResearchNoted", "PartiesDetermined", "WorkPlanIssued", "ConsultationScheduled",
        "PriorNoticeGiven", "ConsultationOpened", "MeetingHeld", "MinutesDrafted",
        "OutcomeSubmitted", "OutcomeAdopted", "ItemAssigned", "AssignmentOpened",
        "HandlingReplied", "FollowUpScheduled", "FollowUpConducted", "FeedbackGiven",
        "OutcomeClosed", "TopicClosed", "DeadlineSet", "NoticeSent",
    }  # fmt: skip
    assert set() == wanted - {fact.type for fact in facts_of(logs, key)}


def test_every_fact_of_a_matter_lies_in_its_place_and_lives_under_the_county_s_charter(
    logs: Logs,
) -> None:
    lived = {(fact.area, fact.charter) for fact in facts_of(logs, "beichen")}
    assert {("511623100013", "511623@1")} == lived


def test_each_refusal_of_the_story_was_given_with_its_facts(told: Told) -> None:
    given = {no.code: no.facts for _, no in told.refused}
    assert {"no-research", "own-topic", "not-yet", "personal-appeal"} == given.keys()
    assert {"filed": 0, "needed": 1} == given["no-research"]
    assert "feedback-to-people" in given["not-yet"]["missing"]


def test_what_was_refused_left_no_trace(told: Told, logs: Logs) -> None:
    for step, no in told.refused:
        if no.code == "personal-appeal":  # The others were accepted when their time had come.
            assert step.id not in {fact.causation for fact in logs[step.service]}


def test_a_personal_appeal_is_handed_on_and_never_becomes_a_topic(logs: Logs) -> None:
    lead = UUID(matter("appeal").steps[0].data["lead_id"])
    types = [fact.type for fact in logs["topics"] if fact.stream == lead]
    assert ["LeadSubmitted", "PersonalAppealTransferred", "TransferAcknowledged"] == types
    assert not [f for f in logs["topics"] if f.category == "topic" and str(lead) in str(f.data)]


def test_an_item_given_back_goes_to_another_unit_and_a_poor_reply_is_redone(logs: Logs) -> None:
    of_weizi = {fact.type for fact in facts_of(logs, "weizi")}
    assert {"AssignmentReturned", "HandlingRejected"} <= of_weizi


async def test_the_three_fixed_names_are_on_the_wire(platform: Platform, told: Told) -> None:
    client = await connect(platform.servers.login("admin"), "listener")
    try:
        for service, name in [
            ("topics", "topic.TopicProposed"),
            ("meetings", "consultation.MeetingHeld"),
            ("outcomes", "outcome.OutcomeAdopted"),
        ]:
            subject = f"ev.{service}.51.16.23.100.013.{name}"
            found = await request(client, f"STREAM.MSG.GET.{service}", {"last_by_subj": subject})
            fact = from_json(b64decode(found["message"]["data"]))
            assert (found["message"]["seq"], name.split(".")[1]) == (fact.position, fact.type)
    finally:
        await client.close()


async def test_told_again_the_story_adds_nothing(platform: Platform, logs: Logs) -> None:
    await tell(platform.servers, "journey")
    again = await check(platform.servers, [])
    assert {service: len(log) for service, log in logs.items()} == {
        service: len(log) for service, log in again.items()
    }


def test_each_command_was_handled_once(logs: Logs) -> None:
    for log in logs.values():
        spoken = Counter((fact.causation, fact.type, fact.data) for fact in log)
        assert 1 == max(spoken.values(), default=1)
