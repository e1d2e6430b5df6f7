"""What an area was before, and what it has become."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shared.kernel.areas import EVERYWHERE
from shared.runtime.areas import Areas
from shared.runtime.divisions import Division


@dataclass(frozen=True)
class Past:
    """`ended` and `goes_on` of an area that is no more; what went into one that is.

    `holds` are counted in it; of those it `parted` from, the greater part went elsewhere. `named`
    are its own lives under other names.
    """

    ended: date | None
    goes_on: Sequence[str]
    holds: Sequence[Division]
    parted: Sequence[Division]
    named: Sequence[Division]


def past_of(areas: Areas, code: str, today: date) -> Past:
    """How an area came to be what it is on a day."""
    if code == EVERYWHERE:
        return Past(None, (), (), (), ())
    day = areas.day(code, today)
    before = [areas.life(one, day) for one in areas.predecessors(code, day)]
    name = areas.name(code, day)
    return Past(
        ended=None if areas.in_force(code, today) else areas.life(code, day).until,
        goes_on=areas.successors(code, today),
        holds=[one for one in before if areas.now(one.code, day) == code],
        parted=[one for one in before if areas.now(one.code, day) != code],
        named=[one for one in areas.lives(code) if one.until <= day and one.name != name],
    )
