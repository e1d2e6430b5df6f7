"""Two matters and an appeal, as the services say them, for the portal to hear."""

from datetime import date
from uuid import UUID, uuid4, uuid5

from services.meetings.domain.consultation import events as meeting
from services.meetings.domain.research import events as research
from services.notify.domain.deadline import events as deadline
from services.notify.domain.notice import events as notice
from services.outcomes.domain.assignment import events as assignment
from services.outcomes.domain.followup import events as followup
from services.outcomes.domain.outcome import events as outcome
from services.outcomes.words import Item
from services.portal.domain.account import events as account
from services.topics.domain.lead import events as lead
from services.topics.domain.topic import events as topic
from tests.portal import erasures, kept, operations
from tests.views import Said

LEAD = UUID("0190aaaa-0000-7000-8000-00000000001e")
APPEAL = UUID("0190aaaa-0000-7000-8000-0000000000a1")
TOPIC = uuid5(LEAD, "topic")
OTHER = uuid4()
RESEARCH, CONSULTATION = uuid5(TOPIC, "research"), uuid5(TOPIC, "consultation")
OUTCOME = uuid5(CONSULTATION, "outcome")
ASSIGNMENT = uuid5(OUTCOME, "1")
FOLLOWUP, NOTICE, DEADLINE = uuid4(), uuid4(), ASSIGNMENT
LIN = uuid4()
OFFICE, OTHER_OFFICE = uuid4(), uuid4()
UNIT, NEXT_UNIT = "县卫生健康局", "县自然资源和规划局"
DUE, LATER = date(2026, 4, 1), date(2026, 6, 1)

_PERSON = {"words": "", "contact": "", "submitter": "he"}
_ITEM = Item(no=1, text="设立服务中心", agreed=True, general=False, unit=UNIT)
_TASK = {"outcome_id": OUTCOME, "topic_id": TOPIC, "item_no": 1}


def submitted(lead_id: UUID, title: str, *, personal: bool, receipt: str) -> Said:
    """Somebody brought a matter."""
    return ("topics", lead_id, lead.LeadSubmitted(
        lead_id=lead_id, title=title, origin="resident", personal=personal, proxy=False,
        receipt=receipt, place="", photos=(), split_from=None, **_PERSON,
    ))  # fmt: skip


def proposed(topic_id: UUID, title: str, lead_id: UUID | None) -> Said:
    """A matter was put forward."""
    return ("topics", topic_id, topic.TopicProposed(
        topic_id=topic_id, title=title, summary="", origin="resident", proposer="lin",
        lead_id=lead_id, submitter="he" if lead_id else None,
    ))  # fmt: skip


def opened(unit: str, due: date) -> Said:
    """The item lies on the desk of a unit."""
    return ("outcomes", ASSIGNMENT, assignment.AssignmentOpened(
        assignment_id=ASSIGNMENT, text="设立服务中心", lead_unit=unit, assist_units=(), due=due,
        **_TASK,
    ))  # fmt: skip


def replied(n: int) -> Said:
    """The unit replied."""
    return ("outcomes", ASSIGNMENT, assignment.HandlingReplied(
        assignment_id=ASSIGNMENT, unit=NEXT_UNIT, round=n, result_class="A", content="办好了",
        followups=(), **_TASK,
    ))  # fmt: skip


def told(to: str) -> Said:
    """Members or people were told."""
    return ("outcomes", OUTCOME, outcome.FeedbackGiven(
        outcome_id=OUTCOME, topic_id=TOPIC, to=to, content="已办",  # type: ignore[arg-type]
    ))  # fmt: skip


def granted(appointment_id: UUID, role: str) -> Said:
    """Lin was appointed."""
    return ("portal", LIN, account.AppointmentGranted(
        account_id=LIN, appointment_id=appointment_id, role=role, within="511623000000", unit="",
        since=None, until=None, deputy_for=None, of_appointment=None,
    ))  # fmt: skip


def revoked(appointment_id: UUID) -> Said:
    """Lin is no longer in office."""
    event = account.AppointmentRevoked(account_id=LIN, appointment_id=appointment_id)
    return ("portal", LIN, event)


