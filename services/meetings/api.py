"""What the meetings service answers."""

from services.meetings.domain.consultation import commands as consultation
from services.meetings.domain.draw import commands as draw
from services.meetings.domain.member import commands as member
from services.meetings.domain.research import commands as research
from services.meetings.domain.talent import commands as talent
from services.meetings.projections import calendar, members, talents
from services.meetings.projections.calendar import CALENDAR
from services.meetings.projections.members import MEMBERS
from services.meetings.projections.talents import TALENTS
from shared.runtime.asked import Route, command, question

ROUTES: list[Route] = [
    command(research.PlanResearch),
    command(research.ConductResearch),
    command(research.FileResearchReport),
    command(consultation.DetermineParties),
    command(consultation.IssueWorkPlan),
    command(consultation.ScheduleConsultation),
    command(consultation.SetAgenda),
    command(consultation.RecordInvitation),
    command(consultation.GivePriorNotice),
    command(consultation.CheckIn),
    command(consultation.CheckInHere),
    command(consultation.OpenConsultation),
    command(consultation.BeginAgendaItem),
    command(consultation.RecordStatement),
    command(consultation.MakeCommitment),
    command(consultation.RecordConsensus),
    command(consultation.RecordDissent),
    command(consultation.SignRecord),
    command(consultation.PostponeConsultation),
    command(consultation.CancelConsultation),
    command(member.AdmitMember),
    command(member.PairMembers),
    command(member.EndPair),
    command(member.RecordDuty),
    command(member.FileDutyReport),
    command(member.EvaluateMember),
    command(member.AssignObserver),
    command(member.EndMembership),
    command(talent.AdmitTalent),
    command(talent.AssessTalent),
    command(talent.RewardTalent),
    command(talent.SanctionTalent),
    command(talent.ExitTalent),
    command(draw.OpenDraw),
    command(draw.ExcludeFromDraw),
    command(draw.PublishSeed),
    command(draw.ReplaceDrawn),
    command(draw.CancelDraw),
    question(calendar.ConsultationsInArea, CALENDAR, "in area", calendar.Entry),
    question(calendar.ConsultationsBetween, CALENDAR, "between", calendar.Entry),
    question(calendar.ConsultationsOfTopic, CALENDAR, "of topic", calendar.Entry),
    question(calendar.HeldInYear, CALENDAR, "held in year", calendar.Held),
    question(members.MembersInArea, MEMBERS, "in area", members.MemberRow),
    question(members.MemberDuties, MEMBERS, "duties of member", members.Duty),
    question(talents.TalentPool, TALENTS, "in area", talents.Talent),
    question(talents.DrawsInArea, TALENTS, "draws in area", talents.Draw),
    question(talents.LotsOfDraw, TALENTS, "lots of draw", talents.Lot),
    question(talents.DrawsPerTalent, TALENTS, "draws per talent", talents.Luck),
]
