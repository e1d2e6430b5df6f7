"""The catalogue of texts: everything the pages say, by name, in one language."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("texts")


class Texts:
    """A branch of the catalogue. `texts.login.title` in templates; a missing text is a KeyError."""

    def __init__(self, branch: Mapping[str, Any], path: str = "") -> None:
        self._branch = branch
        self._path = path

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]

    def __getitem__(self, name: str) -> Any:
        found = self._branch.get(name)
        if found is None:
            raise KeyError(f"no text '{self._path}{name}'")
        return Texts(found, f"{self._path}{name}.") if isinstance(found, Mapping) else found

    def __contains__(self, name: str) -> bool:
        return name in self._branch

    def names(self) -> list[str]:
        """What this branch has texts for."""
        return list(self._branch)

    def items(self) -> list[tuple[str, str]]:
        """The texts of this branch by their names."""
        return [(name, str(text)) for name, text in self._branch.items()]

    def get(self, name: str, otherwise: str) -> str:
        """The text of that name, or another where there is none."""
        return str(self._branch.get(name, otherwise))


def read(language: str = "zh-CN") -> Texts:
    """All texts of a language: one TOML file a branch."""
    return Texts(
        {
            file.stem: tomllib.loads(file.read_text(encoding="utf-8"))
            for file in sorted((FOLDER / language).glob("*.toml"))
        }
    )
