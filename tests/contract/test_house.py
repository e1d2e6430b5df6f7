"""Rules of the house that no linter knows."""

import ast
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SQL_MAX = 24_000
"""Bytes of one .sql file; a view that needs more is two views."""


def test_no_two_records_share_a_number() -> None:
    records = sorted((ROOT / "docs/adr").glob("*.md"))
    numbers = [int(record.name[:4]) for record in records]
    assert [] == [number for number, times in Counter(numbers).items() if times > 1]
    assert list(range(1, len(records) + 1)) == numbers


def test_a_record_is_headed_by_its_number() -> None:
    for record in (ROOT / "docs/adr").glob("*.md"):
        heading = record.read_text(encoding="utf-8").partition("\n")[0]
        assert re.match(rf"# {int(record.name[:4])}\. \S", heading), record.name


def test_who_points_at_a_record_finds_it() -> None:
    records = {record.name[:4]: record.name for record in (ROOT / "docs/adr").glob("*.md")}
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")):
        text = page.read_text(encoding="utf-8")
        for number, name in re.findall(r"\[ADR (\d+)\]\((?:docs/)?adr/([\w.-]+)\)", text):
            assert name == records[f"{int(number):04}"], page.name


def test_no_sql_file_outgrows_its_readers() -> None:
    files = [file for top in ("shared", "services") for file in (ROOT / top).rglob("*.sql")]
    assert files
    assert [] == [str(file) for file in files if file.stat().st_size > SQL_MAX]


def test_no_other_tables_lie_in_the_schema_of_a_view() -> None:
    """A rebuilt view takes the place of its whole schema, and of what others kept in it."""
    for service in (ROOT / "services").iterdir():
        views = {f"{service.name}__{one.stem}" for one in service.glob("projections/*.sql")}
        texts = [one.read_text(encoding="utf-8") for one in service.glob("e*/**/*.sql")]
        kept = {name for text in texts for name in re.findall(r"CREATE SCHEMA.*?(\w+);", text)}
        assert set() == views & kept


MAY_TELL = {"shared/runtime/reactions.py", "shared/runtime/ticker.py"}
"""Who hands on the moment of a told past; both begin inside, and a client reaches neither."""


def test_no_client_says_at_which_moment_its_command_is_decided() -> None:
    tell = set()
    for top in ("shared", "services"):
        for file in (ROOT / top).rglob("*.py"):
            for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                match call:
                    case ast.Call(func=ast.Name(id="Asked"), args=args, keywords=keywords):
                        if len(args) > 6 or any(one.arg in ("at", None) for one in keywords):
                            tell.add(str(file.relative_to(ROOT)))
    assert tell == MAY_TELL
