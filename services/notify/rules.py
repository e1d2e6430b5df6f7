"""What a county may choose about its notices and clocks: the [notify] table of its charter."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from services.notify.words import Above, Level, Text
from services.notify.words.channels import Wishes
from shared.kernel.workdays import Workdays

WorkingDaysBefore = Annotated[int, Field(ge=1, le=60)]
DaysOrNever = Annotated[int, Field(ge=0, le=60)]


class Escalation(BaseModel):
    """Who else is told, so many working days after a day that was missed."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    after_days: Annotated[int, Field(ge=1, le=60)]
    to: Above


def _without_never(before: Mapping[Level, int]) -> Mapping[Level, int]:
    return {level: days for level, days in before.items() if days}


class NotifyRules(BaseModel):
    """`silent` names the notices a county does not send; deadlines run all the same.

    `reminded_before`: at how many working days before its day a unit is reminded (催办).
    `warned_before`: the same for each level, 重庆 “蓝-黄-红”; a county leaves one out by 0.
    `wishes`: how people are told who have not said anything else.
    `escalation`: who is told in turn of a day that was missed, beyond the unit and its town.
    `extra_days_off`, `extra_working_days`: beside those of the nation; a day off wins.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    silent: frozenset[Text]
    reminded_before: frozenset[WorkingDaysBefore]
    warned_before: Annotated[Mapping[Level, DaysOrNever], AfterValidator(_without_never)]
    extra_days_off: frozenset[date]
    extra_working_days: frozenset[date]
    wishes: Wishes
    escalation: tuple[Escalation, ...]

    @model_validator(mode="after")
    def _warns_in_order(self) -> Self:
        levels: tuple[Level, ...] = ("blue", "yellow", "red")
        days = [self.warned_before[level] for level in levels if level in self.warned_before]
        if days != sorted(set(days), reverse=True):
            raise PydanticCustomError("warnings", "blue comes before yellow, and yellow before red")
        return self

    @model_validator(mode="after")
    def _escalates_in_order(self) -> Self:
        days = [step.after_days for step in self.escalation]
        named = [step.to for step in self.escalation]
        if days != sorted(set(days)) or len(set(named)) < len(named):
            raise PydanticCustomError("escalation", "each level once, and each later than the last")
        return self

    @property
    def workdays(self) -> Workdays:
        """The working days of the county."""
        return Workdays(self.extra_days_off, self.extra_working_days)
