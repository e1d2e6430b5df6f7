"""Every page has help, every role a first walk, and operators find their texts in English."""

import re
from pathlib import Path

import pytest

from services.portal.pages.menu import ALL, GROUPS, VISITOR
from services.portal.pages.texts import CHINESE, missing, read
from tests.portal.test_words import codes

PEOPLE = "services/portal/edge/people"
TEMPLATES = Path("services/portal/pages/templates")
OPERATORS = (
    "site", "menu.groups", "ease", "login", "accounts", "erasures", "deputies", "inbox",
    "operate", "webhooks", "past", "refusals.errors", "refusals.phases", "tour", "words.roles",
    "words.levels",
)  # fmt: skip
"""The files of texts that are told on pages of operators, and around every page."""


def pages() -> list[str]:
    """The names of all templates that are whole pages, as visit.page has them."""
    files = sorted(TEMPLATES.glob("**/*.html"))
    return [
        file.relative_to(TEMPLATES).as_posix().removesuffix(".html").replace("/", "-")
        for file in files
        if re.match(r'(\{#.*?#\}\s*)?\{% extends "layout', file.read_text(), re.DOTALL)
    ]


@pytest.mark.parametrize("name", pages())
def test_every_page_has_its_help(name: str) -> None:
    told = read(CHINESE).help
    assert name in told, f"texts/zh-CN/help.toml lacks [{name}]"
    assert told[name].title
    assert told[name].who
    assert told[name].can


def test_no_help_is_left_of_a_page_that_is_gone() -> None:
    assert set(read(CHINESE).help.names()) <= set(pages())


@pytest.mark.parametrize("language", [CHINESE, "en"])
@pytest.mark.parametrize("role", sorted(ALL - {VISITOR}))
def test_every_role_is_led_through_its_first_pages(role: str, language: str) -> None:
    cards = read(language).tour[role]
    assert len(cards) >= 2
    assert all(card["title"] and card["text"] for card in cards)
    assert all(bool(card["to"]) == bool(card["link"]) for card in cards)


def test_operators_find_every_text_of_their_pages_in_english() -> None:
    assert [] == missing("en", OPERATORS)


def test_the_menu_of_operators_is_in_english() -> None:
    lacking = {one.split(".")[-1] for one in missing("en", ["menu.entries"])}
    theirs = {one.name for group in GROUPS for one in group.entries if "operator" in one.may}
    assert set() == lacking & theirs


def test_operators_are_refused_in_english() -> None:
    lacking = {one.split(".")[1] for one in missing("en", ["refusals"])}
    assert set() == lacking & {*codes("services/portal/domain", "shared"), *codes(PEOPLE)}


@pytest.mark.parametrize("file", OPERATORS)
def test_an_english_text_is_filled_with_what_the_chinese_one_is(file: str) -> None:
    name, _, _ = file.partition(".")
    chinese, english = dict(_texts(read(CHINESE)[name])), dict(_texts(read("en")[name]))
    assert {} == {
        name: text
        for name, text in english.items()
        if not _filled(text) <= _filled(chinese.get(name, ""))
    }


def _texts(branch: object, path: str = "") -> list[tuple[str, str]]:
    if isinstance(branch, str):
        return [(path, branch)]
    if not hasattr(branch, "names"):
        return []
    return [
        one
        for name in branch.names()
        for one in _texts(branch[name], f"{path}.{name}")  # type: ignore[index]
    ]


def _filled(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", text))
