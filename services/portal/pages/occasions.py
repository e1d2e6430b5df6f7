"""How often a step is offered on a stream, and with which values its form starts."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid5

from services.portal.pages.facts import Thread
from services.portal.pages.offers import Given, Scene


def new_research(topic: Thread, scene: Scene) -> Iterator[Given]:
    """The first piece of research of each round; its id follows from the topic's."""
    round_ = 1 + len(topic.said("TopicReopened"))
    rounds = [thread.first.data.get("round", 1) for thread in scene.story.of_kind("research")]
    if round_ not in rounds:
        name = "research" if round_ == 1 else f"research-{round_}"
        again = {} if round_ == 1 else {"round": round_}
        yield {
            "research_id": str(uuid5(topic.stream, name)),
            "area": topic.first.area,
            "topic_id": str(topic.stream),
            **again,
        }


def the_title(lead: Thread, _scene: Scene) -> Iterator[Given]:
    """A topic is called like its lead, unless somebody finds better words."""
    yield {"lead_id": str(lead.stream), "given": {"title": lead.first.data["title"]}}


def the_lead(lead: Thread, _scene: Scene) -> Iterator[Given]:
    """What was said of it before, to be completed."""
    title = lead.said("LeadSubmitted", "LeadResubmitted")[-1].data["title"]
    yield {"lead_id": str(lead.stream), "given": {"title": title}}


def each_body_untold(topic: Thread, scene: Scene) -> Iterator[Given]:
    """Each body that has to approve and has no report yet; of a choice, until one has."""
    told = {fact.data["to"] for fact in topic.said("TopicReportFiled")}
    choice = scene.rule("topics.approved_by_one_of")
    open_choice = [] if told.intersection(choice) else choice
    for body in sorted([*scene.rule("topics.approved_by"), *open_choice]):
        if body not in told:
            yield {"topic_id": str(topic.stream), "to": body}


def each_body_asked(topic: Thread, _scene: Scene) -> Iterator[Given]:
    """Each body that has a report and has not agreed."""
    for fact in topic.said("TopicReportFiled"):
        body = fact.data["to"]
        if not topic.said("TopicReviewedByPartyBody", body=body):
            yield {"topic_id": str(topic.stream), "body": body}


def each_receiver(outcome: Thread, _scene: Scene) -> Iterator[Given]:
    """Each body that received the outcome and has not taken it up."""
    for fact in outcome.said("OutcomeSubmitted"):
        for body in fact.data["to"]:
            if not outcome.said("OutcomeAdopted", body=body):
                yield {"outcome_id": str(outcome.stream), "body": body}


def each_item_to_assign(outcome: Thread, scene: Scene) -> Iterator[Given]:
    """Each agreed item that needs a unit and has none, or whose unit gave it back.

    A form starts with the unit that was proposed at the table, or else by who gave it back.
    """
    for item in _items(outcome):
        assigned = outcome.said("ItemAssigned", item_no=item["no"])
        returned = outcome.said("ReturnNoted", item_no=item["no"])
        if item["agreed"] and item["unit"] and len(assigned) <= len(returned):
            back = _given_back(scene, outcome.stream, item["no"]) if returned else {}
            yield {
                "outcome_id": str(outcome.stream),
                "item_no": item["no"],
                "given": {"lead_unit": back.get("counter_proposal") or item["unit"]},
                "because": back,
            }


def _given_back(scene: Scene, outcome: UUID, item_no: int) -> dict[str, Any]:
    """Who gave an item back last, why, and who should have it instead."""
    threads = scene.story.of_kind("assignment")
    about = {"outcome_id": str(outcome), "item_no": item_no}
    said = [fact for one in threads for fact in one.said("AssignmentReturned", **about)]
    return said[-1].data if said else {}


def may_be_returned(assignment: Thread, scene: Scene) -> Iterator[Given]:
    """As long as the units have not given it back as often as they may."""
    if not _is_used_up(assignment, scene):
        yield {"assignment_id": str(assignment.stream)}


def may_be_arbitrated(assignment: Thread, scene: Scene) -> Iterator[Given]:
    """Once they have: whoever has it on the desk has to keep it, unless an authority decides."""
    if _is_used_up(assignment, scene) and not assignment.said("AssignmentArbitrated"):
        back = assignment.said("AssignmentReturned")
        last = back[-1].data if back else {}
        yield {
            "assignment_id": str(assignment.stream),
            "given": {"lead_unit": last.get("counter_proposal", "")},
            "because": last,
        }


