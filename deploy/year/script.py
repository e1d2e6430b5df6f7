"""What one matter asks, step by step, on a clock of its own."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Self
from uuid import UUID, uuid5

from deploy.tongxin.world.told import Told
from deploy.year.diary import Diary
from shared.kernel.message import Actor, Command


@dataclass
class Script:
    """Steps in the order they are written; none after the diary's end is kept.

    Ids follow from `cause`. What a fact of another stream has to arrive for is asked a working day
    later at the soonest, as people are.
    """

    diary: Diary
    luck: Random
    cause: UUID
    at: datetime
    steps: list[Told] = field(default_factory=list)
    _tally: dict[str, int] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day it is now."""
        return self.at.date()

    @property
    def over(self) -> bool:
        """Whether the clock has left the diary: what comes now is not told."""
        return self.at > self.diary.end

    def ask(self, who: Actor, command: type[Command], **fields: Any) -> UUID:
        """Ask now, then let some minutes pass. The id of the command, asked or not."""
        return self._ask(who, command, "", fields)

    def refuse(self, who: Actor, command: type[Command], code: str, **fields: Any) -> UUID:
        """Ask what is to be refused with that code: somebody is too early, or forgot something."""
        return self._ask(who, command, code, fields)

    def _ask(
        self, who: Actor, command: type[Command], refused: str, fields: dict[str, Any]
    ) -> UUID:
        name = command.__name__
        self._tally[name] = self._tally.get(name, 0) + 1
        step_id = uuid5(self.cause, f"{name}/{self._tally[name]}")
        if not self.over:
            service = command.__module__.split(".")[1]
            self.steps.append(Told(self.at, who, service, command(**fields), step_id, refused))
        self.at += timedelta(seconds=self.luck.randrange(60, 240))
        return step_id

    def wait(self, fewest: int, most: int) -> Self:
        """Let some working days pass."""
        self.at = self.diary.later(self.at, self.luck.randint(fewest, most), self.luck)
        return self

    def until(self, day: date) -> Self:
        """Let time pass until that day, or the next working day after today where it is over."""
        self.at = self.diary.office(max(day, self.today + timedelta(days=1)), self.luck)
        return self

    def branch(self) -> "Script":
        """Another thread of the same matter, from this moment on."""
        return Script(self.diary, self.luck, self.cause, self.at, self.steps, self._tally)

    def chance(self, percent: float) -> bool:
        """True so often in a hundred."""
        return self.luck.random() * 100 < percent
