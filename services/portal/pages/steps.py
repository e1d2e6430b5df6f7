"""What comes next: the steps of a matter, in the order in which it goes through them.

Who may take a step is known by the service that answers it, not here.
"""

from services.portal.pages.occasions import (
    each_body_asked,
    each_body_untold,
    each_item_apart,
    each_item_to_assign,
    each_item_upreported,
    each_receiver,
    each_receiver_once,
    each_untold,
    every_receiver,
    from_research,
    given_up,
    may_be_arbitrated,
    may_be_returned,
    new_case,
    new_research,
    next_item,
    not_given_up,
    second_key,
    the_lead,
    the_look,
    the_title,
)
from services.portal.pages.offers import Step

SCREENED = (
    "LeadAdopted",
    "LeadScreenedOut",
    "PersonalAppealTransferred",
    "LeadSplit",
    "LeadMerged",
)
PARTED = ("LeadUnmerged", "MergeTurnedDown")
FIXED = ("LeadResubmitted", *PARTED)
DECIDED = ("TopicApproved", "TopicReturned", "TopicWithdrawn")
OVER = ("MeetingHeld", "ConsultationCancelled")
PREPARED = ("ConsultationPlanned", "PartiesDetermined", "WorkPlanIssued")
PLACED = ("ConsultationScheduled",)
OPENED = ("ConsultationOpened",)
CLOSED = ("OutcomeClosed",)
ENDED = ("TopicClosed", "TopicEnded")
TAKEN_UP = ("TopicReopened",)
DRAFTED = ("MinutesDrafted", "ReportDrafted")
GRANTED = ("ExtensionGranted", "ExtensionDeclined")
GROUND = {"category": "topics.exclusions"}
PRINCIPLES = {"criteria": "topics.criteria"}
EXCLUDED = {"excluded": "topics.exclusions"}
FORMS = {"form": "meetings.forms.form", "mode": "meetings.modes"}
PLAN = {"fields": "meetings.workplan_fields"}
RECEIVERS = {"to": "outcomes.submitted_to"}
ROUTES = {"via": "outcomes.routes"}
CHARGED = {"to": "outcomes.charged_by"}
HEARS_OF_POLLS = {"to": "outcomes.evaluation.reported_to"}
UPWARDS = {"form": "outcomes.upreport_forms"}
DESK = ("AssignmentOpened",)
OFF_DESK = (
    "AssignmentAccepted", "AssignmentArbitrated", "AssignmentReturned", "HandlingReplied",
)  # fmt: skip
IN_HAND = ("AssignmentAccepted", "AssignmentArbitrated", "HandlingRejected")
REPLIED = ("HandlingReplied",)

