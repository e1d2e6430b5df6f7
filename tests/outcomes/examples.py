"""Good examples of everything outcomes says: one matter of 北辰社区, under the rules of 邻水."""

from datetime import date
from pathlib import Path
from uuid import UUID, uuid5

from services.outcomes.domain.assignment import events as assignment
from services.outcomes.domain.case import events as case
from services.outcomes.domain.followup import events as followup
from services.outcomes.domain.outcome import events as outcome
from services.outcomes.domain.outcome import notes
from services.outcomes.domain.rating import events as rating
from services.outcomes.rules import OutcomeRules
from services.outcomes.words import Item, Sections
from shared.kernel.message import Actor
from shared.runtime.charter import Charters
from tests.outcomes import evaluations, referrals, registers, sheets

LINSHUI = Charters(Path("deploy/charters")).at("511623@1").rules("outcomes", OutcomeRules)
DEFAULT = Charters(Path("deploy/charters")).at("default@1").rules("outcomes", OutcomeRules)

AREA = "511623100013"
TOPIC_ID = UUID("01960000-0000-7000-8000-000000000001")
CONSULTATION_ID = UUID("01960000-0000-7000-8000-000000000002")
OUTCOME_ID = uuid5(CONSULTATION_ID, "outcome")
ASSIGNMENT_ID = uuid5(OUTCOME_ID, "1")
FOLLOWUP_ID = uuid5(ASSIGNMENT_ID, "followup-look-back-1")

HEALTH, PLANNING, HOUSING = "县卫生健康局", "县自然资源和规划局", "县住房和城乡建设局"
COMMITTEE, GOVERNMENT, TARGETS = "county-party-committee", "county-government", "target-office"


def office(unit: str) -> Actor:
    """Somebody who acts for a unit."""
    return Actor(id=f"at-{unit}", role="unit", area="511623000000", unit=unit)


CLINIC = Item(no=1, text="在北辰社区增设社区卫生服务中心", agreed=True, general=True, unit=HEALTH)
EXPLAINED = Item(no=2, text="医保异地结算政策已当场说明", agreed=True, general=False)
PARKING = Item(no=3, text="周边道路停车难", agreed=False, general=True)
NOISE = Item(no=4, text="一户反映夜间噪声", agreed=False, general=False)

