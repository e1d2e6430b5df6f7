"""What outcomes answers."""

from services.outcomes.domain.assignment import commands as assignment
from services.outcomes.domain.case import commands as case
from services.outcomes.domain.evaluation import commands as evaluation
from services.outcomes.domain.followup.commands import ConductFollowUp
from services.outcomes.domain.ledger.commands import CertifyLedger
from services.outcomes.domain.outcome import commands as outcome
from services.outcomes.domain.rating.commands import RateHandling
from services.outcomes.domain.referral import commands as referral
from services.outcomes.domain.sheet import commands as sheet
from services.outcomes.domain.unit import commands as unit
from services.outcomes.projections.promises import (
    PROMISES,
    Look,
    LooksInArea,
    OverduePromises,
    Promise,
    PromisesInArea,
    PromisesOfUnit,
)
from services.outcomes.projections.referrals import REFERRALS, Referral, ReferralsInArea
from services.outcomes.projections.units import UNITS, UnitRow, UnitsInArea
from shared.runtime.asked import Route, command, question

ROUTES: list[Route] = [
    command(outcome.DraftReport),
    command(outcome.SaveMinutes),
    command(outcome.IssueMinutes),
    command(outcome.SubmitOutcome),
    command(outcome.AdoptOutcome),
    command(outcome.EndorseOutcome),
    command(outcome.EscalateOutcome),
    command(outcome.AssignItem),
    command(outcome.UpreportItem),
    command(outcome.RecordUpreportAdoption),
    command(outcome.RecordReason),
    command(outcome.GiveFeedback),
    command(outcome.ReportMedia),
    command(outcome.CloseOutcome),
    command(assignment.AcceptAssignment),
    command(assignment.ReturnAssignment),
    command(assignment.ReportProgress),
    command(assignment.ArbitrateAssignment),
    command(assignment.CoSign),
    command(assignment.RequestExtension),
    command(assignment.ApproveExtension),
    command(assignment.ReplyHandling),
    command(assignment.ConfirmSolved),
    command(ConductFollowUp),
    command(RateHandling),
    command(evaluation.OpenEvaluation),
    command(evaluation.TakeBallot),
    command(evaluation.OpenPoll),
    command(evaluation.CastBallot),
    command(evaluation.TallyEvaluation),
    command(evaluation.RecountEvaluation),
    command(evaluation.ReportEvaluation),
    command(referral.RecordStrongReaction),
    command(referral.AllegeInaction),
    command(referral.ApproveReferral),
    command(referral.ReferToDiscipline),
    command(referral.ReceiveDisciplineResult),
    command(case.DraftCase),
    command(case.PublishCase),
    command(sheet.OpenSheet),
    command(sheet.RecordScore),
    command(sheet.PublishAssessment),
    command(sheet.AppealScore),
    command(sheet.TurnDownAppeal),
    command(sheet.AmendScore),
    command(sheet.FreezeRanking),
    command(unit.RegisterUnit),
    command(unit.RenameUnit),
    command(unit.RetireUnit),
    command(CertifyLedger),
    question(PromisesInArea, PROMISES, "in area", Promise),
    question(OverduePromises, PROMISES, "overdue in area", Promise),
    question(PromisesOfUnit, PROMISES, "of unit", Promise),
    question(LooksInArea, PROMISES, "looks in area", Look),
    question(ReferralsInArea, REFERRALS, "in area", Referral),
    question(UnitsInArea, UNITS, "in area", UnitRow),
]
