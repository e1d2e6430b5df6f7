"""What a tutorial prints in bold stands on the screen, word for word."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from deploy.tongxin.home import ROOT, SERVICES
from deploy.tongxin.mend import app_of

PAGES = sorted([*ROOT.glob("docs/tutorials/*.md"), *ROOT.glob("docs/en/tutorials/*.md")])
BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
ASCII = str.maketrans("，；：？！（）", ",;:?!()")
LEFT_OUT = {"粗体"}
"""What is bold for another reason."""


def leaves(value: Any) -> Iterator[str]:
    """Every text in a table."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one)


@pytest.fixture(scope="module")
def shown() -> str:
    """All that pages may show: texts, templates, and what commands and their fields are called."""
    pages = ROOT / "services/portal/pages"
    texts = [
        line
        for file in pages.glob("texts/zh-CN/*.toml")
        for line in leaves(tomllib.loads(file.read_text(encoding="utf-8")))
    ]
    for decider in (one for service in SERVICES for one in app_of(service).deciders):
        for asked in decider.asked():
            texts += [asked.label, *leaves(asked.model_json_schema())]
    return "\n".join(texts).translate(ASCII)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT / "docs")))
def test_a_name_in_bold_is_a_name_on_the_screen(page: Any, shown: str) -> None:
    bold = {found.translate(ASCII) for found in BOLD.findall(page.read_text(encoding="utf-8"))}
    assert [] == sorted(name for name in bold - LEFT_OUT if name not in shown)
