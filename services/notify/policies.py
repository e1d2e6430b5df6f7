"""Who is told what, and which clocks run."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid5

from services.notify import heard
from services.notify.domain.deadline.commands import (
    ExtendDeadline,
    LiftDeadline,
    MeetDeadline,
    SetDeadline,
)
from services.notify.domain.notice.commands import SendNotice
from services.notify.words import (
    Text,
    day,
    to_account,
    to_agency,
    to_role,
    to_topic,
    to_unit,
)
from services.notify.words.channels import TEST
from shared.kernel.areas import county
from shared.kernel.policy import Policy, policy

type Told = Callable[[Any], Sequence[str]]
"""Who is told about a step: recipients, as `words` writes them."""


def submitter(step: heard.LeadAdopted | heard.LeadScreenedOut | heard.LeadMerged) -> list[str]:
    """Who brought the lead."""
    return [to_account(step.submitter)]


def followers(step: heard.OfTopic) -> list[str]:
    """Who follows the matter: proposed, and then never silence."""
    return [to_topic(step.topic_id)]


def units(step: heard.ItemAssigned) -> list[str]:
    """Every unit that has to act."""
    return [to_unit(unit, step.area) for unit in (step.lead_unit, *step.assist_units)]


def both_units(step: heard.AssignmentArbitrated) -> list[str]:
    """Those that handle it from now on, and the one that handed it over."""
    named = (step.lead_unit, *step.assist_units, step.former_unit)
    return [to_unit(unit, step.area) for unit in named if unit]


def unit(step: heard.HandlingRejected | heard.OfClock) -> list[str]:
    """The unit that has to reply."""
    return [to_unit(step.unit, step.area)]


def those_told(step: heard.FeedbackGiven) -> list[str]:
    """Members hear it as members, the people as those who follow the matter."""
    return all_who_are("member")(step) if step.to == "members" else followers(step)


def agency(step: heard.OfAgency) -> list[str]:
    """The people of the agency."""
    return [to_agency(step.agency, step.area)]


def approvers(step: heard.ApprovalSought) -> list[str]:
    """Operators who are in charge of all its areas."""
    return [to_role("operator", step.all_areas)]


def all_who_are(role: str) -> Callable[[heard.Step], list[str]]:
    """All who hold this role for the place."""
    return lambda step: [to_role(role, step.area)]


staff = all_who_are("cppcc")
convenors = all_who_are("convenor")
members = all_who_are("member")
party = all_who_are("party")
leaders = all_who_are("leader")
operators = all_who_are("operator")


def staff_of_county(step: heard.Step) -> list[str]:
    """县政协机关: who holds the office in the county where it lies."""
    return [to_role("cppcc", county(step.area).ljust(12, "0"))]


def next_level(step: heard.DeadlineEscalated) -> list[str]:
    """县政协机关 → 县领导 → 县委办: who holds the office in the county of the matter."""
    role = {"staff": "cppcc", "leaders": "leader", "party-office": "party"}[step.to]
    return [to_role(role, county(step.area).ljust(12, "0"))]


def tell[S: heard.Step](step: type[S], text: Text, *told: Told, says: Sequence[str]) -> Policy[S]:
    """One notice for each of those told, with these fields of the fact as its parameters."""

    def react(fact: S) -> list[SendNotice]:
        recipients = dict.fromkeys(one for some in told for one in some(fact))
        return [
            SendNotice(
                notice_id=uuid5(fact.fact_id, to),
                area=fact.area,
                topic_id=fact.topic_id if isinstance(fact, heard.OfTopic) else None,
                to=to,
                text=text,
                params={name: str(getattr(fact, name)) for name in says},
                because=f"{fact.source}:{fact.position}",
            )
            for to in recipients
        ]

    return Policy(f"tell_{text.replace('-', '_')}", step, react)


def try_the_channel(fact: heard.ChannelTried) -> SendNotice:
    """A test goes the way of every notice."""
    return SendNotice(
        notice_id=uuid5(fact.fact_id, "try"),
        area=fact.area,
        to=to_account(str(fact.subscription_id)),
        text=TEST,
        params={"channel": fact.channel},
        because=f"notify:{fact.position}",
    )


def start_the_clock(fact: heard.ItemAssigned) -> SetDeadline:
    """One assignment, one deadline, and the reason for its day."""
    by_charter = fact.due_set_by == "charter"
    return SetDeadline(
        deadline_id=fact.assignment_id,
        area=fact.area,
        topic_id=fact.topic_id,
        unit=fact.lead_unit,
        since=day(fact.at),
        due=fact.due,
        why="reply-days-of-the-charter" if by_charter else "set-by-the-assigner",
        params={"from": str(day(fact.at))},
    )


def lift_the_deadline(fact: heard.AssignmentReturned) -> LiftDeadline:
    """The next unit gets a clock of its own."""
    return LiftDeadline(deadline_id=fact.assignment_id)


def stop_the_clock(fact: heard.HandlingReplied) -> MeetDeadline:
    """As of the moment of the reply."""
    return MeetDeadline(deadline_id=fact.assignment_id, met_at=fact.at)


def restart_the_clock(fact: heard.HandlingRejected) -> SetDeadline:
    """The same deadline with another day."""
    return SetDeadline(
        deadline_id=fact.assignment_id,
        area=fact.area,
        topic_id=fact.topic_id,
        unit=fact.unit,
        since=day(fact.at),
        due=fact.due,
        why="clock-restarted",
        params={"from": str(day(fact.at)), "reason": fact.reason},
    )


def hand_over_the_clock(fact: heard.AssignmentArbitrated) -> SetDeadline:
    """The unit that an authority decided on has days of its own."""
    return SetDeadline(
        deadline_id=fact.assignment_id,
        area=fact.area,
        topic_id=fact.topic_id,
        unit=fact.lead_unit,
        since=day(fact.at),
        due=fact.due,
        why="set-by-arbitration",
        params={"from": str(day(fact.at)), "reason": fact.reason},
    )


def extend_the_deadline(fact: heard.ExtensionGranted) -> ExtendDeadline:
    """Those who assigned the item granted another day."""
    return ExtendDeadline(deadline_id=fact.assignment_id, due=fact.due, reason=fact.reason)


# fmt: off
POLICIES = (
    tell(heard.LeadAdopted, "lead-adopted", submitter, says=["title"]),
    tell(heard.LeadScreenedOut, "lead-screened-out", submitter, says=["reason"]),
    tell(heard.PersonalAppealTransferred, "appeal-transferred", submitter, says=["to_unit"]),
    tell(heard.LeadReturnedForFix, "lead-returned", submitter, says=["reason"]),
    tell(heard.LeadMerged, "lead-merged", submitter, says=["other", "reason"]),
    tell(heard.LeadUnmerged, "lead-unmerged", submitter, says=["other", "reason"]),
    tell(heard.LeadSplit, "lead-split", submitter, says=["into", "reason"]),
    tell(heard.TopicProposed, "topic-proposed", staff, says=["title"]),
    tell(heard.TopicReportFiled, "topic-reported", party, says=["to"]),
    tell(heard.TopicApproved, "topic-approved", followers, convenors, says=["title"]),
    tell(heard.TopicReturned, "topic-returned", followers, says=["body", "reason"]),
    tell(heard.TopicClosed, "topic-closed", followers, says=["title"]),
    tell(heard.TopicEnded, "topic-ended", followers, says=["title", "reason"]),
    tell(heard.ConsultationPostponed, "consultation-postponed", followers, members,
         says=["reason"]),
    tell(heard.ConsultationCancelled, "consultation-cancelled", followers, members,
         says=["reason"]),
    tell(heard.ConsultationScheduled, "consultation-scheduled", followers, members,
         says=["title", "starts", "place"]),
    tell(heard.MeetingHeld, "meeting-held", followers, staff, says=["title"]),
    tell(heard.OutcomeSubmitted, "outcome-submitted", party, leaders, says=[]),
    tell(heard.OutcomeAdopted, "outcome-adopted", followers, staff, says=["body", "instruction"]),
    tell(heard.ItemAssigned, "item-assigned", units, followers, says=["lead_unit", "text", "due"]),
    tell(heard.AssignmentReturned, "assignment-returned", party, leaders,
         says=["unit", "reason", "counter_proposal"]),
    tell(heard.AssignmentArbitrated, "assignment-arbitrated", both_units, followers,
         says=["lead_unit", "reason", "due"]),
    tell(heard.HandlingReplied, "handling-replied", followers, staff,
         says=["unit", "result_class"]),
    tell(heard.HandlingRejected, "handling-rejected", unit, says=["reason", "due"]),
    tell(heard.FollowUpScheduled, "follow-up-scheduled", staff, says=["kind", "due", "led_by"]),
    tell(heard.FeedbackGiven, "feedback-given", those_told, says=["content"]),
    tell(heard.DeadlineBreached, "deadline-breached", unit, staff, says=["unit", "due"]),
    tell(heard.DeadlineEscalated, "deadline-escalated", next_level, unit,
         says=["unit", "due", "days_late", "to"]),
    tell(heard.ReminderSent, "deadline-reminded", unit, says=["due", "days_left"]),
    tell(heard.WarningLevelRaised, "deadline-warned", unit, staff,
         says=["unit", "due", "level", "days_left"]),
    tell(heard.DeadlinePaused, "deadline-paused", unit, followers, says=["unit", "reason"]),
    tell(heard.DeadlineResumed, "deadline-resumed", unit, followers, says=["unit", "due"]),
    tell(heard.DeadlineExtended, "deadline-extended", unit, followers,
         says=["unit", "due", "reason"]),
    tell(heard.ApprovalSought, "subscription-asked", approvers,
         says=["agency", "purpose", "subscription_id"]),
    tell(heard.SubscriptionApproved, "subscription-approved", agency, says=["subscription_id"]),
    tell(heard.SubscriptionDeclined, "subscription-declined", agency,
         says=["reason", "subscription_id"]),
    tell(heard.SubscriptionRevoked, "subscription-revoked", agency,
         says=["reason", "subscription_id"]),
    tell(heard.CredentialsChanged, "credentials-changed", agency, says=["subscription_id"]),
    tell(heard.RetentionNeared, "retention-neared", agency, operators,
         says=["agency", "waiting", "lost_at", "subscription_id"]),
    tell(heard.MessagesGivenUp, "messages-given-up", agency, says=["given_up", "subscription_id"]),
    tell(heard.DispatchOffered, "dispatch-offered", agency, says=["title", "due", "dispatch_id"]),
    tell(heard.DispatchReminded, "dispatch-late", agency, staff_of_county,
         says=["agency", "title", "nth", "dispatch_id"]),
    policy(try_the_channel),
    policy(start_the_clock),
    policy(lift_the_deadline),
    policy(stop_the_clock),
    policy(restart_the_clock),
    policy(hand_over_the_clock),
    policy(extend_the_deadline),
)
# fmt: on
