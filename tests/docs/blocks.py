"""Blocks of commands in documents, with their marks; docs/README.md says how they are written."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent

from deploy.tongxin.home import ROOT

SHELLS = ("console", "sh", "bash", "shell", "zsh")
RUN_MAX_S = 60.0
FENCE = re.compile(r"^( *)(`{3,}|~{3,})([^`\n]*)\n(.*?)^\1\2`*[ ]*$", re.MULTILINE | re.DOTALL)
WORDS = {"code", "given", "within", "by"}


@dataclass(frozen=True)
class Block:
    """A fenced block of a document: its language, its marks, and where it begins."""

    page: Path
    line: int
    language: str
    text: str
    runs: bool = False
    said: dict[str, str] = field(default_factory=dict)
    odd: tuple[str, ...] = ()
    """Words behind the language that nobody understands."""

    @property
    def place(self) -> str:
        """Where it is, for a message."""
        return f"{self.page.relative_to(ROOT)}:{self.line}"

    @property
    def is_shell(self) -> bool:
        """Whether it is made of commands."""
        return self.language in SHELLS


@dataclass(frozen=True)
class Command:
    """One command, and the lines that it is said to print."""

    text: str
    prints: tuple[str, ...] = ()


def documents() -> list[Path]:
    """Every document of the repository."""
    return sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("deploy/**/*.md")])


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a document, from top to bottom."""
    text = page.read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        language, *words = shlex.split(found[3].strip()) or [""]
        pairs = [word.partition("=") for word in words]
        yield Block(
            page,
            text.count("\n", 0, found.start()) + 1,
            language,
            dedent(found[4]),
            "run" in words,
            {name: value for name, is_, value in pairs if is_ and name in WORDS},
            tuple(word for word, (name, is_, _) in zip(words, pairs, strict=True)
                  if word != "run" and not (is_ and name in WORDS)),
        )  # fmt: skip


def commands(block: Block) -> list[Command]:
    """What a block asks for, one after the other."""
    if block.language == "python":
        return [Command(f"python - <<'END_OF_PROGRAM'\n{block.text}END_OF_PROGRAM")]
    if block.language != "console":
        return [Command(block.text)]
    found: list[Command] = []
    lines = iter(block.text.splitlines())
    for line in lines:
        if line.startswith("$ "):
            asked = line[2:]
            while asked.endswith("\\"):
                asked += "\n" + next(lines)
            found.append(Command(asked))
        elif found:
            found[-1] = Command(found[-1].text, (*found[-1].prints, line))
    return found


def missing(prints: tuple[str, ...], output: str) -> str:
    """The first line that is not in what was printed, in its order; "" if all are."""
    begin = 0
    for line in prints:
        if line.strip() in ("", "…"):
            continue
        pattern = ".*?".join(re.escape(part) for part in line.strip().split("…"))
        found = re.compile(pattern).search(output, begin)
        if not found:
            return line
        begin = found.end()
    return ""
