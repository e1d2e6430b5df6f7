"""Which words of which steps are for everybody. A word that stands nowhere here goes nowhere.

What is public is what the view `commons` of the portal shows; this is the same rule for others.
"""

import re
from collections.abc import Callable
from typing import Any

from pydantic_core import to_jsonable_python

from services.exchange import heard
from services.exchange.domain.publication.commands import PublishFact
from services.exchange.heard import LooseStep, Step
from services.exchange.words import Kind
from shared.kernel.policy import Policy


def publish[S: Step | LooseStep](
    step: type[S], kind: Kind, *says: str, **otherwise: Callable[[S], Any]
) -> Policy[S]:
    """Tell these words of a step, under the name of the contract; some under `otherwise`.

    Nothing is told of a step that does not say of which matter it is.
    """

    def react(fact: S) -> PublishFact | None:
        if fact.topic_id is None:
            return None
        words = {name: getattr(fact, name) for name in says}
        words |= {name: told(fact) for name, told in otherwise.items()}
        return PublishFact(
            publication_id=fact.topic_id,
            area=fact.area,
            kind=kind,
            said=to_jsonable_python(words),
            happened_at=fact.at,
        )

    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", kind).lower()
    return Policy(f"publish_{name}", step, react)


def _to_the_people(fact: heard.FeedbackGiven) -> str | None:
    """What members are told is for them."""
    return fact.content if fact.to == "people" else None


# fmt: off
PUBLISHING = (
    publish(heard.TopicProposed, "TopicProposed", "title", "origin"),
    publish(heard.TopicApproved, "TopicApproved", "title"),
    publish(heard.TopicPublicised, "TopicPublicised", "where"),
    publish(heard.TopicClosed, "TopicClosed", "title"),
    publish(heard.TopicEnded, "TopicEnded", "title"),
    publish(heard.TopicReopened, "TopicReopened", "title", "round"),
    publish(heard.ConsultationScheduled, "ConsultationScheduled",
            "consultation_id", "starts", "place", "form", "mode"),
    publish(heard.ConsultationPostponed, "ConsultationPostponed", "consultation_id"),
    publish(heard.ConsultationCancelled, "ConsultationCancelled", "consultation_id"),
    publish(heard.CommitmentMade, "CommitmentMade", "consultation_id", "unit", "promise", "due"),
    publish(heard.MeetingHeld, "MeetingHeld", "consultation_id", "place", "form", "mode"),
    publish(heard.MinutesIssued, "MinutesIssued", "outcome_id", "number"),
    publish(heard.OutcomeSubmitted, "OutcomeSubmitted", "outcome_id"),
    publish(heard.OutcomeAdopted, "OutcomeAdopted", "outcome_id"),
    publish(heard.ItemAssigned, "ItemAssigned", "outcome_id", "assignment_id", "item_no", "due",
            unit=lambda fact: fact.lead_unit),
    publish(heard.DeadlineExtended, "DeadlineExtended", "unit", "due",
            assignment_id=lambda fact: fact.deadline_id),
    publish(heard.HandlingReplied, "HandlingReplied", "assignment_id", "unit", "result_class"),
    publish(heard.HandlingRejected, "HandlingRejected", "assignment_id"),
    publish(heard.FollowUpConducted, "FollowUpConducted", "assignment_id", "passed"),
    publish(heard.SolutionConfirmed, "SolutionConfirmed", "assignment_id"),
    publish(heard.SolutionDisputed, "SolutionDisputed", "assignment_id"),
    publish(heard.FeedbackGiven, "FeedbackGiven", "outcome_id", "to", content=_to_the_people),
    publish(heard.EvaluationTallied, "EvaluationTallied",
            "evaluation_id", "of", "voters", "taken", "cast", "counts", "verdict"),
    publish(heard.CasePublished, "CasePublished", "case_id", "headline"),
    publish(heard.MediaReported, "MediaReported", "outcome_id", "outlet", "headline"),
)
# fmt: on
