"""The table of areas: what there is, what it is called, and what lies right below."""

from shared.kernel.areas import DRILL, EVERYWHERE, level
from shared.runtime.areas import Areas
from shared.runtime.divisions import Division

AREAS = Areas(
    Division(code, name)
    for code, name in {
        "511623100013": "北辰社区",
        "511623100000": "鼎屏镇",
        "511623000000": "邻水县",
        "511600000000": "广安市",
        "510000000000": "四川省",
        "429004000000": "仙桃市",
        "420000000000": "湖北省",
    }.items()
)


def test_only_what_stands_in_the_table_is_an_area() -> None:
    assert "511623100013" in AREAS
    assert "511623100999" not in AREAS
    assert "鼎屏镇" == AREAS.name("511623100000")


def test_what_is_only_tried_has_a_place_that_stands_in_no_list() -> None:
    assert DRILL in AREAS
    assert AREAS.in_force(DRILL)
    assert [DRILL] == AREAS.path(DRILL)
    assert DRILL not in AREAS.codes(EVERYWHERE)
    assert DRILL not in AREAS.below(EVERYWHERE)
    assert AREAS.count(EVERYWHERE, "town") == sum(
        level(code) == "town" for code in AREAS.codes(EVERYWHERE)
    )


def test_the_path_leads_from_the_province_down() -> None:
    path = ["510000000000", "511600000000", "511623000000", "511623100000", "511623100013"]
    assert path == AREAS.path("511623100013")


def test_below_an_area_lie_its_children_and_not_theirs() -> None:
    assert ["511623100000"] == AREAS.below("511623000000")
    assert [] == AREAS.below("511623100013")
    assert ["420000000000", "510000000000"] == AREAS.below(EVERYWHERE)


def test_an_area_without_a_city_lies_below_its_province() -> None:
    assert ["429004000000"] == AREAS.below("420000000000")


def test_areas_are_counted_however_far_below_they_lie() -> None:
    counts = [AREAS.count(one, "village") for one in (EVERYWHERE, "510000000000", "511623100000")]
    assert [1, 1, 1] == counts
    assert 1 == AREAS.count("511600000000", "town")
    assert 2 == AREAS.count(EVERYWHERE, "county")
    assert 0 == AREAS.count("511623100000", "town")
    assert 0 == AREAS.count("420000000000", "village")
