"""Asks for what is due: a question put to a view every so often, and a command for each row."""

from collections.abc import Callable
from dataclasses import dataclass

import asyncpg

from shared.kernel.message import Command
from shared.runtime.projection import Projection


@dataclass(frozen=True)
class Tick:
    """What is due, and what to ask about it.

    `statement` is a question of the view with the one parameter `:now` (timestamptz). `key` names
    the column that tells one thing due from another: for each value the command is asked once.
    A row that was dealt with should no longer be due.
    """

    name: str
    view: Projection
    statement: str
    react: Callable[[asyncpg.Record], Command]
    key: str
    every_s: float = 60.0


def tick(
    name: str,
    view: Projection,
    statement: str,
    react: Callable[[asyncpg.Record], Command],
    *,
    key: str,
    every_s: float = 60.0,
) -> Tick:
    """Every `every_s` seconds: the rows of `statement`, and for each the command of `react`."""
    return Tick(name, view, statement, react, key, every_s)
