"""Divisions that are no more stay in their list, as gone, with what continues them."""

from pathlib import Path

from services.portal.edge.api.copies import Wanted, _some_divisions
from shared.runtime.areas import Areas

TABLE = """code,name,level,from,until,into
510000000000,四川省,province,,,
511600000000,广安市,city,,,
511623000000,邻水县,county,,,
511623100000,鼎屏镇,town,,,
511623101000,城南镇,town,,2026-01-01,511623100000
511623102000,新设镇,town,2026-01-01,,
"""


def test_an_area_that_is_no_more_is_told_as_gone(tmp_path: Path) -> None:
    file = tmp_path / "areas.csv"
    file.write_text(TABLE, encoding="utf-8")
    areas = Areas.read(file)
    whole = _some_divisions(areas, Wanted("511623000000", None, "", 100))
    told = {code: thing for code, thing, _ in whole}
    assert ["511623000000", "511623100000", "511623101000", "511623102000"] == list(told)
    gone = told["511623101000"]
    assert gone["deleted"]
    assert ["511623100000"] == gone["into"]
    assert "name" not in gone
    assert "新设镇" == told["511623102000"]["name"]
    since = Wanted("511623000000", "2025-12-31T16:00:00+00:00", "", 100)
    changed = [code for code, _, _ in _some_divisions(areas, since)]
    assert ["511623101000", "511623102000"] == changed
    behind = _some_divisions(areas, Wanted("511623000000", None, "511623100000", 1))
    assert ["511623101000"] == [code for code, _, _ in behind]
