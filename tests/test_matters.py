"""The demo's matters, told without a server: commands decided in memory, policies run at once."""

from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid5

import pytest

from deploy.tongxin.story import Matter, Step, accounts, read
from services.meetings import domain as meetings
from services.meetings import policies as meetings_policies
from services.meetings.rules import MeetingRules
from services.outcomes import domain as outcomes
from services.outcomes import policies as outcomes_policies
from services.outcomes.rules import OutcomeRules
from services.topics import domain as topics
from services.topics import policies as topics_policies
from services.topics.rules import TopicRules
from shared.kernel.areas import contains
from shared.kernel.decider import Context
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Refused
from shared.kernel.message import SYSTEM, Actor, Command, Event
from shared.kernel.policy import hear
from shared.runtime import clock
from shared.runtime.charter import Charters

CHARTERS = Charters(Path(__file__).parents[1] / "deploy" / "charters")
SERVICES = {
    "topics": (topics.DECIDERS, topics_policies.POLICIES, TopicRules),
    "meetings": (meetings.DECIDERS, meetings_policies.POLICIES, MeetingRules),
    "outcomes": (outcomes.DECIDERS, outcomes_policies.POLICIES, OutcomeRules),
}
SEALED = f"sealed:1:{UUID(int=0)}:{'A' * 40}"
MATTERS = {matter.key: matter for matter in read()}
PEOPLE = {
    one["login"]: Actor(one["login"], one["role"], one["within"], one["unit"]) for one in accounts()
}


class County:
    """Every stream of a county, and the services that say something there."""

    def __init__(self) -> None:
        self.streams: defaultdict[UUID, list[Event]] = defaultdict(list)
        self.areas: dict[UUID, str] = {}

    def ask(self, command: Command, actor: Actor) -> None:
        """Decide, and let everybody hear what is said. Raises Refused."""
        service, decider = next(
            (name, decider)
            for name, (deciders, _, _) in SERVICES.items()
            for decider in deciders
            if type(command) in decider.asked()
        )
        stream = decider.stream(command)
        area = self.areas.setdefault(stream, getattr(command, "area", ""))
        assert actor.role in command.may
        assert contains(actor.area, area)
        rules = CHARTERS.current(area, clock.today()).rules(service, SERVICES[service][2])
        past = self.streams[stream]
        said = decider.decide(command, decider.fold(past), Context(clock.now(), actor, rules))
        for fact in said:
            past.append(fact)
            self._heard(service, fact, stream)

    def _heard(self, source: str, fact: Event, stream: UUID) -> None:
        envelope = _envelope(fact, stream, self.areas[stream])
        for _, policies, _ in SERVICES.values():
            for policy in policies:
                if (policy.hears.source, policy.hears.__name__) != (source, envelope.type):
                    continue
                for command in policy.commands(hear(policy.hears, envelope)):
                    self.ask(command, Actor(policy.name, SYSTEM, "0" * 12))

    def said(self) -> set[str]:
        """The names of everything that was said."""
        return {type(fact).__name__ for facts in self.streams.values() for fact in facts}


def _envelope(fact: Event, stream: UUID, area: str) -> Envelope:
    return Envelope(
        position=0,
        stream=stream,
        category="",
        revision=0,
        id=uuid5(stream, fact.model_dump_json()),
        type=type(fact).__name__,
        version=fact.version,
        area=area,
        charter="511623@1",
        actor="",
        at=clock.now(),
        causation=stream,
        correlation=stream,
        data=fact.model_dump_json().encode(),
    )


def tell(matter: Matter) -> tuple[County, list[tuple[str, str]]]:
    """The county afterwards, and which commands were refused with which code."""
    county, refused = County(), []
    for step in matter.steps:
        code = _refusal(county, step)
        assert step.refused == code, f"{step.command.__name__} by {step.who}: {code}"
        if code:
            refused.append((step.command.__name__, code))
    return county, refused


def _refusal(county: County, step: Step) -> str:
    """The code of the refusal; nothing where there is none."""
    try:
        county.ask(_command(step), PEOPLE[step.who])
    except Refused as no:
        return no.code
    return ""


def _command(step: Step) -> Command:
    private = {
        name: SEALED
        for name, field in step.command.model_json_schema()["properties"].items()
        if field.get("sealed") and name in step.data
    }
    told = replace(step, data=step.data | private)
    return told.command.model_validate(told.data)


@pytest.mark.parametrize("key", ["beichen", "weizi", "leiguping"])
def test_a_matter_reaches_its_closure_through_every_stage(key: str) -> None:
    county, _ = tell(MATTERS[key])
    stages = {
        "TopicProposed",
        "TopicCriteriaAssessed",
        "TopicReportFiled",
        "TopicApproved",
        "ResearchReportFiled",
        "PartiesDetermined",
        "WorkPlanIssued",
        "ConsultationScheduled",
        "PriorNoticeGiven",
        "MeetingHeld",
        "OutcomeAdopted",
        "FollowUpConducted",
        "FeedbackGiven",
        "OutcomeClosed",
        "TopicClosed",
    }
    assert set() == stages - county.said()


def test_a_personal_appeal_is_handed_on_and_never_becomes_a_topic() -> None:
    county, refused = tell(MATTERS["appeal"])
    assert {"LeadSubmitted", "PersonalAppealTransferred", "TransferAcknowledged"} == county.said()
    assert [("AdoptLead", "personal-appeal")] == refused


def test_the_demo_shows_what_is_refused() -> None:
    refused = {no for matter in MATTERS.values() for no in tell(matter)[1]}
    assert {
        ("ScheduleConsultation", "no-research"),
        ("ReviewTopic", "own-topic"),
        ("AdoptLead", "personal-appeal"),
        ("CloseOutcome", "not-yet"),
    } <= refused
