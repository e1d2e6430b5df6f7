"""A page and its English twin are one page: the same headings, commands and pictures."""

import re
from pathlib import Path

import pytest

from docs.site.sources import DOCS
from tests.docs.blocks import FENCE, Block, blocks

FOLDERS = ("tutorials", "howto", "deploy", "runbooks", "agencies")
PAGES = sorted(page for folder in FOLDERS for page in DOCS.glob(f"{folder}/*.md"))


def shape(page: Path) -> list[object]:
    """What does not depend on the language: how deep each heading is, and what each block asks."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    headings = [len(found) for found in re.findall(r"^(#+) ", text, re.MULTILINE)]
    return [headings, *map(_asked, blocks(page))]


def _asked(block: Block) -> tuple[str, ...]:
    if block.language == "{picture}":
        return (*block.odd, *(line for line in block.text.splitlines() if line.startswith(":")))
    return (block.language, block.text if block.is_shell or block.runs else "")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_a_page_and_its_english_twin_have_the_same_shape(page: Path) -> None:
    assert shape(page) == shape(DOCS / "en" / page.relative_to(DOCS))
