"""The command line answers in sentences and in JSON."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

import pytest
import typer.core
import typer.main
from typer.testing import CliRunner

from deploy.tongxin.cli import app
from deploy.tongxin.commands.asked import MEANINGS, Exit
from deploy.tongxin.home import ROOT
from deploy.tongxin.process import free_port
from tests.deploy.typed import type_all
from tests.servers import NatsServer, Postgres

pytestmark = pytest.mark.slow  # Each asks a new process.

AREAS = str(ROOT / "deploy/areas.csv")
CHARTER = str(ROOT / "deploy/charters/511623/1.toml")
BOTH = ["default@1", "511623@1"]
ID = "0192f3a4-5b6c-7d8e-9f01-23456789abcd"

BROKEN = """\
base = "default@1"
in_force = 2026-01-01

[outcomes]
reply_days = 0

[meetings]
snacks = true
"""


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


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_command_answers_programs(name: str) -> None:
    assert "--json" in {option for one in ALL[name].params for option in one.opts}


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_command_says_which_exit_codes_it_ends_with(name: str) -> None:
    assert {Exit.DONE, Exit.NOT_DONE, Exit.ASKED_WRONGLY} <= ends(name) <= set(Exit)
    spoken = re.findall(r"\bcode (\d)", ALL[name].help or "")
    assert ends(name) >= {Exit(int(code)) for code in spoken}


def ends(name: str) -> set[int]:
    """The exit codes that its help lists."""
    (told,) = re.findall(r"Exit codes: (.*)", ALL[name].epilog or "")
    return {int(one.split()[0]) for one in told.split(" · ")}


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


NEEDS_NO_PLATFORM = {"areas check": [AREAS], "charter check": [CHARTER], "charter diff": BOTH}
READS = {
    "accounts list": [],
    "agencies list": [],
    "agencies show": ["邻水县人大"],
    "charter what-if": [CHARTER],
    "consumers": [],
    "dead-letters list": [],
    "doctor": [],
    "lag": [],
    "status": [],
    "streams": [],
    "targets": [],
    "upgrade check": [],
    "verify": [],
}
CHANGES = {
    "accounts grant": ["li.hua", "--role", "cppcc", "--within", "511623000000"],
    "accounts open": ["li.hua", "--name", "李华", "--area", "511623000000"],
    "accounts password": ["li.hua"],
    "agencies approve": [ID],
    "agencies decline": [ID, "--reason", "x"],
    "agencies register": ["邻水县人大", "--kind", "congress", "--area", "511623000000"],
    "agencies remove": ["邻水县人大", "--reason", "x"],
    "agencies resume": ["邻水县人大"],
    "agencies revoke": [ID, "--reason", "x"],
    "agencies rotate": [ID],
    "agencies suspend": ["邻水县人大", "--reason", "x"],
    "backup": ["/nowhere/backup", "--without-keys"],
    "charter publish": [CHARTER, "--as", "li.hua", "--note", "x"],
    "dead-letters retry": [],
    "demo": [],
    "migrate": [],
    "rebuild": ["topics", "topic_board"],
    "restart": [],
    "scale": ["topics=2"],
    "simulate": ["--area", "511623", "--years", "0.25"],
    "stop": [],
    "upgrade run": [],
}
BEGINS = {"up", "start", "restore"}
"""What is there to make something run where nothing does."""


def test_nobody_forgot_to_say_what_a_command_needs() -> None:
    assert ALL.keys() == NEEDS_NO_PLATFORM.keys() | READS.keys() | CHANGES.keys() | BEGINS


def test_what_is_asked_of_a_platform_that_does_not_run_says_so(tmp_path: Path) -> None:
    asked = type_all(lines(READS | CHANGES), env={**os.environ, "TONGXIN_DATA": str(tmp_path)})
    assert [] == [one for one in asked if one.crash or one.code != Exit.NOTHING_RUNS]
    assert [] == [one for one in asked if "nothing runs here" not in one.err]


def test_servers_that_others_run_and_that_are_away_are_named(tmp_path: Path) -> None:
    port = free_port()
    servers = {
        "TONGXIN_PG_DSN": f"postgresql://postgres:x@127.0.0.1:{port}/tongxin",
        "TONGXIN_NATS_URL": f"nats://127.0.0.1:{port}",
    }
    env = {**os.environ, "TONGXIN_DATA": str(tmp_path), **servers}
    (asked,) = type_all([["lag"]], env=env)
    assert (Exit.NOTHING_RUNS, "") == (asked.code, asked.crash)
    assert f"PostgreSQL does not answer at 127.0.0.1:{port}" in asked.err


@pytest.mark.servers
async def test_servers_that_hold_no_platform_yet_are_no_riddle(
    pg: Postgres, nats_server: NatsServer, tmp_path: Path
) -> None:
    servers = {
        "TONGXIN_PG_DSN": await pg.fresh_database(),
        "TONGXIN_NATS_URL": nats_server.url,
        "TONGXIN_NATS_USER": "admin",
        "TONGXIN_NATS_PASSWORD": nats_server.passwords["admin"],
    }
    env = {**os.environ, "TONGXIN_DATA": str(tmp_path), **servers}
    asked = type_all(lines(READS), env=env)
    assert [] == [one for one in asked if one.crash or one.code not in ends(name_of(one.words))]
    unsaid = [one for one in asked if one.code and not one.err.strip()]
    assert [] == unsaid
    failed = {name_of(one.words) for one in asked if one.code == Exit.NOT_DONE}
    assert {"lag", "verify", "dead-letters list", "accounts list"} <= failed
    assert all("tongxin migrate" in one.err for one in asked if one.code == Exit.NOT_DONE)


def lines(commands: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """What one types."""
    return [[*name.split(), *words, "--json"] for name, words in commands.items()]


def name_of(words: Sequence[str]) -> str:
    """The command of a line."""
    return next(name for name in (" ".join(words[:2]), words[0]) if name in ALL)


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
