"""What each role finds in the menu, and that everything in it has a name and can be opened."""

import pytest

from services.portal.pages.ease import Ease, ease_of
from services.portal.pages.menu import ALL, GROUPS, KEYS, PEOPLE, VISITOR, menu
from services.portal.pages.texts import CHINESE, read
from shared.kernel.areas import EVERYWHERE
from tests.portal.everywhere import routes

COUNTY, PROVINCE = "511623000000", "510000000000"
NAMES = read(CHINESE).menu


def links(role: str, here: str = "/", *, simple: bool = False) -> list[str]:
    """The addresses in a role's menu."""
    shown = menu(role, COUNTY, here, simple=simple)
    return [link.to for group in shown for link in group.links]


def open_(role: str, here: str) -> list[str]:
    """What is marked as the page one is at."""
    return [link.name for group in menu(role, COUNTY, here) for link in group.links if link.here]


def test_everything_in_the_menu_has_a_name() -> None:
    assert {one.name for group in GROUPS for one in group.entries} <= set(NAMES.entries.names())
    assert {group.name for group in GROUPS} <= set(NAMES.groups.names())


def test_every_entry_leads_to_a_page() -> None:
    there = {path.replace("{code}", "{area}") for path in routes()}
    assert {one.path for group in GROUPS for one in group.entries} <= there


def test_no_two_keys_of_a_role_are_the_same() -> None:
    for role in ALL:
        keys = [
            KEYS[one.name]
            for group in GROUPS
            for one in group.entries
            if role in one.may and one.name in KEYS
        ]
        assert sorted(set(keys)) == sorted(keys)


def test_a_visitor_finds_how_to_raise_a_matter_and_nothing_of_the_office() -> None:
    assert "/raise" in links(VISITOR)
    assert not {"/awaiting", "/matters", "/accounts"} & set(links(VISITOR))


def test_accounts_are_for_operators() -> None:
    assert ["operator"] == [role for role in sorted(ALL) if "/accounts" in links(role)]


def test_a_province_has_no_annual_plan_of_its_own() -> None:
    province = [link.to for group in menu("leader", PROVINCE, "/") for link in group.links]
    assert "/desk/plan" not in province
    assert "/desk/plan" in links("leader")


def test_only_who_looks_after_everything_finds_the_running_platform() -> None:
    everywhere = [link.to for group in menu("operator", EVERYWHERE, "/") for link in group.links]
    assert "/operate" in everywhere
    assert "/operate" not in links("operator")


@pytest.mark.parametrize(
    ("role", "here", "name"),
    [
        ("cppcc", "/matters/7c0c87f", "matters"),
        ("leader", f"/areas/{COUNTY}/overdue", "board"),
        ("leader", "/areas/511623105000", "board"),
        (VISITOR, "/", "home"),
        (VISITOR, "/raise", "raise"),
    ],
)
def test_the_menu_says_where_one_is(role: str, here: str, name: str) -> None:
    assert [name] == open_(role, here)


def test_a_menu_of_few_entries_has_no_groups() -> None:
    assert all(len(group.links) == 1 for group in menu(VISITOR, "", "/"))


@pytest.mark.parametrize("role", sorted(PEOPLE))
def test_the_simple_mode_offers_people_less_and_never_more(role: str) -> None:
    assert set(links(role, simple=True)) <= set(links(role))


def test_what_was_chosen_comes_back_with_the_cookie() -> None:
    chosen = Ease().changed({"simple": "yes", "size": "larger", "language": "en"})
    assert chosen == ease_of(chosen.cookie)
    assert "size-larger simple" == chosen.looks


@pytest.mark.parametrize(
    "cookie", ["", "simple", "size=huge&language=xx", "simple=<b>", "%00=%ff", "=&=&=", "x" * 9_000]
)
def test_a_cookie_that_nobody_understands_changes_nothing(cookie: str) -> None:
    assert Ease() == ease_of(cookie)
