"""What comes next: the steps of a matter, in the order in which it goes through them.

Who may take a step is known by the service that answers it, not here.
"""

from services.portal.pages.offers import (
    Step,
    each_body_asked,
    each_body_untold,
    each_item_apart,
    each_item_to_assign,
    each_receiver,
    each_untold,
    every_receiver,
    new_research,
    next_item,
    the_title,
)

SCREENED = ("LeadAdopted", "LeadScreenedOut", "PersonalAppealTransferred")
DECIDED = ("TopicApproved", "TopicReturned", "TopicWithdrawn")
OVER = ("MeetingHeld", "ConsultationCancelled")
PREPARED = ("ConsultationPlanned", "PartiesDetermined", "WorkPlanIssued")
PLACED = ("ConsultationScheduled",)
OPENED = ("ConsultationOpened",)
CLOSED = ("OutcomeClosed",)
GROUND = {"category": "topics.exclusions"}
PRINCIPLES = {"criteria": "topics.criteria"}
EXCLUDED = {"excluded": "topics.exclusions"}
FORMS = {"form": "meetings.forms.form", "mode": "meetings.modes"}
PLAN = {"fields": "meetings.workplan_fields"}
RECEIVERS = {"to": "outcomes.submitted_to"}
ROUTES = {"via": "outcomes.routes"}
UPWARDS = {"form": "outcomes.upreport_forms"}
DESK = ("AssignmentOpened",)
OFF_DESK = ("AssignmentAccepted", "AssignmentReturned", "HandlingReplied")
REOPENED = ("AssignmentAccepted", "HandlingRejected")
REPLIED = ("HandlingReplied",)

# fmt: off
STEPS = (
    Step("topics", "AdoptLead", "lead", until=SCREENED, each=the_title),
    Step("topics", "TransferAppeal", "lead", until=SCREENED),
    Step("topics", "ScreenOutLead", "lead", until=SCREENED, choices=GROUND),
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
    Step("topics", "PublicizeTopic", "topic", after=("TopicApproved",), until=("TopicClosed",),
         side=True),

    Step("meetings", "PlanResearch", "topic", after=("TopicApproved",), until=("TopicClosed",),
         each=new_research),
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
         until=("ConsultationPostponed", *OVER), again=PLACED),
    Step("meetings", "OpenConsultation", "consultation", after=("AttendeeCheckedIn",),
         until=("ConsultationPostponed", *OPENED, *OVER), again=PLACED),
    Step("meetings", "RecordConsensus", "consultation", after=OPENED, until=OVER, each=next_item),
    Step("meetings", "RecordDissent", "consultation", after=OPENED, until=OVER, each=next_item),
    Step("meetings", "MakeCommitment", "consultation", after=OPENED, until=OVER),
    Step("meetings", "RecordStatement", "consultation", after=OPENED, until=OVER),
    Step("meetings", "SignRecord", "consultation", after=OPENED, until=OVER),
    Step("meetings", "PostponeConsultation", "consultation", after=PLACED,
         until=("ConsultationPostponed", *OPENED, *OVER), again=PLACED, side=True),
    Step("meetings", "CancelConsultation", "consultation", after=("ConsultationPlanned",),
         until=(*OPENED, *OVER), side=True),

    Step("outcomes", "IssueMinutes", "outcome", until=("MinutesIssued",)),
    Step("outcomes", "SubmitOutcome", "outcome", after=("MinutesIssued",),
         until=("OutcomeSubmitted",), each=every_receiver, choices=RECEIVERS),
    Step("outcomes", "AdoptOutcome", "outcome", after=("OutcomeSubmitted",), until=CLOSED,
         each=each_receiver),
    Step("outcomes", "AssignItem", "outcome", after=("OutcomeAdopted",), until=CLOSED,
         each=each_item_to_assign, choices=ROUTES),
    Step("outcomes", "UpreportItem", "outcome", after=("OutcomeSubmitted",), until=CLOSED,
         each=each_item_apart, choices=UPWARDS),
    Step("outcomes", "RecordReason", "outcome", after=("OutcomeSubmitted",), until=CLOSED,
         each=each_item_apart, side=True),

    Step("outcomes", "AcceptAssignment", "assignment", until=OFF_DESK, again=DESK,
         mine=("lead_unit",)),
    Step("outcomes", "ReturnAssignment", "assignment", until=OFF_DESK, again=DESK,
         mine=("lead_unit",), side=True),
    Step("outcomes", "ReplyHandling", "assignment", after=("AssignmentAccepted",), until=REPLIED,
         again=REOPENED, mine=("lead_unit",)),
    Step("outcomes", "ReportProgress", "assignment", after=("AssignmentAccepted",), until=REPLIED,
         again=REOPENED, mine=("lead_unit", "assist_units"), side=True),
    Step("outcomes", "ConductFollowUp", "followup", until=("FollowUpConducted",)),

    Step("outcomes", "GiveFeedback", "outcome", after=("OutcomeAdopted",), until=CLOSED,
         each=each_untold),
    Step("outcomes", "ReportMedia", "outcome", after=("OutcomeSubmitted",), until=CLOSED,
         side=True),
    Step("outcomes", "CloseOutcome", "outcome", after=("FeedbackGiven",), until=CLOSED),
)
# fmt: on
