"""The command line answers in sentences and in JSON."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
import typer.core
import typer.main
from typer.testing import CliRunner

from deploy.tongxin.cli import app
from deploy.tongxin.commands.asked import MEANINGS, Exit
from deploy.tongxin.home import ROOT

pytestmark = pytest.mark.slow  # Each asks a new process.

SAY_LITTLE = {"up", "start", "stop", "migrate", "demo", "accounts grant"}
"""What they do is seen on the way, and all they answer is their exit code."""

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
    assert 4 == checked.returncode
    assert {(5, "outcomes.reply_days"), (8, "meetings.snacks")} == {
        (fault["line"], fault["key"]) for fault in json.loads(checked.stdout)
    }


def commands(
    group: typer.core.TyperGroup, *before: str
) -> Iterator[tuple[str, typer.core.TyperCommand]]:
    """Everything that may be typed, and what stands behind it."""
    for name, one in group.commands.items():
        if isinstance(one, typer.core.TyperGroup):
            yield from commands(one, *before, name)
        elif isinstance(one, typer.core.TyperCommand):
            yield " ".join([*before, name]), one


ALL = dict(commands(cast("typer.core.TyperGroup", typer.main.get_command(app))))


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_command_says_what_it_does_with_an_example(name: str) -> None:
    command = ALL[name]
    assert command.help
    assert f"  tongxin {name}" in (command.epilog or ""), "no example of it"


@pytest.mark.parametrize("name", sorted(ALL.keys() - SAY_LITTLE))
def test_every_command_that_answers_something_answers_programs(name: str) -> None:
    assert "--json" in {option for one in ALL[name].params for option in one.opts}


def test_the_help_says_what_exit_codes_mean() -> None:
    told = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"}).output
    assert all(f"{code.value} {MEANINGS[code]}" in told for code in Exit)


def test_what_is_not_a_command_is_asked_wrongly() -> None:
    assert Exit.ASKED_WRONGLY == CliRunner().invoke(app, ["sing"]).exit_code


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_completes_what_one_types(shell: str) -> None:
    typed = {
        "_TONGXIN_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": "tongxin dead",
        "COMP_CWORD": "1",
        "_TYPER_COMPLETE_ARGS": "tongxin dead",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    assert "dead-letters" in CliRunner().invoke(app, [], env=typed, prog_name="tongxin").output


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize("words", [["lag"], ["migrate"], ["rebuild", "topics", "topic_board"]])
def test_what_is_asked_of_a_platform_that_does_not_run_says_how_to_start_it(
    words: list[str],
) -> None:
    asked = tongxin(*words)
    assert 3 == asked.returncode
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
    assert 4 == checked.returncode
    assert "line 2: into: there is no 511623100000" in checked.stdout
