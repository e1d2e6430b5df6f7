"""What may be compared among counties, and what not: by the rules each figure rests on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.runtime.charter import Charter

RESTS_ON: Mapping[str, tuple[str, ...]] = {
    "leads": (),
    "approved": ("topics.approved_by", "topics.approved_by_one_of", "topics.criteria"),
    "held": ("meetings.reports_per_topic", "meetings.notice_days"),
    "conversion": ("outcomes.routes", "outcomes.from_research"),
    "late": ("outcomes.reply_days", "outcomes.extensions_max", "outcomes.extension_days"),
    "satisfaction": ("outcomes.two_keys",),
    "closed": ("outcomes.closing_needs", "outcomes.followups"),
    "plan": ("topics.plan.approver", "topics.plan.min_planned_share"),
    "ranking": ("outcomes.assessments",),
}
"""The rules of a charter by which each figure of a board comes about."""

Tell = Callable[[Charter, Any], str]


@dataclass(frozen=True)
class Differing:
    """One rule that the counties do not share: the places by what is valid there."""

    key: str
    values: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Comparison:
    """One figure: on which rules it rests, and those in which the counties differ."""

    figure: str
    keys: Sequence[str]
    differing: Sequence[Differing]

    @property
    def fair(self) -> bool:
        """Whether it means the same everywhere."""
        return not self.differing


def comparisons(places: Mapping[str, Charter], tell: Tell) -> list[Comparison]:
    """Figure by figure, for the counties called so."""
    return [
        Comparison(figure, keys, [one for key in keys if (one := _differing(places, key, tell))])
        for figure, keys in RESTS_ON.items()
    ]


def _differing(places: Mapping[str, Charter], key: str, tell: Tell) -> Differing | None:
    found = {name: value_at(charter, key) for name, charter in places.items()}
    if all(value == next(iter(found.values())) for value in found.values()):
        return None
    values: dict[str, list[str]] = {}
    for name, value in found.items():
        values.setdefault(tell(places[name], value), []).append(name)
    return Differing(key, values)


def value_at(charter: Charter, key: str) -> Any:
    """What a charter says at a dotted key; None where it says nothing."""
    value: Any = charter.tables
    for part in key.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value