def _is_used_up(assignment: Thread, scene: Scene) -> bool:
    most: int = scene.rules["outcomes"]["returns_max"]
    return len(assignment.said("AssignmentReturned")) >= most


def each_item_apart(outcome: Thread, _scene: Scene) -> Iterator[Given]:
    """Each general item not agreed on, until it is passed on or a reason is written."""
    for item in _items(outcome):
        settled = outcome.said("OutcomeUpreported", "ReasonRecorded", item_no=item["no"])
        if item["general"] and not item["agreed"] and not settled:
            yield {"outcome_id": str(outcome.stream), "item_no": item["no"]}


def each_untold(outcome: Thread, _scene: Scene) -> Iterator[Given]:
    """Members and people, as long as nobody told them."""
    for to in ("members", "people"):
        if not outcome.said("FeedbackGiven", to=to):
            yield {"outcome_id": str(outcome.stream), "to": to}


def next_item(consultation: Thread, _scene: Scene) -> Iterator[Given]:
    """Items are numbered as they come."""
    items = consultation.said("ConsensusRecorded", "DissentRecorded")
    number = max((fact.data["item_no"] for fact in items), default=0) + 1
    yield {"consultation_id": str(consultation.stream), "given": {"item_no": number}}


def every_receiver(outcome: Thread, scene: Scene) -> Iterator[Given]:
    """Once, to all the bodies that the charter names."""
    to = sorted(scene.rule("outcomes.submitted_to"))
    yield {"outcome_id": str(outcome.stream), "given": {"to": to}}


def each_receiver_once(outcome: Thread, _scene: Scene) -> Iterator[Given]:
    """Each body that received the outcome, as often as it likes; forwarding is its own choice."""
    for fact in outcome.said("OutcomeSubmitted"):
        for body in fact.data["to"]:
            yield {"outcome_id": str(outcome.stream), "body": body}


def each_item_upreported(outcome: Thread, _scene: Scene) -> Iterator[Given]:
    """Each item that was passed on upwards, until somebody there took it up."""
    for fact in outcome.said("OutcomeUpreported"):
        number = fact.data["item_no"]
        if not outcome.said("UpreportAdopted", item_no=number):
            yield {"outcome_id": str(outcome.stream), "item_no": number}


def given_up(topic: Thread, scene: Scene) -> Iterator[Given]:
    """Where nobody will meet and nothing was drafted: somebody has to say that it ends."""
    if _is_given_up(scene):
        yield {"topic_id": str(topic.stream)}


def not_given_up(topic: Thread, scene: Scene) -> Iterator[Given]:
    """As long as it may still come to an outcome."""
    if not _is_given_up(scene):
        yield {"topic_id": str(topic.stream)}


def _is_given_up(scene: Scene) -> bool:
    meetings = scene.story.of_kind("consultation")
    drafted = [one for one in scene.story.of_kind("outcome") if _items(one)]
    still = [one for one in meetings if not one.said("ConsultationCancelled")]
    return bool(meetings) and not still and not drafted


def from_research(outcome: Thread, scene: Scene) -> Iterator[Given]:
    """Where the charter lets an outcome come of a report alone, and nobody has met yet."""
    met = [one for one in scene.story.of_kind("consultation") if one.said("MeetingHeld")]
    if scene.rules["outcomes"]["from_research"] and not met:
        yield {"outcome_id": str(outcome.stream)}


def second_key(assignment: Thread, scene: Scene) -> Iterator[Given]:
    """Where it takes those whom it concerns to say that it is solved."""
    if scene.rules["outcomes"]["two_keys"]:
        yield {"assignment_id": str(assignment.stream)}


def the_look(followup: Thread, _scene: Scene) -> Iterator[Given]:
    """Each look there is still to be, told by its kind and by who leads it."""
    planned = followup.first.data
    told = [planned["kind"], planned["led_by"]]
    yield {"followup_id": str(followup.stream), "told": told}


def new_case(outcome: Thread, scene: Scene) -> Iterator[Given]:
    """One case of an outcome; its id follows from the outcome's."""
    if not scene.story.of_kind("case"):
        yield {
            "case_id": str(uuid5(outcome.stream, "case")),
            "area": outcome.first.area,
            "topic_id": outcome.first.data["topic_id"],
            "outcome_id": str(outcome.stream),
        }


def _items(outcome: Thread) -> list[dict[str, Any]]:
    """What was drafted, of a meeting or of a report."""
    drafted = outcome.said("MinutesDrafted", "ReportDrafted")
    return list(drafted[-1].data["items"]) if drafted else []
