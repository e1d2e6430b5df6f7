"""The signs of Chinese print in the texts of the catalogue."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from services.portal.pages.signs import HAN, in_print
from services.portal.pages.texts import Texts, read

NARROW = re.compile(rf"[{HAN}][,:;?!(]|[,:;?!)][{HAN}]")


def texts_in(branch: Any) -> Iterator[str]:
    if isinstance(branch, str):
        yield branch
    elif isinstance(branch, Texts):
        yield from (text for name in branch.names() for text in texts_in(branch[name]))
    elif isinstance(branch, dict):
        yield from (text for one in branch.values() for text in texts_in(one))
    elif isinstance(branch, list):
        yield from (text for one in branch for text in texts_in(one))


def test_no_text_has_a_narrow_sign_beside_a_chinese_character() -> None:
    assert [] == [one for one in texts_in(read()) if NARROW.search(one)]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("已送达,未读", "已送达，未读"),
        ("{unit}:{promise}({due})", "{unit}：{promise}（{due}）"),
        ("共 {n} 项(其中逾期 {late} 项)", "共 {n} 项（其中逾期 {late} 项）"),
        ("{hour:02d}", "{hour:02d}"),
        ("请写 9:30", "请写 9:30"),
        ("Authorization: Bearer", "Authorization: Bearer"),
        (["是?", {"a": "不,是"}], ["是？", {"a": "不，是"}]),
    ],
)
def test_signs_beside_chinese_characters_and_blanks_are_wide(written: Any, printed: Any) -> None:
    assert printed == in_print(written)