# fmt: off
STEPS = (
    Step("topics", "AdoptLead", "lead", until=(*SCREENED, "LeadReturnedForFix"), again=FIXED,
         each=the_title),
    Step("topics", "TransferAppeal", "lead", until=SCREENED, again=PARTED),
    Step("topics", "ScreenOutLead", "lead", until=SCREENED, again=PARTED, choices=GROUND),
    Step("topics", "ReturnLeadForFix", "lead", until=(*SCREENED, "LeadReturnedForFix"),
         again=FIXED, side=True),
    Step("topics", "SplitLead", "lead", until=(*SCREENED, "LeadReturnedForFix"), again=FIXED,
         side=True),
    Step("topics", "ResubmitLead", "lead", after=("LeadReturnedForFix",),
         until=(*SCREENED, "LeadResubmitted"), again=("LeadReturnedForFix",), each=the_lead,
         mine=("submitter",), trusted=("clerk",)),
    Step("topics", "UnmergeLead", "lead", after=("LeadMerged",), until=PARTED,
         again=("LeadMerged",), side=True),
    Step("topics", "AcknowledgeTransfer", "lead", after=("PersonalAppealTransferred",),
         until=("TransferAcknowledged",)),

    Step("topics", "AssessCriteria", "topic", until=("TopicCriteriaAssessed", *DECIDED),
         keys=PRINCIPLES, choices=EXCLUDED),
    Step("topics", "FileReport", "topic", until=DECIDED, each=each_body_untold),
    Step("topics", "ReviewTopic", "topic", after=("TopicReportFiled",), until=DECIDED,
         each=each_body_asked),
    Step("topics", "AssessCriteria", "topic", after=("TopicCriteriaAssessed",), until=DECIDED,
         keys=PRINCIPLES, choices=EXCLUDED, side=True),
    Step("topics", "WithdrawTopic", "topic", until=DECIDED, mine=("proposer",), side=True),
    Step("topics", "PublicizeTopic", "topic", after=("TopicApproved",), until=ENDED, again=TAKEN_UP,
         side=True),
    Step("topics", "ClaimTopic", "topic", after=("TopicApproved",), until=("TopicClaimed", *ENDED),
         side=True),
    Step("topics", "ReopenTopic", "topic", until=("TopicProposed", *TAKEN_UP), again=ENDED,
         side=True),
    Step("topics", "EndTopic", "topic", after=("TopicApproved",), until=ENDED, again=TAKEN_UP,
         each=given_up),
    Step("topics", "EndTopic", "topic", after=("TopicApproved",), until=ENDED, again=TAKEN_UP,
         each=not_given_up, side=True),

    Step("meetings", "PlanResearch", "topic", after=("TopicApproved",), until=ENDED,
         again=TAKEN_UP, each=new_research, members=("members",)),
    Step("meetings", "ConductResearch", "research", until=("ResearchReportFiled",)),
    Step("meetings", "FileResearchReport", "research", after=("ResearchConducted",),
         until=("ResearchReportFiled",)),

    Step("meetings", "DetermineParties", "consultation", after=("ConsultationPlanned",),
         until=("PartiesDetermined", *OVER)),
    Step("meetings", "IssueWorkPlan", "consultation", after=("ConsultationPlanned",),
         until=("WorkPlanIssued", *OVER), keys=PLAN),
    Step("meetings", "ScheduleConsultation", "consultation", after=PREPARED,
         until=(*PLACED, *OVER), again=("ConsultationPostponed",), choices=FORMS),
    Step("meetings", "GivePriorNotice", "consultation", after=PLACED,
         until=("PriorNoticeGiven", "ConsultationPostponed", *OPENED, *OVER), again=PLACED),
    Step("meetings", "CheckIn", "consultation", after=("PriorNoticeGiven",),
         until=("ConsultationPostponed", *OVER), again=PLACED, members=("member_id",)),
    Step("meetings", "OpenConsultation", "consultation", after=("AttendeeCheckedIn",),
         until=("ConsultationPostponed", *OPENED, *OVER), again=PLACED),
    Step("meetings", "RecordConsensus", "consultation", after=OPENED, until=OVER, each=next_item),
    Step("meetings", "RecordDissent", "consultation", after=OPENED, until=OVER, each=next_item),
    Step("meetings", "MakeCommitment", "consultation", after=OPENED, until=OVER),
    Step("meetings", "RecordStatement", "consultation", after=OPENED, until=OVER,
         members=("member_id",)),
    Step("meetings", "SignRecord", "consultation", after=OPENED, until=OVER),
    Step("meetings", "PostponeConsultation", "consultation", after=PLACED,
         until=("ConsultationPostponed", *OPENED, *OVER), again=PLACED, side=True),
    Step("meetings", "CancelConsultation", "consultation", after=("ConsultationPlanned",),
         until=(*OPENED, *OVER), side=True),

    Step("outcomes", "DraftReport", "outcome", after=("ResearchReportNoted",),
         until=(*DRAFTED, *CLOSED), each=from_research),
    Step("outcomes", "IssueMinutes", "outcome", until=("ResearchReportNoted", "MinutesIssued"),
         again=DRAFTED),
    Step("outcomes", "SubmitOutcome", "outcome", after=("MinutesIssued",),
         until=("OutcomeSubmitted",), each=every_receiver, choices=RECEIVERS),
    Step("outcomes", "AdoptOutcome", "outcome", after=("OutcomeSubmitted",), until=CLOSED,
         each=each_receiver),
    Step("outcomes", "AssignItem", "outcome", after=("OutcomeAdopted",), until=CLOSED,
         each=each_item_to_assign, choices=ROUTES),
    Step("outcomes", "UpreportItem", "outcome", after=("OutcomeSubmitted",), until=CLOSED,
         each=each_item_apart, choices=UPWARDS),
    Step("outcomes", "EndorseOutcome", "outcome", after=("OutcomeSubmitted",), until=CLOSED,
         each=each_receiver_once, side=True),
    Step("outcomes", "EscalateOutcome", "outcome", after=("OutcomeSubmitted",), until=CLOSED,
         choices=CHARGED, side=True),
    Step("outcomes", "RecordUpreportAdoption", "outcome", after=("OutcomeUpreported",),
         until=CLOSED, each=each_item_upreported, side=True),
    Step("outcomes", "RecordReason", "outcome", after=("OutcomeSubmitted",), until=CLOSED,
         each=each_item_apart, side=True),

    Step("outcomes", "AcceptAssignment", "assignment", until=OFF_DESK, again=DESK,
         mine=("lead_unit",)),
    Step("outcomes", "ReturnAssignment", "assignment", until=OFF_DESK, again=DESK,
         each=may_be_returned, mine=("lead_unit",), side=True),
    Step("outcomes", "ArbitrateAssignment", "assignment", until=OFF_DESK, again=DESK,
         each=may_be_arbitrated, side=True),
    Step("outcomes", "CoSign", "assignment", until=(*DESK, *REPLIED), again=IN_HAND,
         mine=("assist_units",), side=True),
    Step("outcomes", "RequestExtension", "assignment",
         until=(*DESK, *REPLIED, "ExtensionRequested"), again=(*IN_HAND, *GRANTED),
         mine=("lead_unit",), side=True),
    Step("outcomes", "ApproveExtension", "assignment", after=("ExtensionRequested",),
         until=(*REPLIED, *GRANTED), again=("ExtensionRequested",)),
    Step("outcomes", "ReplyHandling", "assignment", until=(*DESK, *REPLIED), again=IN_HAND,
         mine=("lead_unit",)),
    Step("outcomes", "ReportProgress", "assignment", until=(*DESK, *REPLIED), again=IN_HAND,
         mine=("lead_unit", "assist_units"), side=True),
    Step("outcomes", "ConfirmSolved", "assignment", after=REPLIED,
         until=("SolutionConfirmed", "HandlingRejected"), again=REPLIED, each=second_key),
    Step("outcomes", "ConductFollowUp", "followup", until=("FollowUpConducted",), each=the_look),

    Step("outcomes", "GiveFeedback", "outcome", after=("OutcomeAdopted",), until=CLOSED,
         each=each_untold),
    Step("outcomes", "ReportMedia", "outcome", after=("OutcomeSubmitted",), until=CLOSED,
         side=True),
    Step("outcomes", "DraftCase", "outcome", after=("OutcomeSubmitted",), until=("CaseNoted",),
         each=new_case, side=True),
    Step("outcomes", "PublishCase", "case", until=("CasePublished",)),
    Step("outcomes", "OpenPoll", "evaluation", until=("PollOpened", "EvaluationTallied")),
    Step("outcomes", "TallyEvaluation", "evaluation", after=("PollOpened",),
         until=("EvaluationTallied",)),
    Step("outcomes", "RecountEvaluation", "evaluation", after=("EvaluationTallied",), side=True),
    Step("outcomes", "ReportEvaluation", "evaluation", after=("EvaluationTallied",),
         until=("EvaluationReported",), choices=HEARS_OF_POLLS),
    Step("outcomes", "CloseOutcome", "outcome", after=("FeedbackGiven",), until=CLOSED),
)
# fmt: on
