"""Child processes: bound to our life, known by pid and start time, stopped within a bound."""

import os
import pwd
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.tongxin.home import ROOT

BOUND = Path(__file__).with_name("bound.py")
POLL_S = 0.02
LOG_BYTES_MAX = 20_000_000


@dataclass(frozen=True)
class User:
    """An account of the operating system."""

    uid: int
    gid: int


def unprivileged() -> User | None:
    """Whom PostgreSQL runs as: `nobody` when we are root, otherwise ourselves (None)."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return User(nobody.pw_uid, nobody.pw_gid)


@dataclass(frozen=True)
class Identity:
    """One process and no other: a pid alone is reused, a pid with its start time is not."""

    pid: int
    started: str

    @classmethod
    def of(cls, pid: int) -> "Identity | None":
        """None when there is no such process, or it has ended and only waits to be counted."""
        try:
            text = Path(f"/proc/{pid}/stat").read_text()
        except FileNotFoundError:
            return None if Path("/proc/self/stat").exists() else cls._from_ps(pid)
        state, *fields = text[text.rindex(")") + 2 :].split()
        return None if state == "Z" else cls(pid, fields[18])

    @classmethod
    def _from_ps(cls, pid: int) -> "Identity | None":
        ps = ["/bin/ps", "-o", "lstart=", "-p", str(pid)]
        told = subprocess.run(ps, capture_output=True, text=True, check=False).stdout.strip()
        return cls(pid, told) if told else None

    def alive(self) -> bool:
        """Whether that very process still runs."""
        return Identity.of(self.pid) == self

    def end(self, how: signal.Signals, patience_s: float) -> None:
        """Ask a process to end, and make it end when it does not within `patience_s`."""
        if self.alive():
            os.kill(self.pid, how)
        if not until(lambda: not self.alive(), patience_s) and self.alive():
            os.kill(self.pid, signal.SIGKILL)
            until(lambda: not self.alive(), patience_s)


@dataclass
class Child:
    """A running child process."""

    name: str
    popen: subprocess.Popen[bytes]
    identity: Identity
    ends_on: signal.Signals

    def ended(self) -> int | None:
        """Its exit code, or None while it runs."""
        return self.popen.poll()

    def stop(self, patience_s: float) -> int:
        """Ask it to end; its exit code. Negative: the signal that ended it."""
        if self.popen.poll() is None:
            self.popen.send_signal(self.ends_on)
        try:
            return self.popen.wait(patience_s)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            return self.popen.wait()

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self.popen.kill()
        self.popen.wait()


def spawn(  # noqa: PLR0913 - what is run, and five things about the running of it
    name: str,
    command: Sequence[str],
    log: Path,
    *,
    env: Mapping[str, str] | None = None,
    user: User | None = None,
    ends_on: signal.Signals = signal.SIGTERM,
    hands_on: Sequence[int] = (),
) -> Child:
    """Start a program in its own process group, its output appended to `log`.

    A Ctrl-C at the terminal reaches only us, so that we can stop the parts in order; should we be
    killed, the kernel sends each part the signal that ends it. Call it from the main thread: that
    promise is kept to a thread, not to a process. `hands_on` are open sockets that it inherits.
    """
    uid, gid = (user.uid, user.gid) if user else (-1, -1)
    bound_to = (os.getpid(), int(ends_on), uid, gid)
    shim = [sys.executable, "-I", "-S", str(BOUND), *map(str, bound_to)]
    if log.exists() and log.stat().st_size > LOG_BYTES_MAX:
        log.replace(log.with_suffix(".old"))
    with log.open("ab") as out:
        popen = subprocess.Popen(
            [*shim, *command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            env=dict(env) if env is not None else None,
            cwd=ROOT,
            start_new_session=True,
            pass_fds=hands_on,
        )
    identity = Identity.of(popen.pid) or Identity(popen.pid, "")
    return Child(name, popen, identity, ends_on)


def until(what: Callable[[], bool], patience_s: float) -> bool:
    """Wait until something holds; False when it did not within `patience_s`."""
    deadline = time.monotonic() + patience_s
    while not what():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_S)
    return True


def free_port(wanted: int = 0) -> int:
    """A free port on loopback: the wanted one if nobody has it, else any."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            return free_port()
        port: int = probe.getsockname()[1]
        return port
