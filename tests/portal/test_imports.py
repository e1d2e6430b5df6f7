"""Importing from spreadsheets: what rows are read as, what is wrong with them, hostile files."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest

from services.meetings.domain.member.commands import AdmitMember
from services.outcomes.domain.unit.commands import RegisterUnit
from services.portal.edge.paper import reading
from services.portal.edge.paper.template import Asked, template
from services.portal.pages.forms import Blank
from services.portal.pages.papers.imports import (
    IMPORTS,
    ROWS_MOST,
    Reader,
    cell_text,
    day_of,
    letter,
    row_id,
)
from services.portal.pages.texts import read
from services.topics.domain.lead.commands import SubmitLead

TEXTS = read()
WORDS = dict(TEXTS.words["values"].items())
COUNTY, TOWN = "511623000000", "511623100000"
CLASSES = {"leads": SubmitLead, "members": AdmitMember, "units": RegisterUnit}
YES_NO = {TEXTS.site.yes: "yes", TEXTS.site.no: "no"}


def reader(kind: str) -> Reader:
    """What reads the rows of a kind."""
    what = next(one for one in IMPORTS if one.kind == kind)
    blank = Blank(CLASSES[kind].model_json_schema())
    words = {WORDS.get(value, value): value for one in blank.draw() for value in one.options}
    areas = {"邻水县": COUNTY, "邻水县 城南镇": TOWN, "城南镇": TOWN, COUNTY: COUNTY, TOWN: TOWN}
    return Reader(what, blank, words | YES_NO, areas, COUNTY)


def row(one: Reader, **cells: str) -> list[str]:
    """The cells of a row, by the names of fields."""
    return [cells.get(column.name, "") for column in one.columns]


def workbook(rows: list[list[Any]], name: str = "表") -> bytes:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for cells in rows:
        sheet.append(cells)
    to = io.BytesIO()
    book.save(to)
    return to.getvalue()


def test_a_row_is_read_as_the_form_of_its_command_would_be() -> None:
    leads = reader("leads")
    good = row(
        leads, area="城南镇", title="路灯不亮𠮷", origin="群众", personal="否", words="夜里看不见"
    )
    (found,) = leads.read([(7, good)])
    assert () == tuple(found.faults)
    assert {
        "area": TOWN, "title": "路灯不亮𠮷", "origin": "resident", "personal": False,
        "words": "夜里看不见",
    }.items() <= found.data.items()  # fmt: skip


def test_what_is_wrong_is_said_by_cell_and_column() -> None:
    leads = reader("leads")
    bad = row(leads, title="", origin="外星人", area="火星镇", personal="也许")
    (found,) = leads.read([(9, bad)])
    told = {one.column: one for one in found.faults}
    assert {"事项名称", "来源", "所在区划", "个人诉求"} == set(told)
    assert "required" == told["事项名称"].code
    assert "unknown-area" == told["所在区划"].code
    assert all(one.cell.endswith("9") for one in found.faults)
    assert f"{letter([c.name for c in leads.columns].index('origin'))}9" == told["来源"].cell


def test_a_row_without_an_area_is_of_the_area_it_is_imported_in() -> None:
    units = reader("units")
    good = row(units, name="县水利局", kind="部门", short_names="水利局、水务")
    (found,) = units.read([(2, good)])
    assert () == tuple(found.faults)
    assert COUNTY == found.data["area"]
    assert ["水利局", "水务"] == found.data["short_names"]


def test_numbers_bounds_and_lengths_are_those_of_the_command() -> None:
    members = reader("members")
    given = {"name": "㐂某", "party_member": "是", "standing": "否", "sector": "教育"}
    rows = [
        (n, row(members, **given, term=term)) for n, term in enumerate(("5", "5.0", "x", "100"), 2)
    ]
    found = members.read(rows)
    assert [[], ["type"], ["maximum"]] == [
        [fault.code for fault in found[n].faults] for n in (0, 2, 3)
    ]
    assert 5 == found[1].data["term"]
    assert 2 == found[1].same_as
    (long,) = members.read([(2, row(members, **{**given, "sector": "长" * 201}, term="5"))])
    assert ["maxLength"] == [fault.code for fault in long.faults]


def test_the_same_row_of_the_same_file_has_the_same_id_and_no_other_has() -> None:
    one, other = "a1" * 32, "b2" * 32
    assert row_id(one, 2, "command") == row_id(one, 2, "command")
    ids = {row_id(file, n, of) for file in (one, other) for n in (2, 3) for of in ("command", "x")}
    assert 8 == len(ids)


@pytest.mark.parametrize("text", ["2026-3-1", "2026.3.1", "2026/03/01", "2026年3月1日"])
def test_days_may_be_written_as_people_write_them(text: str) -> None:
    assert "2026-03-01" == day_of(text)


def test_what_is_no_day_stays_as_it_is() -> None:
    assert ["昨天", "2026-13-40"] == [day_of("昨天"), day_of("2026-13-40")]


def test_cells_are_read_as_they_look() -> None:
    assert ["", "是", "5", "5.5", "=1"] == [cell_text(v) for v in (None, True, 5.0, 5.5, "=1")]


def test_a_template_is_found_again_filled_in() -> None:
    asked = [
        Asked("名称", "全称", required=True),
        Asked("类别", "", required=False, options=["部门"]),
    ]
    body = template("承办单位", ["一", "二"], asked, "可选值")
    book = openpyxl.load_workbook(io.BytesIO(body))
    sheet = book["承办单位"]
    assert sheet.data_validations.dataValidation
    number = sheet.max_row + 1
    sheet.cell(number, 1, "县水利局")
    sheet.cell(number, 2, "部门")
    to = io.BytesIO()
    book.save(to)
    found = reading.table(to.getvalue(), ["名称", "类别"])
    assert [(number, ["县水利局", "部门"])] == list(found.rows)


def zipped(**files: bytes) -> bytes:
    """A packed file that holds these."""
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in files.items():
            packed.writestr(name, body)
    return to.getvalue()


HEADS = ["名称"]


@pytest.mark.parametrize(("body", "trouble"), [
    (b"", "import-no-workbook"),
    (b"PK\x03\x04rest", "import-no-workbook"),
    (b"\xd0\xcf\x11\xe0 old or locked", "import-no-workbook"),
    (zipped(a=b"b"), "import-no-workbook"),
    (zipped(**{"xl/vbaProject.bin": b"x"}), "import-macros"),
    (zipped(**{"xl/externalLinks/externalLink1.xml": b"x"}), "import-links"),
    (zipped(bomb=bytes(reading.UNPACKED_MOST + 1)), "import-too-large"),
    (zipped(**{str(n): b"" for n in range(600)}), "import-too-large"),
    (workbook([["别的"], ["甲"]]), "import-wrong-sheet"),
    (workbook([]), "import-wrong-sheet"),
    (workbook([HEADS]), "import-empty"),
    (workbook([HEADS, *([str(n)] for n in range(ROWS_MOST + 1))]), "import-too-many"),
])  # fmt: skip
def test_a_hostile_or_wrong_file_is_refused_with_a_reason(body: bytes, trouble: str) -> None:
    assert trouble == reading.table(body, HEADS).trouble
    assert TEXTS.refusals[trouble].what
    assert TEXTS.refusals[trouble].next


def test_empty_rows_do_not_count_and_a_formula_is_its_text_or_nothing() -> None:
    found = reading.table(workbook([["题"], HEADS, ["甲"], [None], ["乙"], ["=1+1"]]), HEADS)
    assert [(3, ["甲"]), (5, ["乙"])] == list(found.rows)
