"""Charts: figures with a table of the same numbers beside them, every one leading to its facts.

The option of a chart is made here and drawn by static/charts.js. Colours are names of our tokens
('--chart-1'), which the script looks up, so that a page in other colours has charts in them too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["rows", "columns", "lines"]
"""rows: bars that lie, for long names; columns: bars that stand; lines: over time."""

COLOURS = ("--chart-1", "--chart-2", "--chart-3", "--chart-4", "--chart-5", "--chart-6")
ROW_PX, PAIR_PX, HEAD_PX, COLUMNS_PX = 30, 42, 54, 300
DIGITS = 1


@dataclass(frozen=True)
class Point:
    """One number: as it is drawn, as it is told, and where its facts are."""

    value: float | None
    told: str = ""
    to: str = ""

    @property
    def text(self) -> str:
        """As it stands in the table; whole where nothing else was said."""
        return self.told or ("" if self.value is None else f"{self.value:g}")


@dataclass(frozen=True)
class Series:
    """One row of numbers with a name, a number for each category."""

    name: str
    points: Sequence[Point]


@dataclass(frozen=True)
class Chart:
    """One figure; `stacked` puts the series on each other.

    `links` are where the categories themselves lead, where they do.
    """

    name: str
    kind: Kind
    categories: Sequence[str]
    series: Sequence[Series]
    stacked: bool = False
    links: Sequence[str] = field(default_factory=tuple)
    only: int = 0
    """How many of the series are drawn; 0: all. The table has them all."""

    @property
    def drawn(self) -> Sequence[Series]:
        """The series in the picture; one without a single number is not drawn."""
        some = self.series[: self.only] if self.only else self.series
        return [one for one in some if any(point.value is not None for point in one.points)]

    @property
    def is_empty(self) -> bool:
        """Whether there is no number in it but 0."""
        return not any(point.value for one in self.series for point in one.points)

    @property
    def height(self) -> int:
        """In pixels; bars that lie need room each."""
        if self.kind != "rows":
            return COLUMNS_PX
        bars = 1 if self.stacked else len(self.drawn)
        return HEAD_PX + (ROW_PX if bars < 2 else PAIR_PX) * len(self.categories)

    @property
    def option(self) -> dict[str, Any]:
        """What ECharts draws; decals and a description are for those who see no colours."""
        names: dict[str, Any] = {"type": "category", "data": list(self.categories)}
        values: dict[str, Any] = {
            "type": "value", "minInterval": 1, "splitLine": {"lineStyle": {"type": "dashed"}},
        }  # fmt: skip
        lying, several = self.kind == "rows", len(self.drawn) > 1
        if lying:
            names |= {"inverse": True, "axisLabel": {"overflow": "break"}}
            values |= {"axisLabel": {"show": self.stacked}, "splitNumber": 4}
        return {
            "color": list(COLOURS),
            "aria": {"enabled": True, "decal": {"show": several}},
            "tooltip": {"renderMode": "richText", "trigger": "axis", "confine": True},
            "legend": {"show": several, "top": 0, "left": 0, "icon": "roundRect"},
            "grid": {
                "left": 8, "right": 36, "bottom": 8, "top": 44 if several else 14,
                "containLabel": True,
            },
            "xAxis": values if lying else names,
            "yAxis": names if lying else values,
            "series": [self._series(number, one) for number, one in enumerate(self.drawn)],
        }  # fmt: skip

    def _series(self, number: int, one: Series) -> dict[str, Any]:
        line = self.kind == "lines"
        drawn: dict[str, Any] = {
            "name": one.name,
            "type": "line" if line else "bar",
            "data": [_datum(point) for point in one.points],
            "label": {"show": not line and not self.stacked, "position": "right"},
        }
        if line:
            symbols = ("circle", "rect", "triangle", "diamond", "pin", "arrow")
            kinds = ("solid", "dashed", "dotted")
            drawn |= {
                "symbol": symbols[number % len(symbols)],
                "symbolSize": 8,
                "lineStyle": {"width": 2, "type": kinds[number % len(kinds)]},
            }
        elif self.stacked:
            drawn["stack"] = "all"
        if not line:
            drawn["barMaxWidth"] = 26
            drawn["label"] |= {} if self.kind == "rows" else {"position": "top"}
        return drawn


def _datum(point: Point) -> dict[str, Any]:
    value = point.value if point.value is None else round(point.value, DIGITS)
    return {"value": value, "to": point.to, "told": point.text}
