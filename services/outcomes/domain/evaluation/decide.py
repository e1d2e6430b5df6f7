"""The life of an evaluation (民主测评).

nothing ──open──▶ open ──open the poll──▶ polling ──tally──▶ tallied ──report──▶ reported
             take a ballot             cast a ballot     recount            recount

The secrecy is that of paper. At the opening one code for each voter is printed, and the log gets
their digests in the order of the digests. A voter takes a ballot under their own name, and draws
one of the printed codes unseen; the drawing leaves no trace. Only when nobody can take a ballot any
more are codes cast, by an actor whose id the edge makes up for this one request.

- Who reads the whole log learns who may vote, who took a ballot and when, and which code was cast
  how and when. Nothing there joins a voter to a code: not the order, for taking is over before
  casting begins, not the actor, not the correlation, and not the digests, for codes are random.
- Who prints the codes could note who draws which, or cast a code whose drawer stayed silent. There
  is no help against this but that of paper: draw from a closed envelope, before witnesses. They
  cannot cast more ballots than were taken, nor change one: its holder finds it spent, or finds the
  digest of the code in the log beside the choice.
- Nobody but this service reads that a ballot was taken or cast: others hear that there is a fact,
  so that no view, no board and no listener knows how a poll stands before it is counted.
- The same finding lets a voter prove to another how they voted, if they keep the slip.
- A unanimous count tells how each voted, as it does on paper. `voters_min` keeps the count of
  very few from being taken at all.
- Who watches the network sees when a device speaks to the edge; the edge keeps no log of it.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from services.outcomes.domain.evaluation import commands as asked
from services.outcomes.domain.evaluation import events as said
from services.outcomes.rules import OutcomeRules
from services.outcomes.words import Verdict
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused


@dataclass(frozen=True)
class Nothing:
    """Nothing is evaluated."""


@dataclass(frozen=True)
class Open:
    """Voters take their ballots."""

    plan: said.EvaluationOpened
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Polling:
    """Ballots are cast: `box` holds the choice on each."""

    plan: said.EvaluationOpened
    taken: int
    box: Mapping[str, str]


@dataclass(frozen=True)
class Tallied:
    """Counted, and perhaps reported."""

    plan: said.EvaluationOpened
    box: Mapping[str, str]
    tally: said.EvaluationTallied
    reported: bool = False


type Ctx = Context[OutcomeRules]
type Evaluation = Nothing | Open | Polling | Tallied
type Facts = list[said.EvaluationEvent]


def evolve(evaluation: Evaluation, event: said.EvaluationEvent) -> Evaluation:
    """The evaluation after one more fact."""
    match evaluation, event:
        case Nothing(), said.EvaluationOpened() as e:
            return Open(e)
        case Open() as s, said.BallotTaken() as e:
            return replace(s, taken=s.taken | {e.voter})
        case Open() as s, said.PollOpened():
            return Polling(s.plan, len(s.taken), {})
        case Polling() as s, said.BallotCast() as e:
            return replace(s, box={**s.box, e.ballot: e.choice})
        case Polling() as s, said.EvaluationTallied() as e:
            return Tallied(s.plan, s.box, e)
        case Tallied() as s, said.EvaluationReported():
            return replace(s, reported=True)
        case _:
            return evaluation


def decide(command: asked.EvaluationCommand, evaluation: Evaluation, ctx: Ctx) -> Facts:
    """What may happen when."""
    match command, evaluation:
        case asked.OpenEvaluation() as c, Nothing():
            return open_evaluation(c, ctx)
        case asked.TakeBallot() as c, Open() as s:
            return take(c, s, ctx)
        case asked.OpenPoll() as c, Open() as s:
            return open_poll(c, s, ctx)
        case asked.CastBallot() as c, Polling() as s:
            return cast(c, s, ctx)
        case asked.TallyEvaluation() as c, Polling() as s:
            return tally(c, s, ctx)
        case asked.RecountEvaluation() as c, Tallied() as s:
            return recount(c, s, ctx)
        case asked.ReportEvaluation() as c, Tallied(reported=False) as s:
            return report(c, s, ctx)
        case (asked.OpenPoll(), Polling()) | (asked.TallyEvaluation(), Tallied()):
            return []
        case asked.OpenEvaluation() as c, Open() as s if s.plan == _plan(c):
            return []
        case asked.ReportEvaluation(), Tallied():
            return []
        case _:
            raise Refused(
                "not-now", command=type(command).__name__, evaluation=type(evaluation).__name__
            )


def open_evaluation(command: asked.OpenEvaluation, ctx: Ctx) -> Facts:
    """Who handled it has no vote on it; the law is checked here and again at the ballots."""
    plan, rules = _plan(command), ctx.rules.evaluation
    if plan.forum not in rules.forums:
        raise Refused("no-such-forum", forums=sorted(rules.forums))
    if handlers := set(plan.voters) & set(plan.handlers):
        raise Refused("handler-votes", handlers=sorted(handlers))
    if len(plan.voters) < rules.voters_min:
        raise Refused("too-few-voters", voters=len(plan.voters), needed=rules.voters_min)
    if len(plan.ballots) != len(plan.voters):
        raise Refused("ballots-differ", voters=len(plan.voters), ballots=len(plan.ballots))
    if plan.poll_ends <= ctx.now:
        raise Refused("poll-over", ended=plan.poll_ends)

    return [plan]


def _plan(command: asked.OpenEvaluation) -> said.EvaluationOpened:
    """Each name once, and in an order that says nothing about who will hold which ballot."""
    named = ("voters", "handlers", "handling_units", "ballots")
    ordered = {name: tuple(sorted(set(getattr(command, name)))) for name in named}
    return said.EvaluationOpened(**command.model_dump(exclude={"area", *named}), **ordered)


def take(command: asked.TakeBallot, evaluation: Open, ctx: Ctx) -> Facts:
    """One for each voter, in person; none for who handled it, themselves or for their unit."""
    plan, voter = evaluation.plan, ctx.actor.id
    if voter in plan.handlers or ctx.actor.unit in plan.handling_units:
        raise Refused("handler")
    if voter not in plan.voters:
        raise Refused("not-a-voter")
    if voter in evaluation.taken:
        return []

    return [said.BallotTaken(evaluation_id=command.evaluation_id, voter=voter)]


def open_poll(command: asked.OpenPoll, evaluation: Open, ctx: Ctx) -> Facts:
    """Among very few, a ballot would be as good as signed."""
    taken, needed = len(evaluation.taken), ctx.rules.evaluation.voters_min
    if taken < needed:
        raise Refused("too-few-voters", voters=taken, needed=needed)

    return [said.PollOpened(evaluation_id=command.evaluation_id)]


def cast(command: asked.CastBallot, evaluation: Polling, ctx: Ctx) -> Facts:
    """Only a printed code counts, and once; the log keeps its digest, never the code."""
    ballot = sha256(command.code.encode()).hexdigest()
    if ballot not in evaluation.plan.ballots:
        raise Refused("no-such-ballot")
    if command.choice not in ctx.rules.evaluation.scale:
        raise Refused("no-such-choice", scale=list(ctx.rules.evaluation.scale))
    if before := evaluation.box.get(ballot):
        if before == command.choice:
            return []
        raise Refused("already-cast")
    if ctx.now >= evaluation.plan.poll_ends:
        raise Refused("poll-over", ended=evaluation.plan.poll_ends)
    if len(evaluation.box) >= evaluation.taken:
        raise Refused("no-ballot-left", taken=evaluation.taken)

    return [
        said.BallotCast(evaluation_id=command.evaluation_id, ballot=ballot, choice=command.choice)
    ]


def tally(command: asked.TallyEvaluation, evaluation: Polling, ctx: Ctx) -> Facts:
    """Nobody ends a poll early because they like how it stands."""
    plan, cast = evaluation.plan, len(evaluation.box)
    if cast < evaluation.taken and ctx.now < plan.poll_ends:
        raise Refused("poll-open", ends=plan.poll_ends)

    return [
        said.EvaluationTallied(
            evaluation_id=command.evaluation_id,
            topic_id=plan.topic_id,
            of=plan.of,
            subject_id=plan.subject_id,
            counts=_counts(evaluation.box, ctx),
            voters=len(plan.voters),
            taken=evaluation.taken,
            cast=cast,
            verdict=_verdict(evaluation, ctx),
        )
    ]


def _counts(box: Mapping[str, str], ctx: Ctx) -> tuple[said.Count, ...]:
    found = Counter(box.values())
    return tuple(
        said.Count(choice=choice, ballots=found[choice]) for choice in ctx.rules.evaluation.scale
    )


def _verdict(evaluation: Polling, ctx: Ctx) -> Verdict:
    rules, box = ctx.rules.evaluation, evaluation.box
    if not box or len(box) < rules.quorum * len(evaluation.plan.voters):
        return "no-quorum"
    content = sum(choice in rules.satisfied for choice in box.values())
    return "passed" if content >= rules.threshold * len(box) else "failed"


def recount(command: asked.RecountEvaluation, evaluation: Tallied, ctx: Ctx) -> Facts:
    """Each recount is a fact of its own, with who asked for it."""
    counts = _counts(evaluation.box, ctx)
    same = counts == evaluation.tally.counts
    return [said.EvaluationRecounted(evaluation_id=command.evaluation_id, counts=counts, same=same)]


def report(command: asked.ReportEvaluation, evaluation: Tallied, ctx: Ctx) -> Facts:
    """邻水: “测评结果报送县委、县政府及相关部门”."""
    to = tuple(sorted(set(command.to)))
    if missing := ctx.rules.evaluation.reported_to - set(to):
        raise Refused("body-missing", to=sorted(missing))

    plan = evaluation.plan
    return [
        said.EvaluationReported(
            evaluation_id=command.evaluation_id,
            topic_id=plan.topic_id,
            to=to,
            units=plan.handling_units,
            verdict=evaluation.tally.verdict,
        )
    ]


EVALUATION: Decider[Evaluation, asked.EvaluationCommand, said.EvaluationEvent, OutcomeRules] = (
    Decider(
        category="evaluation",
        commands=asked.EvaluationCommand,
        events=said.EVENTS,
        initial=Nothing(),
        evolve=evolve,
        decide=decide,
        restricted=frozenset({"BallotTaken", "BallotCast"}),
    )
)
