"""What a county's rules and periods are called where people read them."""

import pytest

from services.portal.pages.lists import SHEETS
from services.portal.pages.render import period
from services.portal.pages.rules_of import in_chinese
from services.portal.pages.texts import CHINESE, read


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("2026", "2026年"),
        ("2026-H1", "2026年上半年"),
        ("2025-H2", "2025年下半年"),
        ("2026-Q3", "2026年第三季度"),
        ("2026-06", "2026-06"),
    ],
)
def test_a_period_is_told_in_words(code: str, told: str) -> None:
    assert told == period(read(CHINESE), code)


@pytest.mark.parametrize(
    ("remark", "told"),
    [
        ("会签", "会签"),
        ("working days: 三个月, as proposals are answered elsewhere", "三个月"),
        ('"会场+现场""固定+流动"; 擂鼓坪 was consulted on at once', '"会场+现场""固定+流动"'),
        ('前瞻性: "大部分的协商议题按年初计划进行"', '前瞻性: "大部分的协商议题按年初计划进行"'),
        ("Half of them, for want of another number.", ""),
    ],
)
def test_of_a_comment_people_read_what_it_says_in_chinese(remark: str, told: str) -> None:
    assert told == in_chinese(remark)


def test_what_is_late_is_a_card_on_phones_and_numbers_stay_a_table() -> None:
    cards = {one.name for one in SHEETS if one.is_list}
    assert "overdue" in cards
    assert "units" not in cards
