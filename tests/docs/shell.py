"""Runs the marked blocks of one document in one shell, as somebody would who reads it."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from deploy.tongxin.home import ROOT
from tests.docs.blocks import RUN_MAX_S, Block, Command, commands, missing

SIGN = "\x1e"
TONGXIN = f"""\
#!/bin/sh
PYTHONPATH={ROOT} exec {sys.executable} -m deploy.tongxin "$@"
"""


def surroundings(here: Path, given: Mapping[str, str]) -> dict[str, str]:
    """The environment that docs/README.md promises; `here` is an empty folder."""
    tools, work = here / "bin", here / "work"
    tools.mkdir(parents=True)
    work.mkdir()
    (tools / "tongxin").write_text(TONGXIN)
    (tools / "tongxin").chmod(0o755)
    path = f"{tools}:{Path(sys.executable).parent}:{os.environ['PATH']}"
    return {
        **os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "HERE": str(work), "COLUMNS": "200",
        "NO_COLOR": "1", "TERM": "dumb", **given,
    }  # fmt: skip


def run(some: Sequence[Block], env: Mapping[str, str]) -> list[str]:
    """What went otherwise than the blocks say; the commands after a failure are run all the same.

    Blocks run in one bash, so that what one exports the next one knows.
    """
    asked = [(block, command) for block in some for command in commands(block)]
    script = "".join(f"{command.text}\nprintf '\\n{SIGN}%s{SIGN}\\n' $?\n" for _, command in asked)
    patience = sum(float(block.said.get("within", RUN_MAX_S)) for block in some)
    done = subprocess.run(
        ["bash", "-c", script],
        env=dict(env),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=patience,
        check=False,
    )
    parts = done.stdout.split(SIGN)
    answers = list(zip(parts[::2], parts[1::2], strict=False))
    ended = [f"{block.place}: the shell ended here" for block, _ in asked[len(answers) :][:1]]
    told = zip(asked, answers, strict=False)
    return [no for (block, one), answer in told if (no := _wrong(block, one, *answer))] + ended


def _wrong(block: Block, command: Command, output: str, code: str) -> str:
    """What is wrong with the answer to one command; "" if nothing is."""
    expected = block.said.get("code", "0") if command == commands(block)[-1] else "0"
    said = f"$ {command.text}\n{output.strip()}"
    if code != expected:
        return f"{block.place}: ended with {code} instead of {expected}\n{said}"
    if line := missing(command.prints, output):
        return f"{block.place}: did not print {line!r}\n{said}"
    return ""
