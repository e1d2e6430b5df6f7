"""Who is told what at each step, and which clocks start and stop."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.notify.domain.deadline.commands import (
    ExtendDeadline,
    LiftDeadline,
    MeetDeadline,
    SetDeadline,
)
from services.notify.domain.notice.commands import SendNotice
from services.notify.policies import POLICIES
from services.topics.domain.lead.commands import SubmitLead
from services.topics.domain.lead.decide import LEAD
from shared.kernel.decider import Context
from shared.kernel.message import Command
from tests.notify.examples import AREA, DEADLINE_ID, FACT_ID, HEALTH, NOTICE_ID, SENT, TOPIC_ID
from tests.spec import by

AT = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)  # already the third in China
TOPIC = f"topic:{TOPIC_ID}"
UNIT = f"unit:{HEALTH}@511623000000"
PLANNING = "unit:县自然资源和规划局@511623000000"


def role(name: str) -> str:
    return f"role:{name}@{AREA}"


def asked_on(name: str, **fields: Any) -> list[Command]:
    """All that is asked when such a fact is heard."""
    known = {"area": AREA, "at": AT, "fact_id": FACT_ID, "position": 7, "topic_id": TOPIC_ID}
    return [
        command
        for policy in POLICIES
        if policy.hears.__name__ == name
        for command in policy.commands(policy.hears.model_validate(known | fields))
    ]


ASSIGNED = {
    "assignment_id": DEADLINE_ID,
    "text": "增设社区卫生服务中心",
    "lead_unit": HEALTH,
    "assist_units": ["县自然资源和规划局"],
    "due": "2026-05-31",
    "due_set_by": "charter",
}
REJECTED = {
    "assignment_id": DEADLINE_ID,
    "unit": HEALTH,
    "reason": "门还锁着。",
    "due": "2026-08-29",
}
RETURNED = {
    "assignment_id": DEADLINE_ID,
    "unit": HEALTH,
    "reason": "不归我局",
    "counter_proposal": "乙局",
}
ARBITRATED = {
    "assignment_id": DEADLINE_ID,
    "lead_unit": "县自然资源和规划局",
    "former_unit": HEALTH,
    "reason": "选址是前提。",
    "due": "2026-05-28",
}
MERGED = {"into": str(TOPIC_ID), "reason": "r", "submitter": "he"}
MARK = {"unit": HEALTH, "due": "2026-05-31", "level": "red", "days_left": 3, "reason": "r"}
SUBSCRIBED = {"agency": "邻水县12345热线", "subscription_id": str(NOTICE_ID)}
HOTLINE = f"unit:邻水县12345热线@{AREA}"
SOUGHT = SUBSCRIBED | {"purpose": "p", "areas": ["511623100000", "511623101013"]}
OVER = SUBSCRIBED | {"reason": "r"}
DISPATCHED = {"agency": "邻水县12345热线", "title": "t", "due": AT, "dispatch_id": str(TOPIC_ID)}
REPLIED = {"assignment_id": DEADLINE_ID, "unit": HEALTH, "result_class": "A"}


@pytest.mark.parametrize(
    ("fact", "fields", "text", "told"),
    [
        ("LeadAdopted", {"title": "t", "submitter": "he"}, "lead-adopted", ["account:he"]),
        (
            "LeadScreenedOut",
            {"reason": "r", "submitter": "he"},
            "lead-screened-out",
            ["account:he"],
        ),
        (
            "LeadReturnedForFix",
            {"reason": "r", "submitter": "he"},
            "lead-returned",
            ["account:he"],
        ),
        ("LeadMerged", MERGED, "lead-merged", ["account:he"]),
        ("LeadUnmerged", MERGED, "lead-unmerged", ["account:he"]),
        (
            "LeadSplit",
            {"parts": [{"title": "a"}, {"title": "b"}], "reason": "r", "submitter": "he"},
            "lead-split",
            ["account:he"],
        ),
        (
            "AssignmentArbitrated",
            ARBITRATED,
            "assignment-arbitrated",
            [PLANNING, UNIT, TOPIC],
        ),
        (
            "PersonalAppealTransferred",
            {"to_unit": "县信访局", "submitter": "he"},
            "appeal-transferred",
            ["account:he"],
        ),
        ("TopicProposed", {"title": "t", "proposer": "lin"}, "topic-proposed", [role("cppcc")]),
        ("TopicReportFiled", {"to": "leading-group"}, "topic-reported", [role("party")]),
        ("TopicApproved", {"title": "t"}, "topic-approved", [TOPIC, role("convenor")]),
        ("TopicReturned", {"body": "b", "reason": "r"}, "topic-returned", [TOPIC]),
        ("TopicClosed", {"title": "t"}, "topic-closed", [TOPIC]),
        (
            "ConsultationScheduled",
            {"title": "t", "starts": AT, "place": "p"},
            "consultation-scheduled",
            [TOPIC, role("member")],
        ),
        ("MeetingHeld", {"title": "t"}, "meeting-held", [TOPIC, role("cppcc")]),
        ("OutcomeSubmitted", {}, "outcome-submitted", [role("party"), role("leader")]),
        (
            "OutcomeAdopted",
            {"body": "b", "instruction": "i"},
            "outcome-adopted",
            [TOPIC, role("cppcc")],
        ),
        ("ItemAssigned", ASSIGNED, "item-assigned", [UNIT, PLANNING, TOPIC]),
        ("AssignmentReturned", RETURNED, "assignment-returned", [role("party"), role("leader")]),
        ("HandlingReplied", REPLIED, "handling-replied", [TOPIC, role("cppcc")]),
        ("HandlingRejected", REJECTED, "handling-rejected", [UNIT]),
        (
            "FollowUpScheduled",
            {"kind": "look-back", "due": "2026-04-01", "led_by": "社法委"},
            "follow-up-scheduled",
            [role("cppcc")],
        ),
        ("FeedbackGiven", {"to": "people", "content": "c"}, "feedback-given", [TOPIC]),
        ("FeedbackGiven", {"to": "members", "content": "c"}, "feedback-given", [role("member")]),
        (
            "DeadlineBreached",
            {"unit": HEALTH, "due": "2026-05-31"},
            "deadline-breached",
            [UNIT, role("cppcc")],
        ),
        ("ReminderSent", MARK, "deadline-reminded", [UNIT]),
        ("WarningLevelRaised", MARK, "deadline-warned", [UNIT, role("cppcc")]),
        ("DeadlinePaused", {"unit": HEALTH, "reason": "r"}, "deadline-paused", [UNIT, TOPIC]),
        ("DeadlineResumed", MARK, "deadline-resumed", [UNIT, TOPIC]),
        ("DeadlineExtended", MARK, "deadline-extended", [UNIT, TOPIC]),
        ("ApprovalSought", SOUGHT, "subscription-asked", ["role:operator@511623000000"]),
        (
            "ApprovalSought",
            SOUGHT | {"areas": ["511623000000", "320105000000"]},
            "subscription-asked",
            ["role:operator@000000000000"],
        ),
        ("SubscriptionApproved", SUBSCRIBED, "subscription-approved", [HOTLINE]),
        ("SubscriptionDeclined", OVER, "subscription-declined", [HOTLINE]),
        ("SubscriptionRevoked", OVER, "subscription-revoked", [HOTLINE]),
        ("CredentialsChanged", SUBSCRIBED, "credentials-changed", [HOTLINE]),
        (
            "RetentionNeared",
            SUBSCRIBED | {"waiting": 12, "lost_at": AT},
            "retention-neared",
            [HOTLINE, role("operator")],
        ),
        ("MessagesGivenUp", SUBSCRIBED | {"given_up": 3}, "messages-given-up", [HOTLINE]),
        ("DispatchOffered", DISPATCHED, "dispatch-offered", [HOTLINE]),
        (
            "DispatchReminded",
            DISPATCHED | {"nth": 1},
            "dispatch-late",
            [HOTLINE, "role:cppcc@511623000000"],
        ),
    ],
)
def test_at_each_step_the_right_people_are_told(
    fact: str, fields: dict[str, Any], text: str, told: list[str]
) -> None:
    notices = [c for c in asked_on(fact, **fields) if isinstance(c, SendNotice)]
    assert told == [notice.to for notice in notices]
    assert {text} == {notice.text for notice in notices}
    assert {AREA} == {notice.area for notice in notices}


def test_an_agency_may_have_its_seat_in_a_province() -> None:
    (told,) = asked_on("SubscriptionApproved", **SUBSCRIBED | {"area": "510000000000"})
    assert isinstance(told, SendNotice)
    assert "unit:邻水县12345热线@510000000000" == told.to


def test_a_notice_carries_what_its_words_need() -> None:
    first = asked_on("ItemAssigned", **ASSIGNED)[0]
    assert SendNotice(**dict(SENT), area=AREA) == first


def test_the_same_fact_heard_twice_is_the_same_notice() -> None:
    once, twice = (asked_on("ItemAssigned", **ASSIGNED)[0] for _ in range(2))
    assert isinstance(once, SendNotice)
    assert once == twice
    assert NOTICE_ID == once.notice_id


def test_an_assigned_item_starts_a_clock_and_says_why() -> None:
    clock = SetDeadline(
        deadline_id=DEADLINE_ID,
        area=AREA,
        topic_id=TOPIC_ID,
        unit=HEALTH,
        since=date(2026, 3, 3),
        due=date(2026, 5, 31),
        why="reply-days-of-the-charter",
        params={"from": "2026-03-03"},
    )
    by_assigner = clock.model_copy(update={"why": "set-by-the-assigner"})
    assert clock in asked_on("ItemAssigned", **ASSIGNED)
    assert by_assigner in asked_on("ItemAssigned", **ASSIGNED | {"due_set_by": "assigner"})


def test_a_reply_stops_the_clock_at_its_own_time() -> None:
    assert MeetDeadline(deadline_id=DEADLINE_ID, met_at=AT) in asked_on(
        "HandlingReplied", **REPLIED
    )


def test_a_unit_that_gives_it_back_is_waited_for_no_more() -> None:
    assert LiftDeadline(deadline_id=DEADLINE_ID) in asked_on("AssignmentReturned", **RETURNED)


def test_a_rejected_reply_starts_the_clock_again() -> None:
    (clock,) = (c for c in asked_on("HandlingRejected", **REJECTED) if isinstance(c, SetDeadline))
    assert ("clock-restarted", date(2026, 8, 29)) == (clock.why, clock.due)
    assert date(2026, 3, 3) == clock.since
    assert {"from": "2026-03-03", "reason": "门还锁着。"} == clock.params


def test_more_time_that_was_granted_is_the_units() -> None:
    granted = {"assignment_id": DEADLINE_ID, "due": "2026-06-12", "reason": "情况属实。"}
    extend = ExtendDeadline(deadline_id=DEADLINE_ID, due=date(2026, 6, 12), reason="情况属实。")
    assert [extend] == asked_on("ExtensionGranted", **granted)


def test_whoever_brought_a_merged_lead_is_told_the_number_of_the_other() -> None:
    (told,) = asked_on("LeadMerged", **MERGED)
    assert isinstance(told, SendNotice)
    submitted = SubmitLead(
        lead_id=TOPIC_ID, area=AREA, title="路灯不亮", origin="resident", personal=False
    )
    (lead,) = LEAD.decide(submitted, LEAD.initial, Context(AT, by("he"), None))
    assert {"other": lead.receipt, "reason": "r"} == told.params


def test_the_unit_that_was_decided_on_gets_a_clock_of_its_own() -> None:
    *_, clock = asked_on("AssignmentArbitrated", **ARBITRATED)
    assert isinstance(clock, SetDeadline)
    assert ("县自然资源和规划局", date(2026, 5, 28), "set-by-arbitration") == (
        clock.unit, clock.due, clock.why,
    )  # fmt: skip
