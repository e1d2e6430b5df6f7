"""How a table of steps becomes the forms that are offered on a matter's page."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid5

from services.portal.pages.facts import Story, Thread
from shared.kernel.message import Actor

Given = dict[str, Any]
"""What a form starts with. Values under 'given' may be changed, all others are fixed."""


@dataclass(frozen=True)
class Scene:
    """A matter as it stands: what was said, and the rules it lives under."""

    story: Story
    rules: Mapping[str, Any]

    def rule(self, path: str) -> list[str]:
        """The list at a path of the charter: 'topics.approved_by', 'meetings.forms.form'."""
        found: Any = self.rules
        for name in path.split("."):
            found = [one[name] for one in found] if isinstance(found, list) else found[name]
        return list(found)


Each = Callable[[Thread, Scene], Iterator[Given]]


def its_stream(thread: Thread, _scene: Scene) -> Iterator[Given]:
    """Once, with nothing but the stream it goes to."""
    yield {f"{thread.category}_id": str(thread.stream)}


@dataclass(frozen=True)
class Step:
    """One row of the table.

    It is offered on a stream once all of `after` was said there, until one of `until` was said;
    what is in `again` opens it anew. `each` offers it several times, with different values.
    `mine` names the fields of the stream's opening that hold whose step it is. `choices` and `keys`
    name lists of the charter, for a free field or for the keys of a table. `side` steps are
    possible, but nobody waits for them.
    """

    service: str
    command: str
    on: str
    after: Sequence[str] = ()
    until: Sequence[str] = ()
    again: Sequence[str] = ()
    each: Each = its_stream
    mine: Sequence[str] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    side: bool = False

    def is_due(self, thread: Thread) -> bool:
        """Whether it is this stream's turn."""
        if not all(thread.said(name) for name in self.after):
            return False
        return thread.last(*self.until) <= thread.last(*self.again)


@dataclass(frozen=True)
class Offer:
    """A step that may be taken now, by whom it concerns, with the values its form starts with."""

    step: Step
    fixed: Given
    given: Given
    whose: frozenset[str]
    """Accounts or units; empty: whoever has the role."""

    @property
    def key(self) -> str:
        """Tells this offer from the others on the page."""
        told = [str(value) for value in self.fixed.values()]
        return "_".join([self.step.command, *told])

    def is_for(self, actor: Actor) -> bool:
        """Whether it concerns this actor, the role apart; party offices speak for themselves."""
        if self.whose and not {actor.id, actor.unit} & self.whose:
            return False
        return actor.role != "party" or self.fixed.get("body", actor.unit) == actor.unit


def offers(steps: Sequence[Step], scene: Scene) -> list[Offer]:
    """Every step that is due as things stand, whoever is to take it."""
    return [
        _offer(step, thread, values)
        for step in steps
        for thread in scene.story.of_kind(step.on)
        if step.is_due(thread)
        for values in step.each(thread, scene)
    ]


def new_research(topic: Thread, scene: Scene) -> Iterator[Given]:
    """The first piece of research on a topic; its id follows from the topic's."""
    if not scene.story.of_kind("research"):
        yield {
            "research_id": str(uuid5(topic.stream, "research")),
            "area": topic.first.area,
            "topic_id": str(topic.stream),
        }


def the_title(lead: Thread, _scene: Scene) -> Iterator[Given]:
    """A topic is called like its lead, unless somebody finds better words."""
    yield {"lead_id": str(lead.stream), "given": {"title": lead.first.data["title"]}}


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


def each_item_to_assign(outcome: Thread, _scene: Scene) -> Iterator[Given]:
    """Each agreed item that needs a unit and has none, or whose unit gave it back."""
    for item in outcome.first.data["items"]:
        assigned = outcome.said("ItemAssigned", item_no=item["no"])
        returned = outcome.said("ReturnNoted", item_no=item["no"])
        if item["agreed"] and item["unit"] and len(assigned) <= len(returned):
            yield {
                "outcome_id": str(outcome.stream),
                "item_no": item["no"],
                "given": {"lead_unit": item["unit"]},
            }


def each_item_apart(outcome: Thread, _scene: Scene) -> Iterator[Given]:
    """Each general item not agreed on, until it is passed on or a reason is written."""
    for item in outcome.first.data["items"]:
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


def _offer(step: Step, thread: Thread, values: Given) -> Offer:
    fixed = {name: value for name, value in values.items() if name != "given"}
    opened = thread.said("AssignmentOpened", "TopicProposed")
    whose = [opened[-1].data[name] for name in step.mine if opened]
    names = {one for who in whose for one in (who if isinstance(who, list) else [who])}
    return Offer(step, fixed, values.get("given", {}), frozenset(names))