LENT = account.AppointmentGranted(
    account_id=LIN, appointment_id=OTHER_OFFICE, role="clerk", within="511623000000", unit="",
    since=DUE, until=LATER, deputy_for=OFFICE, of_appointment=OTHER_OFFICE,
)  # fmt: skip
TOKEN = uuid4()
TOKEN_MADE = account.TokenMade(
    account_id=LIN, token_id=TOKEN, appointment_id=OFFICE, name="sealed", scope="read", until=LATER,
)  # fmt: skip
TOKEN_REVOKED = account.TokenRevoked(account_id=LIN, token_id=TOKEN)
HISTORY: list[Said] = [
    ("portal", LIN, account.AccountOpened(account_id=LIN, login="lin", name="sealed")),
    granted(OFFICE, "convenor"),
    ("portal", LIN, TOKEN_MADE),
    ("portal", LIN, TOKEN_REVOKED),
    submitted(LEAD, "看病要跑很远", personal=False, receipt="000000000001"),
    submitted(APPEAL, "我家的户口", personal=True, receipt="000000000002"),
    ("topics", APPEAL, lead.PersonalAppealTransferred(
        lead_id=APPEAL, to_unit="县公安局", reason="个人诉求", submitter="he")),
    ("topics", APPEAL, lead.TransferAcknowledged(
        lead_id=APPEAL, to_unit="县公安局", receipt_no="7", submitter="he")),
    ("topics", LEAD, lead.LeadAdopted(
        lead_id=LEAD, title="增设卫生服务中心", summary="", origin="resident", evidence=(),
        adopter="lin", submitter="he")),
    proposed(TOPIC, "增设卫生服务中心", LEAD),
    proposed(OTHER, "停车难", None),
    ("topics", TOPIC, topic.TopicApproved(
        topic_id=TOPIC, title="增设卫生服务中心", proposer="lin")),
    ("topics", OTHER, topic.TopicReturned(
        topic_id=OTHER, body="cppcc-party-group", reason="已在办", proposer="lin")),
    ("meetings", RESEARCH, research.ResearchPlanned(
        research_id=RESEARCH, topic_id=TOPIC, questions=("谁",), team=("委员",),
        members=(), round=1)),
    ("meetings", RESEARCH, research.ResearchReportFiled(
        research_id=RESEARCH, topic_id=TOPIC, title="报告", findings="有", suggestions=("办",),
        round=1)),
    ("meetings", CONSULTATION, meeting.ResearchNoted(
        consultation_id=CONSULTATION, topic_id=TOPIC, research_id=RESEARCH)),
    ("meetings", CONSULTATION, meeting.ConsultationPlanned(
        consultation_id=CONSULTATION, topic_id=TOPIC, title="增设", proposer="lin")),
    ("meetings", CONSULTATION, meeting.ConsultationOpened(
        consultation_id=CONSULTATION)),
    ("outcomes", OUTCOME, outcome.MinutesDrafted(
        outcome_id=OUTCOME, topic_id=TOPIC, consultation_id=CONSULTATION, items=(_ITEM,))),
    opened(UNIT, DUE),
    ("outcomes", ASSIGNMENT, assignment.AssignmentReturned(
        assignment_id=ASSIGNMENT, unit=UNIT, reason="不归我们", counter_proposal=NEXT_UNIT,
        **_TASK)),
    opened(NEXT_UNIT, DUE),
    ("outcomes", ASSIGNMENT, assignment.AssignmentAccepted(
        assignment_id=ASSIGNMENT, unit=NEXT_UNIT)),
    replied(1),
    ("outcomes", ASSIGNMENT, assignment.HandlingRejected(
        assignment_id=ASSIGNMENT, unit=NEXT_UNIT, round=1, reason="没办好", due=LATER, **_TASK)),
    ("outcomes", FOLLOWUP, followup.FollowUpScheduled(
        followup_id=FOLLOWUP, assignment_id=ASSIGNMENT, round=1, kind="look-back", due=LATER,
        led_by="委员", **_TASK)),
    told("members"),
    told("people"),
    told("people"),
    ("notify", NOTICE, notice.NoticeSent(
        notice_id=NOTICE, topic_id=TOPIC, to="account:lin", text="topic-approved", params={})),
    ("notify", DEADLINE, deadline.DeadlineSet(
        deadline_id=DEADLINE, topic_id=TOPIC, unit=UNIT, due=DUE,
        why="reply-days-of-the-charter", params={}, count=None, marks=())),
    ("notify", DEADLINE, deadline.DeadlineBreached(
        deadline_id=DEADLINE, topic_id=TOPIC, unit=UNIT, due=DUE)),
    granted(OTHER_OFFICE, "clerk"),
    revoked(OFFICE),
    granted(OFFICE, "convenor"),
    revoked(OTHER_OFFICE),
]  # fmt: skip
"""In the order of time; the law of views does not care about the order among services."""

CLOSED = account.AccountClosed(account_id=LIN)
FILE = (kept.KEPT, kept.REMOVED)
ERASURE = (erasures.requested(), erasures.erased(), erasures.refused())
OPERATION = (operations.ORDERED, operations.ENDED)
