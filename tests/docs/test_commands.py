"""Every command in every document says how it is known to work, and exists."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import typer

from deploy.tongxin.cli import app
from deploy.tongxin.home import ROOT
from tests.docs.blocks import Block, blocks, commands, documents
from tests.docs.given import GIVEN

ALL = [block for page in documents() for block in blocks(page)]
SPOKEN = re.compile(r"(?<!`)`((?:tongxin|make) [^`\n]+)`(?!`)")
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def faults(block: Block) -> Iterator[str]:
    """What is wrong with the marks of a block."""
    if block.odd and (block.is_shell or block.runs):
        yield f"{block.place}: nobody understands {' '.join(block.odd)}"
    if block.is_shell and not block.runs and "by" not in block.said:
        yield f"{block.place}: neither `run` nor `by=…`"
    if by := block.said.get("by"):
        yield from unproven(block, by)
    if (given := block.said.get("given")) and given not in GIVEN:
        yield f"{block.place}: tests/docs/given.py has no {given}"
    if block.runs and not commands(block):
        yield f"{block.place}: no line begins with '$ '"


def unproven(block: Block, by: str) -> Iterator[str]:
    """Why what a block names does not prove it: a test has to be there, a page to run the same."""
    there = ROOT / by.partition("::")[0]
    if not there.is_file():
        yield f"{block.place}: there is no {by}"
    elif there.suffix == ".md" and not any(
        one.runs and (one.language, one.text) == (block.language, block.text)
        for one in blocks(there)
    ):
        yield f"{block.place}: {by} runs no such block"


def test_every_block_of_commands_says_how_it_is_known_to_work() -> None:
    assert ALL
    assert "" == "\n".join(fault for block in ALL for fault in faults(block))


def test_a_block_that_names_a_page_is_run_there_word_for_word() -> None:
    page = ROOT / "docs/howto/verify.md"
    ran = next(one for one in blocks(page) if one.runs)
    twin = replace(ran, runs=False, said={"by": "docs/howto/verify.md"})
    other = replace(twin, text=twin.text + "$ tongxin lag\n")
    assert [] == [*faults(twin)]
    assert [f"{ran.place}: docs/howto/verify.md runs no such block"] == [*faults(other)]


def known(words: list[str]) -> bool:
    """Whether the command line has such a command, and such options."""
    command: Any = typer.main.get_command(app)
    for word in words:
        inner = getattr(command, "commands", {})
        if word in inner:
            command = inner[word]
        elif word.startswith("--"):
            options = {
                opt for param in command.params for opt in (*param.opts, *param.secondary_opts)
            }
            if word.partition("=")[0] not in options | {"--help"}:
                return False
        elif inner:
            return False
    return True


def spoken() -> Iterator[tuple[str, list[str]]]:
    """Commands within sentences, and where they stand; what stands in for something is left out."""
    for page in documents():
        text = page.read_text(encoding="utf-8")
        for found in SPOKEN.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            yield f"{page.relative_to(ROOT)}:{line}", found[1].split()


def test_every_command_in_a_sentence_exists() -> None:
    odd = []
    for place, (program, *words) in spoken():
        plain = [word for word in words if not re.match(r"[…<\[]", word)]
        there = known(plain) if program == "tongxin" else set(plain[:1]) <= TARGETS
        if not there:
            odd.append(f"{place}: {program} {' '.join(words)}")
    assert "" == "\n".join(odd)


def test_every_target_of_make_in_a_block_exists() -> None:
    asked = [
        (block.place, line.split()[2])
        for block in ALL
        for line in block.text.splitlines()
        if line.startswith("$ make ")
    ]
    assert [] == [(place, target) for place, target in asked if target not in TARGETS]
