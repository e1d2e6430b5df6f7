"""Lays the documents out as the site has them, with links that fit, beside what follows from code.

The site knows folders of readers; the repository keeps some pages where developers look for them.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from os.path import relpath
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
MOVED = {
    "README.md": "explanation/readme.md",
    "ARCHITECTURE.md": "explanation/architecture.md",
    "GLOSSARY.md": "explanation/glossary.md",
    "CONTRIBUTING.md": "explanation/contributing.md",
    "CHANGELOG.md": "explanation/changelog.md",
    "docs/README.md": "explanation/documents.md",
    "docs/invariants.md": "explanation/invariants.md",
    "docs/settings.md": "reference/settings.md",
    "deploy/examples/README.md": "agencies/examples.md",
}
LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")
CODE = re.compile(
    r"^( *)(`{3,}|~{3,}).*?^\1\2`*[ ]*$|(`+)(?!`).+?(?<!`)\3(?!`)", re.MULTILINE | re.DOTALL
)
SCHEME = re.compile(r"[a-z]+:")


class Broken(Exception):
    """A link that leads nowhere, and where it stands."""


def places() -> dict[Path, str]:
    """Every document of the repository that is a page, and where the site has it."""
    found = {ROOT / name: place for name, place in MOVED.items()}
    for page in sorted(DOCS.rglob("*.md")):
        found.setdefault(page, page.relative_to(DOCS).as_posix())
    return found


def laid_out(written: Mapping[str, str]) -> dict[str, str]:
    """The text of each page, by its place; `written` are the pages that follow from code.

    Raises Broken, naming each link that leads nowhere.
    """
    known = places()
    pages = {place: page.read_text(encoding="utf-8") for page, place in known.items()}
    links = Links(known, frozenset({*pages, *written}))
    laid = {place: links.fit(pages[place], page) for page, place in known.items()}
    if links.broken:
        raise Broken("\n".join(links.broken))
    all_ = {**written, **laid}
    return {
        place: _with_list(place, _with_twin(place, text, all_), all_)
        for place, text in all_.items()
    }


class Links:
    """Turns links between files of the repository into links between pages of the site."""

    def __init__(self, places: Mapping[Path, str], pages: frozenset[str]) -> None:
        self.places = places
        self.pages = pages
        self.broken: list[str] = []

    def fit(self, text: str, page: Path) -> str:
        """The text of a page with its links as the site has them; code stays as it is."""
        parts: list[str] = []
        begin = 0
        for code in CODE.finditer(text):
            parts += [self._fit(text[begin : code.start()], page), code[0]]
            begin = code.end()
        return "".join([*parts, self._fit(text[begin:], page)])

    def _fit(self, text: str, page: Path) -> str:
        return LINK.sub(lambda found: self._link(found[1], found[2], page), text)

    def _link(self, words: str, target: str, page: Path) -> str:
        path, _, heading = target.partition("#")
        if SCHEME.match(target) or not path:
            return f"[{words}]({target})"
        there = (page.parent / path).resolve()
        if place := self._place(there):
            own = PurePosixPath(self.places[page]).parent
            return f"[{words}]({relpath(place, own)}{'#' + heading if heading else ''})"
        if not there.is_relative_to(ROOT) or not there.exists():
            self.broken.append(f"{page.relative_to(ROOT)}: {target} leads nowhere")
        return f"{words} (`{there.relative_to(ROOT)}`)" if there.exists() else words

    def _place(self, there: Path) -> str:
        """Where the site has a file or folder of the repository; "" where it is not part of it."""
        if there in self.places:
            return self.places[there]
        if not there.is_relative_to(DOCS):
            return ""
        place = there.relative_to(DOCS).as_posix()
        return next((one for one in (place, f"{place}/index.md") if one in self.pages), "")


def _with_twin(place: str, text: str, pages: Collection[str]) -> str:
    """A page with a line below its heading that leads to it in the other language."""
    english = place.startswith("en/")
    twin = place.removeprefix("en/") if english else f"en/{place}"
    if twin not in pages:
        return text
    to = relpath(twin, PurePosixPath(place).parent)
    line = f"[{'中文' if english else 'English'}]({to})"
    heading, _, rest = text.partition("\n")
    return f"{heading}\n\n{line}\n{rest}"


def _with_list(place: str, text: str, pages: Collection[str]) -> str:
    """The first page of a folder with a list of the others, unless it has one of its own."""
    folder = place.removesuffix("index.md")
    if folder in (place, "") or "{toctree}" in text:
        return text
    others = sorted(one.removeprefix(folder) for one in pages if one.startswith(folder))
    listed = [one.removesuffix(".md") for one in others if one != "index.md"]
    lines = (
        ["```{toctree}", ":titlesonly:", ":maxdepth: 1", "", *listed, "```", ""] if listed else []
    )
    return "\n".join([text, *lines])


def lay_out(folder: Path, pages: Mapping[str, str]) -> None:
    """Write the pages to a folder; what is already so keeps its time, what is no more goes."""
    for old in set(_files(folder)) - pages.keys():
        (folder / old).unlink()
    for place, text in pages.items():
        file = folder / place
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")


def _files(folder: Path) -> Iterator[str]:
    return (file.relative_to(folder).as_posix() for file in folder.rglob("*.md"))
