"""Areas to pick from the tree of divisions: one level at a time, and what was picked before."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """An area that can be picked or opened; `deeper`: there are areas below it."""

    code: str
    name: str
    picked: bool
    deeper: bool


@dataclass(frozen=True)
class Tree:
    """The level that is open, in the field of a form that is called `name`.

    `path` leads to it from the top; `elsewhere` was picked on other levels, and is called by its
    full name. `many`: several may be picked. `itself` is the area that is open, unless that is
    everything there is.
    """

    name: str
    at: str
    path: Sequence[Place]
    below: Sequence[Place]
    elsewhere: Sequence[Place]
    many: bool
    itself: Place | None = None
