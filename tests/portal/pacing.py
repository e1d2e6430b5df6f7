"""Tells what happens to matters, tasks, rooms and votes, each on a day and in a place."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from services.meetings.domain.consultation import events as meeting
from services.meetings.domain.research import events as research
from services.notify.domain.deadline import events as deadline
from services.outcomes.domain.assignment import events as assignment
from services.outcomes.domain.evaluation import events as evaluation
from services.outcomes.domain.outcome import events as outcome
from services.topics.domain.lead import events as lead
from services.topics.domain.topic import events as topic
from services.topics.domain.venue import events as venue
from shared.kernel.message import Event
from tests.outcomes.evaluations import counts
from tests.views import Frame, Said

SPACE = UUID("0190aaaa-0000-7000-8000-0000000000c3")
LINSHUI, LUXIAN = "511623000000", "510521000000"
TOWN, VILLAGE, OTHER_TOWN = "511623100000", "511623100013", "511623101000"
HEALTH, LAND = "县卫生健康局", "县自然资源局"
CLINIC, ROAD, WATER = (uuid5(SPACE, one) for one in ("clinic", "road", "water"))
ITEM_1, ITEM_2, ITEM_3 = (uuid5(SPACE, f"item {n}") for n in (1, 2, 3))
ROOM = uuid5(SPACE, "room")
FIRST = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)

SAID: list[Said] = []
FRAMES: list[Frame] = []


def on(n: int) -> date:
    """The n-th day of the story."""
    return (FIRST + timedelta(days=n)).date()


def tell(n: int, area: str, service: str, stream: UUID, *events: Event) -> None:
    """On the n-th day this was said."""
    charter = f"{area[:6]}@1"
    for event in events:
        SAID.append((service, stream, event))
        FRAMES.append(Frame(area, FIRST + timedelta(days=n), charter))


def proposed(n: int, area: str, one: UUID, title: str) -> None:
    tell(n, area, "topics", one, topic.TopicProposed(
        topic_id=one, title=title, summary="", origin="resident", proposer="lin", lead_id=None,
        submitter=None))  # fmt: skip


def approved(n: int, area: str, one: UUID, title: str) -> None:
    tell(n, area, "topics", one,
         topic.TopicApproved(topic_id=one, title=title, proposer="lin"))  # fmt: skip


def researched(n: int, area: str, one: UUID) -> None:
    study = uuid5(one, "research")
    tell(n, area, "meetings", study, research.ResearchReportFiled(
        research_id=study, topic_id=one, title="报告", findings="有", suggestions=("办",),
        round=1))  # fmt: skip


def met(n: int, area: str, one: UUID, title: str, room: UUID | None, **people: int) -> None:
    meets = uuid5(one, "consultation")
    promises = (
        meeting.CommitmentMade(
            consultation_id=meets, topic_id=one, unit=unit, promise=f"{unit}来办", due=on(45))
        for unit in (LAND, HEALTH)
        if room
    )  # fmt: skip
    tell(n, area, "meetings", meets, *promises, meeting.MeetingHeld(
        consultation_id=meets, topic_id=one, title=title, place="议事室", form="small",
        mode="venue-and-site", venue_id=room, items=(), commitments=(), attendees=people,
        research=(uuid5(one, "research"),), signed_by=("masses",), counted=True,
        proposer="lin"))  # fmt: skip


def minutes(n: int, area: str, one: UUID) -> UUID:
    written = uuid5(one, "outcome")
    tell(n, area, "outcomes", written,
         outcome.MinutesDrafted(
             outcome_id=written, topic_id=one, consultation_id=uuid5(one, "consultation"),
             items=()),
         outcome.OutcomeSubmitted(
             outcome_id=written, topic_id=one, to=("county-government",)))  # fmt: skip
    return written


class Desk(NamedTuple):
    """An item of a matter, and the task it became."""

    area: str
    topic: UUID
    no: int
    task: UUID

    @property
    def about(self) -> dict[str, Any]:
        """How facts name it."""
        outcome_id = uuid5(self.topic, "outcome")
        about = {"assignment_id": self.task, "outcome_id": outcome_id, "topic_id": self.topic}
        return about | {"item_no": self.no}


FIRST_ITEM = Desk(VILLAGE, CLINIC, 1, ITEM_1)
SECOND_ITEM = Desk(VILLAGE, CLINIC, 2, ITEM_2)
ROAD_ITEM = Desk(OTHER_TOWN, ROAD, 1, ITEM_3)


def opened(n: int, desk: Desk, unit: str, due: int) -> None:
    tell(n, desk.area, "outcomes", desk.task, assignment.AssignmentOpened(
        **desk.about, text=f"第{desk.no}件事", lead_unit=unit, assist_units=("县财政局",),
        due=on(due)))  # fmt: skip
    tell(n, desk.area, "notify", desk.task, deadline.DeadlineSet(
        deadline_id=desk.task, topic_id=desk.topic, unit=unit, due=on(due),
        why="set-by-the-assigner", params={}, count=None, marks=()))  # fmt: skip


def replied(n: int, desk: Desk, unit: str, result: str, late: int) -> None:
    replied = assignment.HandlingReplied(
        **desk.about, unit=unit, round=1, content="答复", followups=(),
        result_class=result,  # type: ignore[arg-type]
    )  # fmt: skip
    progress = assignment.HandlingProgressReported(
        assignment_id=desk.task, unit=unit, progress="正在办", evidence=()
    )
    accepted = assignment.AssignmentAccepted(assignment_id=desk.task, unit=unit)
    tell(n, desk.area, "outcomes", desk.task, accepted, progress, replied)
    met = deadline.DeadlineMet(deadline_id=desk.task, late_days=late)
    tell(n, desk.area, "notify", desk.task, met)


def keyed(n: int, desk: Desk, *, solved: bool) -> None:
    about = desk.about | {"round": 1}
    told: list[Event] = [assignment.SolutionConfirmed(**about, remark="办好了")]
    if not solved:
        told = [
            assignment.SolutionDisputed(**about, remark="没有办"),
            assignment.HandlingRejected(**about, unit=HEALTH, reason="没有办", due=on(60)),
        ]
    tell(n, desk.area, "outcomes", desk.task, *told)


def upreported(n: int, area: str, one: UUID) -> None:
    about = {"outcome_id": uuid5(one, "outcome"), "topic_id": one, "item_no": 2}
    tell(n, area, "outcomes", uuid5(one, "outcome"),
         outcome.OutcomeUpreported(**about, form="public-opinion", headline="村道养护缺钱"),
         *(outcome.UpreportAdopted(**about, form="public-opinion", by=by)
           for by in ("province", "city")))  # fmt: skip


def room(area: str, name: str, *checks: bool) -> UUID:
    one = ROOM if name == "第一议事室" else uuid5(SPACE, name)
    tell(0, area, "topics", one, venue.VenueEstablished(
        venue_id=one, type="village-room", name=name, host_kind="village", host="村委会",
        shared_with=(), parent_id=None, ranks=(1,), standard=("有场地",), children=None,
        children_least=None, children_most=None, activities_min=0),
        *(venue.VenueStandardChecked(venue_id=one, met={"有场地": True, "有制度": met}, remark="")
          for met in checks))  # fmt: skip
    return one


def appeal(n: int, area: str, no: int, *, acknowledged: bool) -> None:
    one = uuid5(SPACE, f"appeal {no}")
    about = {"lead_id": one, "to_unit": "县公安局", "submitter": "he"}
    tell(n, area, "topics", one, lead.PersonalAppealTransferred(**about, reason="个人诉求"))
    if acknowledged:
        tell(n, area, "topics", one, lead.TransferAcknowledged(**about, receipt_no="7"))


def voted(n: int, one: UUID, unit: str, verdict: str, *ballots: int) -> None:
    vote = uuid5(one, f"vote {verdict}")
    about = {"of": "assignment", "subject_id": ITEM_1, "topic_id": one}
    codes = tuple(f"{no:064x}" for no in range(7))
    tell(n, VILLAGE, "outcomes", vote,
         evaluation.EvaluationOpened(
             **about, evaluation_id=vote, forum="standing-committee", handlers=(),
             voters=tuple(f"voter-{no}" for no in range(7)), handling_units=(unit,),
             ballots=codes, poll_ends=FIRST + timedelta(days=n + 1)),
         evaluation.EvaluationTallied(
             **about, evaluation_id=vote, counts=counts(*ballots), voters=7, taken=7,
             cast=sum(ballots), verdict=verdict),
         evaluation.EvaluationRecounted(
             evaluation_id=vote, counts=counts(*ballots), same=True))  # fmt: skip
