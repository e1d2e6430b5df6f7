"""What the meetings service answers."""

from services.meetings.domain.consultation import commands as consultation
from services.meetings.domain.research import commands as research
from services.meetings.projections import calendar
from services.meetings.projections.calendar import CALENDAR
from shared.runtime.asked import Route, command, question

ROUTES: list[Route] = [
    command(research.PlanResearch),
    command(research.ConductResearch),
    command(research.FileResearchReport),
    command(consultation.DetermineParties),
    command(consultation.IssueWorkPlan),
    command(consultation.ScheduleConsultation),
    command(consultation.GivePriorNotice),
    command(consultation.CheckIn),
    command(consultation.OpenConsultation),
    command(consultation.RecordStatement),
    command(consultation.MakeCommitment),
    command(consultation.RecordConsensus),
    command(consultation.RecordDissent),
    command(consultation.SignRecord),
    command(consultation.PostponeConsultation),
    command(consultation.CancelConsultation),
    question(calendar.ConsultationsInArea, CALENDAR, "in area", calendar.Entry),
    question(calendar.ConsultationsBetween, CALENDAR, "between", calendar.Entry),
    question(calendar.ConsultationsOfTopic, CALENDAR, "of topic", calendar.Entry),
    question(calendar.HeldInYear, CALENDAR, "held in year", calendar.Held),
]
