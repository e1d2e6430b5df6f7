"""The table of administrative areas: which codes there are, and what the places are called."""

import csv
from pathlib import Path


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
