"""The numbers of a leader's board: how they are told, and where each of them leads."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from services.portal.pages.charts import Point, Series
from services.portal.pages.texts import Texts

Sums = Mapping[tuple[str, int, str], int]
Cohorts = Mapping[tuple[str, str, str], int]


@dataclass(frozen=True)
class Board:
    """What a board says of: an area in a year, in words and addresses.

    `carry` gives an address the past day that is shown, `name` calls an area.
    """

    code: str
    year: int
    texts: Texts
    name: Callable[[str], str]
    carry: Callable[[str], str]
    latest: tuple[int, int]
    """The year and month of the day that is shown."""

    def matters(self, area: str, measure: str, month: int = 0, began: str = "") -> str:
        """Where the matters are that came so far."""
        asked = {"measure": measure, "year": self.year, "month": month, "began": began}
        kept = urlencode({name: value for name, value in asked.items() if value})
        return self.carry(f"/areas/{area}/leading/matters?{kept}")

    def count(self, n: int, to: str) -> Point:
        """A number of matters; 0 leads nowhere."""
        return Point(n, str(n), to if n else "")

    def measure(self, name: str) -> str:
        """What a measure is called."""
        return str(self.texts.measures[name])

    def series(self, name: str, points: Iterable[Point]) -> Series:
        """A row of numbers by the name it has in the texts."""
        return Series(str(self.texts.series[name]), list(points))


def share(board: Board, n: int, d: int, to: str) -> Point:
    """So many of so many, in percent; nothing of nothing."""
    if not d:
        return Point(None, str(board.texts.no_figure))
    return Point(100 * n / d, f"{n / d:.0%} {board.texts.of.format(n=n, d=d)}", to)


def converted_of(board: Board, cohorts: Cohorts, area: str) -> Point:
    """Of the topics of the year, those of which something came."""
    n, d = (cohorts.get((area, "topic", one), 0) for one in ("converted", "topic"))
    return share(board, n, d, board.matters(area, "converted", began="topic"))


def content_of(board: Board, cohorts: Cohorts, area: str) -> Point:
    """Of the matters on which those concerned first spoke in the year, those they found solved.

    A matter counts once, however often they spoke; what they disputed first may be solved since.
    """
    n, d = (cohorts.get((area, "spoke", one), 0) for one in ("confirmed", "spoke"))
    return share(board, n, d, board.matters(area, "confirmed", began="spoke"))
