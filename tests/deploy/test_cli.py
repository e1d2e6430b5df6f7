"""The command line answers in sentences and in JSON."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.tongxin.home import ROOT

pytestmark = pytest.mark.slow  # Each asks a new process.

BROKEN = """\
base = "default@1"
in_force = 2026-01-01

[outcomes]
reply_days = 0

[meetings]
snacks = true
"""


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A place where no platform runs."""
    monkeypatch.setenv("TONGXIN_DATA", str(tmp_path))


def tongxin(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Ask the command line."""
    command = [sys.executable, "-m", "deploy.tongxin", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.mark.parametrize("charter", ["default", "511623"])
def test_the_charters_in_force_are_good(charter: str) -> None:
    checked = tongxin("charter", "check", ROOT / f"deploy/charters/{charter}/1.toml")
    assert (0, "") == (checked.returncode, checked.stderr)


def test_a_broken_charter_is_named_by_line_and_reason(tmp_path: Path) -> None:
    file = tmp_path / "511623" / "2.toml"
    file.parent.mkdir()
    file.write_text(BROKEN)
    checked = tongxin("charter", "check", file, "--json")
    assert 1 == checked.returncode
    assert {(5, "outcomes.reply_days"), (8, "meetings.snacks")} == {
        (fault["line"], fault["key"]) for fault in json.loads(checked.stdout)
    }


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize("words", [["lag"], ["migrate"], ["rebuild", "topics", "topic_board"]])
def test_what_is_asked_of_a_platform_that_does_not_run_says_how_to_start_it(
    words: list[str],
) -> None:
    asked = tongxin(*words)
    assert 1 == asked.returncode
    assert "make run" in asked.stderr


def test_the_table_of_areas_is_good() -> None:
    checked = tongxin("areas", "check", ROOT / "deploy/areas.csv")
    assert (0, "good") == (checked.returncode, checked.stdout.split()[-1])


def test_a_change_into_nowhere_is_named_by_line_and_reason(tmp_path: Path) -> None:
    file = tmp_path / "areas.csv"
    file.write_text(
        "code,name,level,from,until,into\n511623101000,城南镇,town,,2026-07-01,511623100000\n",
        encoding="utf-8",
    )
    checked = tongxin("areas", "check", file)
    assert 1 == checked.returncode
    assert "line 2: into: there is no 511623100000" in checked.stdout
