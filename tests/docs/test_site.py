"""The site is whole: every page is in it, links lead somewhere, Sphinx warns of nothing."""

import re
from pathlib import Path

import pytest

from docs.site import __main__, pictures, sources
from docs.site.build import make
from docs.site.pictures import Picture
from docs.site.searching import words
from docs.site.sources import DOCS, Broken, laid_out
from docs.site.written import written

# Deprecations inside of Sphinx's own extensions are theirs to mend.
pytestmark = pytest.mark.filterwarnings("ignore::sphinx.deprecation.RemovedInSphinx11Warning")

LEAD = "# 一页\n\n一行。\n"


@pytest.fixture(scope="module")
def whole() -> dict[str, str]:
    """All pages, as Sphinx gets them."""
    return laid_out(written())


def test_the_site_is_built_and_nothing_is_warned_of(whole: dict[str, str], tmp_path: Path) -> None:
    assert "" == make(tmp_path, whole)
    for place in whole:
        assert (tmp_path / "html" / place).with_suffix(".html").is_file()
    found = (tmp_path / "html/searchindex.js").read_text(encoding="utf-8")
    assert '"\\u534f\\u5546"' in found  # 协商


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{nothing-like-this}`x`", "Unknown interpreted text role"),
        ("```{picture} /inbox\n```", "a picture needs a text"),
        ("[x](#no-such-heading)", "target not found"),
        ("```{toctree}\nno-such-page\n```", "nonexisting document"),
    ],
)
def test_what_is_wrong_in_a_page_is_warned_of(bad: str, said: str, tmp_path: Path) -> None:
    assert said in make(tmp_path, {"index.md": LEAD + bad + "\n"})


def test_a_page_says_in_which_language_it_is(tmp_path: Path) -> None:
    listed = LEAD + "```{toctree}\ntwin\n```\n"
    assert "" == make(tmp_path, {"index.md": listed, "twin.md": "# A page\n"})
    for page, language in (("index", "zh-CN"), ("twin", "en")):
        html = (tmp_path / f"html/{page}.html").read_text(encoding="utf-8")
        assert re.findall(r'<html[^>]* lang="([^"]*)"', html) == [language]


def test_a_page_that_no_list_names_is_warned_of(tmp_path: Path) -> None:
    assert "isn't included in any toctree" in make(tmp_path, {"index.md": LEAD, "alone.md": LEAD})


@pytest.mark.parametrize(("wrong", "code"), [("", 0), ("index.md: WARNING: so\n", 1)])
def test_a_warning_is_an_error(
    wrong: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["docs.site", "--to", str(tmp_path)])
    monkeypatch.setattr(__main__, "build", lambda _to: wrong)
    assert code == __main__.main()


def test_a_link_that_leads_nowhere_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "index.md"
    page.write_text(LEAD + "[there](howto/nothing.md) `[code](is-no-link.md)`\n")
    monkeypatch.setattr(sources, "ROOT", tmp_path)
    monkeypatch.setattr(sources, "places", lambda: {page: "index.md"})
    with pytest.raises(Broken, match=r"^index.md: howto/nothing.md leads nowhere$"):
        laid_out({})


def test_links_lead_from_page_to_page_wherever_the_repository_keeps_them(
    whole: dict[str, str],
) -> None:
    assert "](../adr/index.md)" in whole["explanation/architecture.md"]
    assert "](architecture.md)" in whole["explanation/readme.md"]
    for place, text in whole.items():
        for target in re.findall(r"\]\((?![a-z]+:|#)([^)#\s]+\.md)", text):
            there = (Path("/") / place).parent / target
            assert str(there.resolve())[1:] in whole, place


def test_a_page_and_its_twin_lead_to_each_other(whole: dict[str, str]) -> None:
    assert "\n[English](en/index.md)\n" in whole["index.md"]
    assert "\n[中文](../index.md)\n" in whole["en/index.md"]
    alone = [
        one for one in DOCS.glob("en/**/*.md") if not (DOCS / one.relative_to(DOCS / "en")).exists()
    ]
    assert [] == alone


def test_chinese_is_found_by_any_two_signs_beside_each_other() -> None:
    assert ["协商", "商议", "议事", "lag", "村"] == words("协商议事,LAG 村")


def test_another_picture_has_another_file() -> None:
    some = [Picture("/a"), Picture("/b"), Picture("/a", "unit"), Picture("/a", look="phone")]
    assert len(some) == len({one.file for one in some})


def test_a_picture_that_was_taken_is_shown_and_another_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "FOLDER", tmp_path)
    (tmp_path / Picture("/inbox", "unit").file).write_bytes(b"a picture")
    asked = "```{picture} /inbox\n:as: unit\n收件箱\n```\n\n```{picture} /raise\n反映一件事\n```\n"
    assert "" == make(tmp_path, {"index.md": LEAD + asked})
    page = (tmp_path / "html/index.html").read_text(encoding="utf-8")
    assert 'alt="收件箱"' in page
    assert "反映一件事(/raise)" in page
