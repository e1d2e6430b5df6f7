"""The tables in the documents say what the code says."""

from pathlib import Path

import pytest

from docs import tables

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("name", "table"),
    [("ARCHITECTURE.md", tables.asked_said_heard_shown), ("GLOSSARY.md", tables.glossary)],
)
def test_the_tables_have_not_drifted(name: str, table: object) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")

    assert tables.between(text, table()) == text, "run 'make docs'"  # type: ignore[operator]
