"""The life of what is said of an assignment (群众评价).

nothing ──rate──▶ rated ──rate──┐
                    ▲───────────┘ by other voices, and of later rounds

A unit says that it is done; those whom it concerns say whether it is. What they do not find solved
is looked at on the spot, in every county: who looks may send it back, and its clock starts again.
"""

from dataclasses import dataclass, field
from uuid import UUID, uuid5

from services.outcomes.domain.rating import commands as asked
from services.outcomes.domain.rating import events as said
from services.outcomes.rules import OutcomeRules
from services.outcomes.words import day
from shared.kernel.decider import Context, Decider
from shared.kernel.errors import Refused

PUBLIC = "public"
"""Who has no account; the portal asks in that name alone, and knows the voice by its receipt."""


@dataclass(frozen=True)
class Rated:
    """What was said, by whom of which round; nothing at first."""

    by: dict[tuple[UUID, int], tuple[bool, str]] = field(default_factory=dict)


def evolve(rating: Rated, event: said.RatingEvent) -> Rated:
    """What was said, after one more fact."""
    told = {(event.voice, event.round): (event.solved, event.satisfaction)}
    return Rated(told | rating.by)


def decide(
    command: asked.RatingCommand, rating: Rated, ctx: Context[OutcomeRules]
) -> list[said.RatingEvent]:
    """Nobody speaks with another's voice; what is not solved is looked at within the days."""
    if command.rating_id != uuid5(command.assignment_id, "rating"):
        raise Refused("not-its-rating")
    if ctx.actor.id not in (PUBLIC, str(command.voice)):
        raise Refused("not-your-voice")
    match rating.by.get((command.voice, command.round)):
        case None:
            look_by = ctx.rules.workdays.after(day(ctx.now), ctx.rules.look_days)
            told = command.model_dump(exclude={"area"})
            return [said.HandlingRated(**told, look_by=None if command.solved else look_by)]
        case (command.solved, command.satisfaction):
            return []
        case _:
            raise Refused("already-rated")


RATING: Decider[Rated, asked.RatingCommand, said.RatingEvent, OutcomeRules] = Decider(
    category="rating",
    commands=asked.RatingCommand,
    events=said.EVENTS,
    initial=Rated(),
    evolve=evolve,
    decide=decide,
)
