"""邻水县 as the tests of topics know it: its rules, its people, and a matter in 北辰社区."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

from services.topics.domain.lead import commands as lead_commands
from services.topics.domain.lead import events as lead_events
from services.topics.domain.lead.decide import LEAD
from services.topics.domain.topic import commands as topic_commands
from services.topics.domain.topic import events as topic_events
from services.topics.domain.topic.decide import TOPIC
from services.topics.words import Part, PartyBody, SplitPart
from shared.kernel.message import SYSTEM, Actor
from tests.spec import Spec, by
from tests.topics.charters import CHARTER_SAID
from tests.topics.counties import CPPCC_GROUP, LINSHUI
from tests.topics.plans import PLAN_ID, PLAN_SAID
from tests.topics.venues import VENUE_SAID

BEICHEN = "511623100013"

SYSTEM_ITSELF = by("topics:raise_the_topic", SYSTEM)
RESIDENT = by("zhou", "resident")
CONVENOR = by("lin")
CLERK = by("chen", "clerk")
POLICE = replace(by("he", "unit"), unit="县公安局")


def of(body: PartyBody, name: str = "wu") -> Actor:
    """Somebody who speaks for a body."""
    return replace(by(name, "party"), unit=body)


lead = Spec(LEAD, LINSHUI)
topic = Spec(TOPIC, LINSHUI)

LEAD_ID = UUID("01890000-0000-7000-8000-00000000a001")
TOPIC_ID = uuid5(LEAD_ID, "topic")
OUTCOME_ID = uuid5(TOPIC_ID, "outcome")
RECEIPT = "494502248449"

SUBMIT = lead_commands.SubmitLead(
    lead_id=LEAD_ID, area=BEICHEN, title="增设社区卫生服务中心", origin="resident"
)
SUBMIT_APPEAL = SUBMIT.model_copy(update={"title": "本户户籍登记问题", "personal": True})
SCREEN_OUT = lead_commands.ScreenOutLead(lead_id=LEAD_ID, category="academic", reason="属学术研讨")
TRANSFER = lead_commands.TransferAppeal(
    lead_id=LEAD_ID, to_unit="县公安局", reason="只涉及一户,按户籍规定办理"
)
ACKNOWLEDGE = lead_commands.AcknowledgeTransfer(lead_id=LEAD_ID, receipt_no="公户〔2026〕17号")
ADOPT = lead_commands.AdoptLead(
    lead_id=LEAD_ID, title="北辰社区增设社区卫生服务中心", summary="辖区近三万人,就医要过江。"
)
ADOPT_WITH_EVIDENCE = ADOPT.model_copy(update={"evidence": ("41户联名,3月1日",)})


def submitted(**changes: Any) -> lead_events.LeadSubmitted:
    """A resident brought it."""
    told: dict[str, Any] = {
        "lead_id": LEAD_ID,
        "title": "增设社区卫生服务中心",
        "origin": "resident",
        "personal": False,
        "proxy": False,
        "words": "",
        "contact": "",
        "submitter": "zhou",
        "receipt": RECEIPT,
        "place": "",
        "photos": (),
        "split_from": None,
    }
    return lead_events.LeadSubmitted(**told | changes)


SUBMITTED = submitted()
AGENCY = "agency:01890000-0000-7000-8000-00000000e001"
TAKE = lead_commands.TakeHandedOver(
    lead_id=LEAD_ID,
    area=BEICHEN,
    title="增设社区卫生服务中心",
    origin="agency",
    personal=False,
    place="北辰小区东门",
    words="",
    contact="",
    submitter=AGENCY,
    agency="邻水县网格化服务管理中心",
    agency_no="WG-2026-0017",
)
HANDED_OVER = submitted(
    origin="agency",
    place="北辰小区东门",
    submitter=AGENCY,
    agency="邻水县网格化服务管理中心",
    agency_no="WG-2026-0017",
)
COMPLETE = lead_commands.CompleteHandedOver(
    lead_id=LEAD_ID, title="北辰小区就医难", place="北辰小区东门", words="", contact=""
)
APPEALED = submitted(title="本户户籍登记问题", personal=True)
OTHER_LEAD = uuid5(LEAD_ID, "other")
RETURN = lead_commands.ReturnLeadForFix(lead_id=LEAD_ID, reason="请写明是哪个小区")
RESUBMIT = lead_commands.ResubmitLead(
    lead_id=LEAD_ID, title="北辰小区就医难", place="北辰小区东门", photos=(OTHER_LEAD,)
)
MERGE = lead_commands.MergeLead(lead_id=LEAD_ID, into=OTHER_LEAD, reason="同一事项")
UNMERGE = lead_commands.UnmergeLead(lead_id=LEAD_ID, reason="实为两件事")
NOTE_MERGED = lead_commands.NoteMerged(lead_id=LEAD_ID, merged=OTHER_LEAD, submitter="sun")
NOTE_UNMERGED = lead_commands.NoteUnmerged(lead_id=LEAD_ID, merged=OTHER_LEAD)
SPLIT = lead_commands.SplitLead(
    lead_id=LEAD_ID,
    parts=(Part(title="增设社区卫生服务中心"), Part(title="增开过江公交")),
    reason="两件事分别办理",
)
RETURNED_FOR_FIX = lead_events.LeadReturnedForFix(
    lead_id=LEAD_ID, reason="请写明是哪个小区", submitter="zhou"
)
RESUBMITTED = lead_events.LeadResubmitted(
    lead_id=LEAD_ID,
    title="北辰小区就医难",
    place="北辰小区东门",
    photos=(OTHER_LEAD,),
    words="",
    contact="",
    submitter="zhou",
)
MERGED = lead_events.LeadMerged(
    lead_id=LEAD_ID, into=OTHER_LEAD, reason="同一事项", submitter="zhou"
)
UNMERGED = lead_events.LeadUnmerged(
    lead_id=LEAD_ID, into=OTHER_LEAD, reason="实为两件事", submitter="zhou"
)
JOINED = lead_events.LeadJoined(lead_id=LEAD_ID, merged=OTHER_LEAD, merged_submitter="sun")
PARTED = lead_events.LeadParted(lead_id=LEAD_ID, merged=OTHER_LEAD)
TURNED_DOWN = lead_events.MergeTurnedDown(lead_id=LEAD_ID, merged=OTHER_LEAD)
SPLIT_UP = lead_events.LeadSplit(
    lead_id=LEAD_ID,
    parts=(
        SplitPart(lead_id=uuid5(LEAD_ID, "part-1"), title="增设社区卫生服务中心"),
        SplitPart(lead_id=uuid5(LEAD_ID, "part-2"), title="增开过江公交"),
    ),
    reason="两件事分别办理",
    origin="resident",
    proxy=False,
    place="",
    submitter="zhou",
)
SCREENED_OUT = lead_events.LeadScreenedOut(
    lead_id=LEAD_ID, category="academic", reason="属学术研讨", submitter="zhou"
)
TRANSFERRED = lead_events.PersonalAppealTransferred(
    lead_id=LEAD_ID, to_unit="县公安局", reason="只涉及一户,按户籍规定办理", submitter="zhou"
)
ACKNOWLEDGED = lead_events.TransferAcknowledged(
    lead_id=LEAD_ID, to_unit="县公安局", receipt_no="公户〔2026〕17号", submitter="zhou"
)


def adopted(*evidence: str) -> lead_events.LeadAdopted:
    """The convenor adopted it."""
    return lead_events.LeadAdopted(
        lead_id=LEAD_ID,
        title="北辰社区增设社区卫生服务中心",
        summary="辖区近三万人,就医要过江。",
        origin="resident",
        evidence=evidence,
        adopter="lin",
        submitter="zhou",
    )


ADOPTED = adopted()

PROPOSE = topic_commands.ProposeTopic(
    topic_id=TOPIC_ID, area=BEICHEN, title="北辰社区增设社区卫生服务中心", origin="member"
)
RAISE = topic_commands.RaiseTopic(
    topic_id=TOPIC_ID,
    area=BEICHEN,
    lead_id=LEAD_ID,
    title="北辰社区增设社区卫生服务中心",
    summary="辖区近三万人,就医要过江。",
    origin="resident",
    proposer="lin",
    submitter="zhou",
)
ALL_MET = topic_commands.AssessCriteria(
    topic_id=TOPIC_ID, criteria=dict.fromkeys(LINSHUI.criteria, True)
)
PUBLICIZE = topic_commands.PublicizeTopic(topic_id=TOPIC_ID, where="北辰社区公示栏")
WITHDRAW = topic_commands.WithdrawTopic(topic_id=TOPIC_ID, reason="镇上已经安排")
CLOSE = topic_commands.CloseTopic(topic_id=TOPIC_ID, outcome_id=OUTCOME_ID)
END = topic_commands.EndTopic(topic_id=TOPIC_ID, reason="协商前问题已经解决")


def report_to(body: PartyBody) -> topic_commands.FileReport:
    """The written report goes to a body."""
    return topic_commands.FileReport(topic_id=TOPIC_ID, to=body)


def agree(body: PartyBody) -> topic_commands.ReviewTopic:
    """A body says yes."""
    return topic_commands.ReviewTopic(topic_id=TOPIC_ID, body=body, agrees=True)


def disagree(body: PartyBody) -> topic_commands.ReviewTopic:
    """A body says no."""
    return topic_commands.ReviewTopic(
        topic_id=TOPIC_ID, body=body, agrees=False, reason="条件不成熟"
    )


PROPOSED = topic_events.TopicProposed(
    topic_id=TOPIC_ID,
    title="北辰社区增设社区卫生服务中心",
    summary="辖区近三万人,就医要过江。",
    origin="resident",
    proposer="lin",
    lead_id=LEAD_ID,
    submitter="zhou",
)


def assessed(excluded: str | None = None, **unmet: bool) -> topic_events.TopicCriteriaAssessed:
    """All criteria are met, but for those named as `group_interest=False`."""
    criteria = dict.fromkeys(LINSHUI.criteria, True)
    told = {name.replace("_", "-"): met for name, met in unmet.items()}
    return topic_events.TopicCriteriaAssessed.model_validate(
        {"topic_id": TOPIC_ID, "criteria": criteria | told, "excluded": excluded, "remark": ""}
    )


ASSESSED = assessed()


def told(body: PartyBody) -> topic_events.TopicReportFiled:
    """A body has the written report."""
    return topic_events.TopicReportFiled(topic_id=TOPIC_ID, to=body)


def reviewed(body: PartyBody, *, agrees: bool = True) -> topic_events.TopicReviewedByPartyBody:
    """A body has said yes, or no."""
    reason = "" if agrees else "条件不成熟"
    return topic_events.TopicReviewedByPartyBody(
        topic_id=TOPIC_ID, body=body, agrees=agrees, reason=reason
    )


APPROVED = topic_events.TopicApproved(
    topic_id=TOPIC_ID, title="北辰社区增设社区卫生服务中心", proposer="lin"
)
RETURNED = topic_events.TopicReturned(
    topic_id=TOPIC_ID, body=CPPCC_GROUP, reason="条件不成熟", proposer="lin"
)
PUBLICISED = topic_events.TopicPublicised(topic_id=TOPIC_ID, where="北辰社区公示栏")
WITHDRAWN = topic_events.TopicWithdrawn(topic_id=TOPIC_ID, reason="镇上已经安排")
CLAIM = topic_commands.ClaimTopic(topic_id=TOPIC_ID, group="鼎屏片区委员活动小组")
NOTE_PLAN = topic_commands.NotePlan(
    topic_id=TOPIC_ID, plan_id=PLAN_ID, item_no=1, year=2026, adopter="qin"
)
REOPEN = topic_commands.ReopenTopic(topic_id=TOPIC_ID, reason="诊室漏水,又停诊了")
CLAIMED = topic_events.TopicClaimed(topic_id=TOPIC_ID, group="鼎屏片区委员活动小组", claimer="lin")
PLAN_NOTED = topic_events.PlanNoted(
    topic_id=TOPIC_ID, plan_id=PLAN_ID, item_no=1, year=2026, adopter="qin"
)
REOPENED = topic_events.TopicReopened(
    topic_id=TOPIC_ID,
    reason="诊室漏水,又停诊了",
    round=2,
    title="北辰社区增设社区卫生服务中心",
    proposer="lin",
)
ENDED = topic_events.TopicEnded(
    topic_id=TOPIC_ID,
    reason="协商前问题已经解决",
    title="北辰社区增设社区卫生服务中心",
    proposer="lin",
)
CLOSED = topic_events.TopicClosed(
    topic_id=TOPIC_ID,
    outcome_id=OUTCOME_ID,
    title="北辰社区增设社区卫生服务中心",
    proposer="lin",
)

ALSO_SAID = (told(CPPCC_GROUP), reviewed(CPPCC_GROUP), *PLAN_SAID, *VENUE_SAID, *CHARTER_SAID)
