"""The life of a case (典型案例).

nothing ──draft──▶ drafted ──publish──▶ published
                    │  ▲
                    └──┘ draft anew

惠民: each case says “协商背景”“协商主体”“协商过程”“协商意见”“协商效果”, then “互相交流学习”.
"""

from dataclasses import dataclass

from services.outcomes.domain.case import commands as asked
from services.outcomes.domain.case import events as said
from services.outcomes.rules import OutcomeRules
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused


@dataclass(frozen=True)
class Nothing:
    """Nobody wrote anything up."""


@dataclass(frozen=True)
class Drafted:
    """Written, but not for everybody yet."""

    draft: said.CaseDrafted


@dataclass(frozen=True)
class Published:
    """In the library."""


type Case = Nothing | Drafted | Published


def evolve(case: Case, event: said.CaseEvent) -> Case:
    """The case after one more fact."""
    match case, event:
        case Nothing() | Drafted(), said.CaseDrafted() as e:
            return Drafted(e)
        case Drafted(), said.CasePublished():
            return Published()
        case _:
            return case


def decide(
    command: asked.CaseCommand, case: Case, ctx: Context[OutcomeRules]
) -> list[said.CaseEvent]:
    """What may happen when."""
    match command, case:
        case asked.DraftCase() as c, Nothing():
            return [_draft(c)]
        case asked.DraftCase() as c, Drafted() as s:
            return redraft(c, s)
        case asked.PublishCase() as c, Drafted() as s:
            return publish(c, s)
        case asked.PublishCase(), Published():
            return []
        case _:
            raise Refused("not-now", command=type(command).__name__, case=type(case).__name__)


def _draft(command: asked.DraftCase) -> said.CaseDrafted:
    return said.CaseDrafted(**command.model_dump(exclude={"area"}))


def redraft(command: asked.DraftCase, case: Drafted) -> list[said.CaseEvent]:
    """A case stays that of its outcome."""
    draft = _draft(command)
    if draft == case.draft:
        return []
    if draft.outcome_id != case.draft.outcome_id:
        raise Refused("other-outcome", outcome_id=case.draft.outcome_id)

    return [draft]


def publish(command: asked.PublishCase, case: Drafted) -> list[said.CaseEvent]:
    """All five sections, and nobody shown who did not agree to it."""
    empty = [name for name, text in case.draft.sections if not text]
    if empty:
        raise Refused("section-empty", sections=empty)
    if not command.deidentified and not command.consents:
        raise Refused("no-consent")

    return [
        said.CasePublished(
            **dict(case.draft),
            basis="de-identified" if command.deidentified else "consent",
            consents=command.consents,
        )
    ]


CASE: Decider[Case, asked.CaseCommand, said.CaseEvent, OutcomeRules] = Decider(
    category="case",
    commands=asked.CaseCommand,
    events=said.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
)
