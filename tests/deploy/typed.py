"""Types many commands in one process of their own: `python -m tests.deploy.typed`, words as JSON.

To start Python for each would take longer than all they do.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass
from io import StringIO

from deploy.tongxin.cli import app
from deploy.tongxin.home import ROOT


@dataclass(frozen=True)
class Typed:
    """How a command ended, and what it printed; `crash` is what it was not meant to end with."""

    words: list[str]
    code: int
    out: str
    err: str
    crash: str


def type_all(lines: Sequence[Sequence[str]], env: Mapping[str, str]) -> list[Typed]:
    """Each line, one after the other."""
    command = [sys.executable, "-m", "tests.deploy.typed"]
    done = subprocess.run(
        command, input=json.dumps(lines), capture_output=True, text=True, check=True, cwd=ROOT,
        env=env,
    )  # fmt: skip
    return [Typed(**one) for one in json.loads(done.stdout)]


def type_one(words: list[str]) -> Typed:
    """One line, in this process."""
    out, err, code, crash = StringIO(), StringIO(), 0, ""
    with redirect_stdout(out), redirect_stderr(err):
        try:
            app(words, prog_name="tongxin")
        except SystemExit as end:
            code = int(end.code or 0)
        except BaseException as error:
            crash = repr(error)
    return Typed(words, code, out.getvalue(), err.getvalue(), crash)


if __name__ == "__main__":
    print(json.dumps([asdict(type_one(words)) for words in json.load(sys.stdin)]))
