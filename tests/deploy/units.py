"""Runs systemd units without systemd: their ExecStart lines, with what they hand over."""

import os
import shlex
import socket
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

from deploy.tongxin.home import reachable
from deploy.tongxin.process import Child, User, spawn, unprivileged


class Unit:
    """One installed unit, or an instance of a template."""

    def __init__(self, units: Path, name: str, place: Path) -> None:
        stem, _, self.instance = name.partition("@")
        file = units / (f"{stem}@.service" if self.instance else f"{name}.service")
        self.name = name
        self.place = place
        self.lines = defaultdict[str, list[str]](list)
        more = sorted(units.glob(f"{name}.service.d/*.conf"))
        text = "\n".join(one.read_text("utf-8") for one in (file, *more))
        for line in text.replace("\\\n", " ").splitlines():
            key, equals, value = line.partition("=")
            if equals and not line.startswith("#"):
                self.lines[key].append(value)
        self.credentials = Path(mkdtemp(prefix="credentials-", dir=place))

    def user(self, command: list[str]) -> User | None:
        """Whom a command runs as: the unprivileged user, where that one may reach the Python."""
        first = Path(command[0]).read_bytes()[:200].splitlines()[0]
        program = Path(first[2:].decode()) if first.startswith(b"#!") else Path(command[0])
        return unprivileged() if reachable(program.resolve()) else None

    def told(self, text: str) -> str:
        """A value with what systemd puts into it."""
        return text.replace("%i", self.instance).replace("%d", str(self.credentials))

    def environment(self) -> dict[str, str]:
        """Nothing but what the unit says."""
        told = {"PATH": os.defpath}
        for value in self.lines["Environment"]:
            told |= dict(word.split("=", 1) for word in shlex.split(self.told(value)))
        for value in self.lines["EnvironmentFile"]:
            for line in Path(self.told(value)).read_text("utf-8").splitlines():
                if line and not line.startswith("#"):
                    name, _, text = line.partition("=")
                    told[name] = text
        return told

    def hand_over(self) -> None:
        """Copies of the files that the unit asks for, which only its user can read."""
        user = unprivileged()
        for value in self.lines["LoadCredential"]:
            name, _, source = self.told(value).partition(":")
            copy = self.credentials / name
            copy.write_bytes(Path(source).read_bytes())
            copy.chmod(0o400)
            if user:
                os.chown(copy, user.uid, user.gid)
        if user:
            os.chown(self.credentials, user.uid, user.gid)

    def commands(self, key: str) -> Iterator[list[str]]:
        """Each line of a key, as words."""
        for value in self.lines[key]:
            yield shlex.split(self.told(value))

    def run(self) -> subprocess.CompletedProcess[str]:
        """A oneshot unit, to its end."""
        self.hand_over()
        (command,) = self.commands("ExecStart")
        return self.ask(command)

    def start(self, **more: str) -> Child:
        """What it does before, to its end; and then the process that stays, told `more`."""
        self.hand_over()
        for before in self.commands("ExecStartPre"):
            done = self.ask(before)
            assert 0 == done.returncode, done.stderr
        (command,) = self.commands("ExecStart")
        log = self.place / f"{self.name}.log"
        return spawn(
            self.name, command, log, env=self.environment() | more, user=self.user(command)
        )

    def ask(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        """Run a program as the unit would, to its end."""
        user = self.user(command)
        uid, gid = (user.uid, user.gid) if user else (None, None)
        return subprocess.run(
            command,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            user=uid,
            group=gid,
            extra_groups=[] if user else None,
        )


def listens(port: int) -> bool:
    """Whether somebody takes connections there."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False
