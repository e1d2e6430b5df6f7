"""Areas: levels and containment follow from the shape of a code."""

import pytest
from pydantic import TypeAdapter, ValidationError

from shared.kernel import areas

LINSHUI = "511623000000"
BEICHEN = "511623100013"


@pytest.mark.parametrize(
    ("code", "level", "prefix"),
    [
        ("510000000000", "province", "51"),
        ("511600000000", "city", "5116"),
        ("511623000000", "county", "511623"),
        ("511623100000", "town", "511623100"),
        ("511623100013", "village", "511623100013"),
        # A meaningful zero at the end of a level is kept.
        ("512000000000", "city", "5120"),
        ("511620000000", "county", "511620"),
        ("511623110000", "town", "511623110"),
        ("511623100010", "village", "511623100010"),
    ],
)
def test_the_shape_of_a_code_tells_its_level(code: str, level: str, prefix: str) -> None:
    assert (level, prefix) == (areas.level(code), areas.prefix(code))


@pytest.mark.parametrize(
    ("outer", "inner", "within"),
    [
        (LINSHUI, BEICHEN, True),
        (BEICHEN, LINSHUI, False),
        (BEICHEN, BEICHEN, True),
        ("510521000000", BEICHEN, False),
        ("000000000000", BEICHEN, True),
        # 512000 is a city; 512 is not a prefix of anything.
        ("512000000000", "512100000000", False),
    ],
)
def test_an_area_contains_itself_and_what_lies_within(outer: str, inner: str, within: bool) -> None:
    assert within == areas.contains(outer, inner)


def test_the_lineage_runs_from_the_province_down() -> None:
    expected = ["510000000000", "511600000000", LINSHUI, "511623100000", BEICHEN]

    assert expected == areas.lineage(BEICHEN)
    assert expected[:3] == areas.lineage(LINSHUI)


def test_the_tokens_of_a_code_are_its_levels() -> None:
    assert "51.16.23.100.013" == areas.tokens(BEICHEN)


def test_consultation_takes_place_in_a_county_or_below() -> None:
    local = TypeAdapter(areas.LocalArea)

    assert LINSHUI == local.validate_python(LINSHUI)
    with pytest.raises(ValidationError) as wrong:
        local.validate_python("511600000000")
    assert "wrong-level" == wrong.value.errors()[0]["type"]
