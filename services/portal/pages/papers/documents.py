"""Every document that a matter may have, in the order in which matters come to them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from services.portal.pages.facts import Story, Thread
from services.portal.pages.papers.of_meetings import minutes, notice, research_report, work_plan
from services.portal.pages.papers.of_outcomes import (
    assignment,
    case,
    outcome_report,
    public_opinion,
    reply,
)
from services.portal.pages.papers.of_topics import approval, ballot
from services.portal.pages.papers.paper import Paper
from services.portal.pages.papers.scene import Scene


@dataclass(frozen=True)
class Document:
    """One kind: there is one for each stream of its category in which one of `needs` was said."""

    kind: str
    category: str
    needs: tuple[str, ...]
    draw: Callable[[Scene], Paper]


DOCUMENTS = (
    Document("approval", "topic", ("TopicProposed",), approval),
    Document("research-report", "research", ("ResearchReportFiled",), research_report),
    Document("work-plan", "consultation", ("WorkPlanIssued",), work_plan),
    Document("notice", "consultation", ("ConsultationScheduled",), notice),
    Document("minutes", "consultation", ("MeetingHeld", "ConsultationOpened"), minutes),
    Document("outcome-report", "outcome", ("MinutesDrafted", "ReportDrafted"), outcome_report),
    Document("public-opinion", "outcome", ("OutcomeUpreported",), public_opinion),
    Document("assignment", "assignment", ("AssignmentOpened",), assignment),
    Document("reply", "assignment", ("HandlingReplied",), reply),
    Document("ballot", "evaluation", ("EvaluationOpened",), ballot),
    Document("case", "case", ("CaseDrafted", "CasePublished"), case),
)


def documents_of(story: Story) -> Iterator[tuple[Document, Thread]]:
    """The documents there are, each with the stream it speaks of."""
    for document in DOCUMENTS:
        for thread in story.of_kind(document.category):
            if thread.said(*document.needs):
                yield document, thread
