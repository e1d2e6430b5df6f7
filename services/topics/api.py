"""What the topics service answers."""

from services.topics.domain.charter import commands as charter
from services.topics.domain.lead import commands as lead
from services.topics.domain.plan import commands as plan
from services.topics.domain.topic import commands as topic
from services.topics.domain.venue import commands as venue
from services.topics.projections import topic_board as board
from services.topics.projections import venues as rooms
from services.topics.projections.topic_board import TOPIC_BOARD
from services.topics.projections.venues import VENUES
from shared.runtime.asked import Route, command, question

ROUTES: list[Route] = [
    command(lead.SubmitLead),
    command(lead.ReturnLeadForFix),
    command(lead.ResubmitLead),
    command(lead.MergeLead),
    command(lead.UnmergeLead),
    command(lead.SplitLead),
    command(lead.ScreenOutLead),
    command(lead.TransferAppeal),
    command(lead.AcknowledgeTransfer),
    command(lead.AdoptLead),
    command(topic.ProposeTopic),
    command(topic.AssessCriteria),
    command(topic.FileReport),
    command(topic.ReviewTopic),
    command(topic.PublicizeTopic),
    command(topic.ClaimTopic),
    command(topic.WithdrawTopic),
    command(topic.ReopenTopic),
    command(topic.EndTopic),
    command(plan.DraftPlan),
    command(plan.AddPlanItem),
    command(plan.DecidePlan),
    command(plan.IssuePlan),
    command(plan.AdoptIntoPlan),
    command(plan.DeferPlanItem),
    command(venue.EstablishVenue),
    command(venue.CheckVenueStandard),
    command(venue.SuspendVenue),
    command(venue.ResumeVenue),
    command(venue.AppointConvenor),
    command(venue.RelieveConvenor),
    command(venue.AllotBudget),
    command(venue.SpendBudget),
    command(venue.OfferVenue),
    command(charter.DraftCharter),
    command(charter.AcceptCharterText),
    command(charter.RecordDeviation),
    question(board.LeadsInArea, TOPIC_BOARD, "leads in area", board.LeadRow),
    question(board.SimilarLeads, TOPIC_BOARD, "similar leads", board.SimilarLead),
    question(board.LeadByReceipt, TOPIC_BOARD, "lead by receipt", board.Receipt),
    question(board.TopicsInArea, TOPIC_BOARD, "topics in area", board.TopicRow),
    question(board.TopicById, TOPIC_BOARD, "one topic", board.TopicRow),
    question(rooms.VenuesInArea, VENUES, "in area", rooms.VenueRow),
    question(rooms.BudgetOfVenue, VENUES, "budget of venue", rooms.BudgetRow),
]