DRAFTED = outcome.MinutesDrafted(
    outcome_id=OUTCOME_ID,
    topic_id=TOPIC_ID,
    consultation_id=CONSULTATION_ID,
    items=(CLINIC, EXPLAINED, PARKING, NOISE),
)
SAVED = outcome.MinutesSaved(
    outcome_id=OUTCOME_ID,
    section="minutes-consensus",
    nth=1,
    text="一、在北辰社区增设社区卫生服务中心,由县卫生健康局牵头。",
)
ISSUED = outcome.MinutesIssued(
    outcome_id=OUTCOME_ID, topic_id=TOPIC_ID, number="邻协商纪〔2026〕3号"
)
SUBMITTED = outcome.OutcomeSubmitted(
    outcome_id=OUTCOME_ID, topic_id=TOPIC_ID, to=(GOVERNMENT, COMMITTEE)
)
COPIED = outcome.OutcomeCopied(outcome_id=OUTCOME_ID, to=TARGETS)
ADOPTED = outcome.OutcomeAdopted(
    outcome_id=OUTCOME_ID,
    topic_id=TOPIC_ID,
    body=GOVERNMENT,
    instruction="请县卫生健康局牵头,三个月内拿出方案。",
)
FILED = outcome.OutcomeFiled(outcome_id=OUTCOME_ID, topic_id=TOPIC_ID, at_body="liaison-committee")
ENDORSED = outcome.OutcomeEndorsed(
    outcome_id=OUTCOME_ID,
    topic_id=TOPIC_ID,
    body=GOVERNMENT,
    units=(HEALTH, PLANNING),
    instruction="请相关部门学习、研究、落实。",
)
ESCALATED = outcome.MajorOutcomeEscalated(
    outcome_id=OUTCOME_ID,
    topic_id=TOPIC_ID,
    to=COMMITTEE,
    charged="鼎屏镇",
    reason="事关全县医疗布局。",
)
RESEARCH_ID = uuid5(TOPIC_ID, "research")
RESEARCH_NOTED = notes.ResearchReportNoted(
    outcome_id=OUTCOME_ID, topic_id=TOPIC_ID, research_id=RESEARCH_ID
)
REPORT_DRAFTED = outcome.ReportDrafted(
    outcome_id=OUTCOME_ID, topic_id=TOPIC_ID, research_id=RESEARCH_ID, items=(CLINIC, EXPLAINED)
)
UPREPORT_ADOPTED = outcome.UpreportAdopted(
    outcome_id=OUTCOME_ID, topic_id=TOPIC_ID, item_no=3, form="public-opinion", by="province"
)
ASSIGNED = outcome.ItemAssigned(
    outcome_id=OUTCOME_ID,
    topic_id=TOPIC_ID,
    assignment_id=ASSIGNMENT_ID,
    item_no=1,
    text=CLINIC.text,
    lead_unit=HEALTH,
    assist_units=(PLANNING,),
    via="assign",
    due=date(2026, 5, 28),
    due_set_by="charter",
)
UPREPORTED = outcome.OutcomeUpreported(
    outcome_id=OUTCOME_ID,
    topic_id=TOPIC_ID,
    item_no=3,
    form="public-opinion",
    headline="关于统筹解决老城区停车难的建议",
)
REASON = outcome.ReasonRecorded(
    outcome_id=OUTCOME_ID, item_no=3, reason="已列入今年城市更新计划,不重复转报。"
)
RETURN_NOTED = notes.ReturnNoted(outcome_id=OUTCOME_ID, item_no=1, unit=HEALTH)
REPLY_NOTED = notes.ReplyNoted(
    outcome_id=OUTCOME_ID,
    item_no=1,
    round=1,
    result_class="A",
    awaits=("look-back", "press-back"),
)
LOOK_NOTED = notes.FollowUpNoted(
    outcome_id=OUTCOME_ID, item_no=1, round=1, kind="look-back", passed=True
)
PRESS_NOTED = notes.FollowUpNoted(
    outcome_id=OUTCOME_ID, item_no=1, round=1, kind="press-back", passed=True
)
FED_BACK_TO_MEMBERS = outcome.FeedbackGiven(
    outcome_id=OUTCOME_ID, topic_id=TOPIC_ID, to="members", content="意见已采纳,中心已开工。"
)
FED_BACK_TO_PEOPLE = outcome.FeedbackGiven(
    outcome_id=OUTCOME_ID, topic_id=TOPIC_ID, to="people", content="家门口的卫生服务中心要建了。"
)
IN_MEDIA = outcome.MediaReported(
    outcome_id=OUTCOME_ID,
    topic_id=TOPIC_ID,
    outlet="邻水县融媒体中心",
    headline="协商协出来的卫生服务中心",
)
CLOSED = outcome.OutcomeClosed(outcome_id=OUTCOME_ID, topic_id=TOPIC_ID)

