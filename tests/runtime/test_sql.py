"""Named statements: what is a parameter, what is not, and which files are refused."""

from pathlib import Path

import pytest

from shared.runtime.sql import load, parse, statement


def text(sql: str) -> str:
    return statement("x", sql).text


def test_a_parameter_becomes_a_number_in_order_of_appearance() -> None:
    found = statement("x", "SELECT :b, :a, :b")
    assert "SELECT $1, $2, $1" == found.text
    assert ("b", "a") == found.params


def test_a_cast_is_no_parameter() -> None:
    assert "SELECT $1::date, '1'::int" == text("SELECT :since::date, '1'::int")


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 'at 9:am'",
        "SELECT 'it''s :not'",
        r"SELECT E'a\' :not'",
        'SELECT "odd :name"',
        "SELECT $$ :not $$",
        "SELECT $fn$ :not $$ :not $fn$",
        "SELECT 1 -- :not",
        "SELECT /* :not */ 1",
        "SELECT a[1:n]",
        "SELECT x := 1",
    ],
)
def test_a_colon_elsewhere_is_no_parameter(sql: str) -> None:
    found = statement("x", sql)
    assert sql == found.text
    assert () == found.params


def test_parameters_after_a_string_are_still_found() -> None:
    assert "SELECT ':a', $1, $$:b$$, $2" == text("SELECT ':a', :a, $$:b$$, :b")


def test_the_last_semicolon_is_dropped_and_the_others_stay() -> None:
    assert "SELECT 1; SELECT 2" == text("\n SELECT 1; SELECT 2;\n")


def test_statements_keep_the_order_of_the_file() -> None:
    found = parse("-- A view.\n-- name: on Ab, Cd\nSELECT 1;\n\n-- name: in area\nSELECT :area;\n")
    assert ["on Ab, Cd", "in area"] == list(found)
    assert "SELECT $1" == found["in area"].text


@pytest.mark.parametrize(
    "heading", ["on Ab   (a whole batch)", "on Ab (a batch)", "on Ab  a remark"]
)
def test_a_remark_is_not_part_of_the_name(heading: str) -> None:
    assert ["on Ab"] == list(parse(f"-- name: {heading}\nSELECT 1"))


@pytest.mark.parametrize(
    ("sql", "complaint"),
    [
        ("SELECT 1;\n-- name: a\nSELECT 2", "before the first"),
        ("-- name: a\nSELECT 1\n-- name: a\nSELECT 2", "not a new name"),
        ("-- name:\nSELECT 1", "not a new name"),
        ("-- name: a\n-- nothing yet\n;", "has no SQL"),
    ],
)
def test_an_unclear_file_is_refused(sql: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        parse(sql)


def test_a_complaint_names_the_file(tmp_path: Path) -> None:
    file = tmp_path / "board.sql"
    file.write_text("SELECT 1", encoding="utf-8")
    with pytest.raises(ValueError, match=r"board\.sql"):
        load(file)


def test_arguments_come_in_the_order_of_the_numbers() -> None:
    assert [2, 1] == statement("x", "SELECT :b, :a").args({"a": 1, "b": 2})


@pytest.mark.parametrize("values", [{}, {"a": 1}, {"a": 1, "b": 2, "c": 3}])
def test_exactly_the_parameters_must_be_given(values: dict[str, object]) -> None:
    with pytest.raises(TypeError, match="'x' takes"):
        statement("x", "SELECT :b, :a").args(values)
