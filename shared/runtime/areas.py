"""The table of administrative areas: which there are, their names, and what lies in them."""

import csv
from functools import cached_property
from pathlib import Path

from shared.kernel.areas import EVERYWHERE, lineage


class Areas:
    """Every known area. Codes outside the table are refused, however well they are formed."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names

    @classmethod
    def read(cls, path: Path) -> "Areas":
        """From a CSV file with the columns code and name."""
        with path.open(encoding="utf-8", newline="") as file:
            return cls({row["code"]: row["name"] for row in csv.DictReader(file)})

    def __contains__(self, code: str) -> bool:
        return code in self._names

    def name(self, code: str) -> str:
        """The name of one area, without those above it. Raises KeyError."""
        return self._names[code]

    def path(self, code: str) -> list[str]:
        """The known areas from the province down to this one."""
        return [above for above in lineage(code) if above in self._names]

    def below(self, code: str) -> list[str]:
        """The areas right below, in the order of their codes; the provinces below everywhere."""
        return self._below.get(code, [])

    @cached_property
    def _below(self) -> dict[str, list[str]]:
        below: dict[str, list[str]] = {}
        for code in sorted(self._names):
            above = [EVERYWHERE, *self.path(code)][-2]
            below.setdefault(above, []).append(code)
        return below