OPENED = assignment.AssignmentOpened(
    assignment_id=ASSIGNMENT_ID,
    outcome_id=OUTCOME_ID,
    topic_id=TOPIC_ID,
    item_no=1,
    text=CLINIC.text,
    lead_unit=HEALTH,
    assist_units=(PLANNING,),
    due=date(2026, 5, 28),
)
ACCEPTED = assignment.AssignmentAccepted(assignment_id=ASSIGNMENT_ID, unit=HEALTH)
RETURNED = assignment.AssignmentReturned(
    assignment_id=ASSIGNMENT_ID,
    outcome_id=OUTCOME_ID,
    topic_id=TOPIC_ID,
    item_no=1,
    unit=HEALTH,
    reason="选址不归我局管。",
    counter_proposal=PLANNING,
)
PROGRESS = assignment.HandlingProgressReported(
    assignment_id=ASSIGNMENT_ID, unit=PLANNING, progress="选址已过审。", evidence=()
)
REPLIED = assignment.HandlingReplied(
    assignment_id=ASSIGNMENT_ID,
    outcome_id=OUTCOME_ID,
    topic_id=TOPIC_ID,
    item_no=1,
    unit=HEALTH,
    round=1,
    result_class="A",
    content="中心已建成并接诊。",
    followups=(
        assignment.PlannedFollowUp(kind="look-back", due=date(2026, 4, 1), led_by="委员活动小组"),
        assignment.PlannedFollowUp(
            kind="press-back", due=date(2026, 5, 1), led_by="社会法制委员会"
        ),
    ),
)
ARBITRATED = assignment.AssignmentArbitrated(
    assignment_id=ASSIGNMENT_ID,
    outcome_id=OUTCOME_ID,
    topic_id=TOPIC_ID,
    item_no=1,
    lead_unit=PLANNING,
    assist_units=(HEALTH,),
    former_unit=HEALTH,
    reason="选址是前提,由自然资源和规划局牵头。",
    due=date(2026, 5, 28),
)
PAUSE_NOTED = assignment.PauseNoted(assignment_id=ASSIGNMENT_ID)
DUE_NOTED = assignment.DueNoted(assignment_id=ASSIGNMENT_ID, due=date(2026, 6, 2))
COSIGNED = assignment.CosignGiven(
    assignment_id=ASSIGNMENT_ID, unit=PLANNING, round=1, opinion="同意。"
)
EXTENSION_REQUESTED = assignment.ExtensionRequested(
    assignment_id=ASSIGNMENT_ID,
    topic_id=TOPIC_ID,
    unit=HEALTH,
    until=date(2026, 6, 20),
    reason="汛期停工。",
)
EXTENSION_GRANTED = assignment.ExtensionGranted(
    assignment_id=ASSIGNMENT_ID,
    topic_id=TOPIC_ID,
    unit=HEALTH,
    due=date(2026, 6, 20),
    reason="情况属实。",
)
EXTENSION_DECLINED = assignment.ExtensionDeclined(
    assignment_id=ASSIGNMENT_ID, topic_id=TOPIC_ID, unit=HEALTH, reason="应提前安排。"
)
CONFIRMED = assignment.SolutionConfirmed(
    assignment_id=ASSIGNMENT_ID,
    outcome_id=OUTCOME_ID,
    topic_id=TOPIC_ID,
    item_no=1,
    round=1,
    remark="已经看上病了。",
)
VOICE = UUID("0190aaaa-0000-7000-8000-00000000001e")
RATED = rating.HandlingRated(
    rating_id=uuid5(ASSIGNMENT_ID, "rating"),
    topic_id=TOPIC_ID,
    outcome_id=OUTCOME_ID,
    assignment_id=ASSIGNMENT_ID,
    item_no=1,
    round=1,
    voice=VOICE,
    solved=False,
    satisfaction="dissatisfied",
    remark="",
    look_by=date(2026, 3, 16),
)
DISPUTED = assignment.SolutionDisputed(
    assignment_id=ASSIGNMENT_ID,
    outcome_id=OUTCOME_ID,
    topic_id=TOPIC_ID,
    item_no=1,
    round=1,
    remark="门还锁着,没有医生。",
)
SOLUTION_NOTED = notes.SolutionNoted(outcome_id=OUTCOME_ID, item_no=1, round=1, confirmed=True)
REJECTED = assignment.HandlingRejected(
    assignment_id=ASSIGNMENT_ID,
    outcome_id=OUTCOME_ID,
    topic_id=TOPIC_ID,
    item_no=1,
    unit=HEALTH,
    round=1,
    reason="门还锁着,没有医生。",
    due=date(2026, 5, 28),
)

SCHEDULED = followup.FollowUpScheduled(
    followup_id=FOLLOWUP_ID,
    topic_id=TOPIC_ID,
    outcome_id=OUTCOME_ID,
    assignment_id=ASSIGNMENT_ID,
    item_no=1,
    round=1,
    kind="look-back",
    due=date(2026, 4, 1),
    led_by="委员活动小组",
)
CONDUCTED = followup.FollowUpConducted(
    followup_id=FOLLOWUP_ID,
    topic_id=TOPIC_ID,
    outcome_id=OUTCOME_ID,
    assignment_id=ASSIGNMENT_ID,
    item_no=1,
    round=1,
    kind="look-back",
    passed=False,
    findings="门还锁着,没有医生。",
)

CASE_ID = uuid5(OUTCOME_ID, "case")
CASE_DRAFTED = case.CaseDrafted(
    case_id=CASE_ID,
    topic_id=TOPIC_ID,
    outcome_id=OUTCOME_ID,
    headline="家门口的卫生服务中心",
    sections=Sections(
        background="北辰社区近万人看病要跨三条街。",
        participants="居民代表、委员、县卫生健康局、县自然资源和规划局。",
        process="两次调研,一次协商,一次回头看。",
        opinions="增设社区卫生服务中心,选址社区南侧。",
        effect="中心已建成并接诊。",
    ),
)
CASE_PUBLISHED = case.CasePublished(**dict(CASE_DRAFTED), basis="de-identified", consents=())
CASE_NOTED = notes.CaseNoted(outcome_id=OUTCOME_ID, case_id=CASE_ID)

EVALUATION = evaluations.FACTS
REFERRAL = referrals.FACTS
SHEET = sheets.FACTS
REGISTERS = registers.FACTS
