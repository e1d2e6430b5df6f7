"""The aggregates of outcomes."""

from services.outcomes.domain.assignment.decide import ASSIGNMENT
from services.outcomes.domain.case.decide import CASE
from services.outcomes.domain.evaluation.decide import EVALUATION
from services.outcomes.domain.followup.decide import FOLLOWUP
from services.outcomes.domain.ledger.decide import LEDGER
from services.outcomes.domain.outcome.decide import OUTCOME
from services.outcomes.domain.rating.decide import RATING
from services.outcomes.domain.referral.decide import REFERRAL
from services.outcomes.domain.sheet.decide import SHEET
from services.outcomes.domain.unit.decide import UNIT

DECIDERS = (OUTCOME, ASSIGNMENT, FOLLOWUP, RATING, EVALUATION, REFERRAL, CASE, SHEET, UNIT, LEDGER)
