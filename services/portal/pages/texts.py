"""The catalogue of texts: everything the pages say, by name, in one language."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from services.portal.pages.signs import in_print

FOLDER = Path(__file__).with_name("texts")
CHINESE = "zh-CN"


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


def read(language: str = CHINESE) -> Texts:
    """All texts of a language, one TOML file a branch; what it lacks is told in Chinese."""
    return Texts(_over(_files(CHINESE), _files(language)))


def missing(language: str, branches: Iterable[str]) -> list[str]:
    """The texts of these branches that are told in Chinese for want of a translation."""
    ours, theirs = _files(CHINESE), _files(language)
    return [
        f"{branch}.{path}"
        for branch in branches
        for path in _lacks(_branch(ours, branch), _branch(theirs, branch))
    ]


def _branch(texts: Any, path: str) -> Any:
    for name in path.split("."):
        texts = texts.get(name, {})
    return texts


def _files(language: str) -> dict[str, Any]:
    texts = {
        file.stem: tomllib.loads(file.read_text(encoding="utf-8"))
        for file in sorted((FOLDER / language).glob("*.toml"))
    }
    return in_print(texts) if language == CHINESE else texts


def _over(below: Any, above: Any) -> Any:
    """Two branches as one; where both have a text, the one above is meant."""
    if isinstance(below, Mapping) and isinstance(above, Mapping):
        return {**below, **{name: _over(below.get(name), one) for name, one in above.items()}}
    return above


def _lacks(whole: Mapping[str, Any], part: Mapping[str, Any]) -> Iterator[str]:
    for name, text in whole.items():
        if name not in part:
            yield name
        elif isinstance(text, Mapping):
            yield from (f"{name}.{below}" for below in _lacks(text, part[name]))
