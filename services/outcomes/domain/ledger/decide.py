"""The life of a ledger (活动台账) of one area and one period.

nothing ──certify──▶ certified ──certify again, for a reason──▶ certified

What the rows say is computed where they are shown, and its digests are what is certified: so
anybody who has the rows can compute them again, and see which rows changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from services.outcomes.domain.ledger import commands as asked
from services.outcomes.domain.ledger import events as said
from services.outcomes.rules import OutcomeRules
from services.outcomes.words import LedgerEntry, day
from shared.kernel.decider import Claim, Context, Decider
from shared.kernel.errors import Refused

type Ctx = Context[OutcomeRules]
type Facts = list[said.LedgerCertified]


@dataclass(frozen=True)
class Nothing:
    """Nobody stands for it."""


@dataclass(frozen=True)
class Certified:
    """What was certified last."""

    place: tuple[str, str]
    digest: str
    number: int


type Ledger = Nothing | Certified


def evolve(_ledger: Ledger, event: said.LedgerCertified) -> Ledger:
    """The ledger after one more fact."""
    return Certified((event.area, event.period), event.digest, event.number)


def decide(command: asked.CertifyLedger, ledger: Ledger, ctx: Ctx) -> Facts:
    """What may happen when. The county does not stand for what a town wrote."""
    if ctx.actor.area != command.area:
        raise Refused("not-your-ledger", area=command.area, yours=ctx.actor.area)
    if ends_on(command.period) >= (today := day(ctx.now)):
        raise Refused("period-not-over", period=command.period, today=today)

    match ledger:
        case Nothing():
            return [_certified(command, number=1)]
        case Certified() as known:
            return again(command, known)


def again(command: asked.CertifyLedger, ledger: Certified) -> Facts:
    """A correction is visible, and says why."""
    if (command.area, command.period) != ledger.place:
        raise Refused("other-ledger", area=ledger.place[0], period=ledger.place[1])
    if digest_of(command.entries) == ledger.digest:
        return []
    if not command.reason.strip():
        raise Refused("reason-missing", number=ledger.number + 1)

    return [_certified(command, number=ledger.number + 1)]


def _certified(command: asked.CertifyLedger, number: int) -> said.LedgerCertified:
    return said.LedgerCertified(
        **dict(command),
        rows=len(command.entries),
        digest=digest_of(command.entries),
        number=number,
    )


def digest_of(entries: Sequence[LedgerEntry]) -> str:
    """SHA-256 over a line for each entry in order: its id, a space, its digest, a newline."""
    lines = "".join(f"{entry.entry} {entry.digest}\n" for entry in entries)
    return sha256(lines.encode()).hexdigest()


def ends_on(period: str) -> date:
    """The last day of a period: '2026-06', '2026-Q2' or '2026'."""
    year, _, part = period.partition("-")
    month = int(part[1:]) * 3 if part.startswith("Q") else int(part or 12)
    after = date(int(year) + month // 12, month % 12 + 1, 1)
    return after - timedelta(days=1)


def claims(event: said.LedgerCertified) -> Sequence[Claim]:
    """An area has one ledger of a period."""
    return [("ledger", f"{event.area}/{event.period}")]


LEDGER: Decider[Ledger, asked.CertifyLedger, said.LedgerCertified, OutcomeRules] = Decider(
    category="ledger",
    commands=asked.CertifyLedger,
    events=said.EVENTS,
    initial=Nothing(),
    evolve=evolve,
    decide=decide,
    claims=claims,
)
