"""A view's file: what it must say, and what it is told when it speaks of what there is not."""

from pathlib import Path

import pytest

from shared.runtime.projection import Projection
from tests.runtime.rollup import FACTS, ROLLUP

TABLES = "-- name: tables\nCREATE TABLE t (id uuid);\n"


def read(place: Path, text: str, tables: str = TABLES) -> Projection:
    file = place / "view.sql"
    file.write_text(tables + text, encoding="utf-8")
    return Projection("board", sql=file, facts=FACTS, sources=("topics",))


def test_a_file_is_tables_handlers_and_questions() -> None:
    assert ROLLUP.tables.count("CREATE TABLE") == 2
    assert [h.name for h in ROLLUP.handlers][:2] == [
        "on TopicProposed",
        "on TopicApproved, TopicClosed",
    ]
    assert list(ROLLUP.questions) == ["of area", "titles", "topic", "old enough"]


def test_a_handler_for_all_facts_wants_all_facts() -> None:
    assert ROLLUP.types is None


def test_a_view_wants_no_facts_but_those_of_its_handlers(tmp_path: Path) -> None:
    view = read(
        tmp_path,
        """-- name: on TopicProposed, TopicClosed
        INSERT INTO t SELECT stream FROM batch WHERE type IN ('TopicProposed', 'TopicClosed')""",
    )
    assert view.types == {"TopicProposed", "TopicClosed"}


def test_a_field_that_no_fact_has_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="'on TopicProposed' has no 'aera'"):
        read(
            tmp_path,
            """-- name: on TopicProposed
            SELECT data->>'title', data ->> 'aera' FROM batch WHERE type = 'TopicProposed'""",
        )


def test_a_fact_that_nobody_says_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="'on TopicRaised' is on unknown 'TopicRaised'"):
        read(tmp_path, "-- name: on TopicRaised\nSELECT FROM batch")


@pytest.mark.parametrize(
    "condition", ["type = 'TopicClosed'", "b.type IN ('TopicProposed', 'TopicClosed')"]
)
def test_a_statement_on_a_fact_it_does_not_name_is_an_error(tmp_path: Path, condition: str) -> None:
    with pytest.raises(ValueError, match="'on TopicProposed' is not on 'TopicClosed'"):
        read(tmp_path, f"-- name: on TopicProposed\nSELECT FROM batch b WHERE {condition}")


def test_a_statement_that_takes_the_whole_batch_for_its_own_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="does not pick 'TopicClosed'"):
        read(
            tmp_path,
            """-- name: on TopicProposed, TopicClosed
            SELECT FROM batch WHERE type = 'TopicProposed'""",
        )


def test_a_column_of_the_views_own_may_be_called_type(tmp_path: Path) -> None:
    read(
        tmp_path,
        """-- name: on TopicProposed
        DELETE FROM t USING batch b WHERE b.type = 'TopicProposed' AND t.type = 'lead'""",
    )


def test_a_handler_has_no_parameters(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="takes no parameters"):
        read(tmp_path, "-- name: on TopicProposed\nSELECT :area FROM batch")


def test_a_view_has_tables(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no '-- name: tables'"):
        read(tmp_path, "-- name: of area\nSELECT 1", tables="")


def test_another_text_is_another_fingerprint(tmp_path: Path) -> None:
    one, same = read(tmp_path, ""), read(tmp_path, "")
    other = read(tmp_path, "-- name: all\nSELECT id FROM t")
    assert one.fingerprint == same.fingerprint != other.fingerprint
