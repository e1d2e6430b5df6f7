"""PostgreSQL from any bin directory, as a cluster of our own.

We run `initdb` and `postgres` ourselves: the wheels' own launchers create operating system users
and trust every local connection; we do neither.
"""

import os
import shutil
import signal
import subprocess
from functools import cached_property
from pathlib import Path

from deploy.tongxin.home import Home, Trouble, names, reachable
from deploy.tongxin.installation import Installation, find_installation, private_copy
from deploy.tongxin.process import Child, Identity, free_port, spawn, unprivileged, until

START_S = 300.0  # Recovery replays up to max_wal_size, on a busy machine for minutes.
STOP_S = 20.0
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # A path under a deep checkout may be too long for a socket.
    "synchronous_commit": "on",
    "max_connections": "200",
    "shared_buffers": "96MB",
    "max_wal_size": "512MB",
    "max_worker_processes": "2",
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
}


class Cluster:
    """One PostgreSQL server with its data, on loopback, with scram passwords."""

    name = "postgres"
    superuser = "postgres"

    def __init__(self, home: Home, installation: Installation | None = None) -> None:
        self.home = home
        self.user = unprivileged()
        self.port = 0
        self.child: Child | None = None
        self._installation = installation

    @cached_property
    def found(self) -> Installation:
        """What we run. Raises Trouble where there is nothing to run."""
        found = self._installation or find_installation()
        if self.user and not reachable(found.bin / "postgres"):
            return Installation(private_copy(found, self.home.elsewhere()), found.major)
        return found

    @cached_property
    def data(self) -> Path:
        """Where the cluster is; its name carries the version that wrote it."""
        near = not self.user or reachable(self.home.open() / "postgres")
        base = self.home.data if near else self.home.elsewhere()
        return base / f"postgres-{self.found.major}"

    @property
    def password(self) -> str:
        """The superuser's."""
        return self.home.password("postgres")

    def dsn(self, database: str = "postgres", password: str = "") -> str:
        """How to reach a database, as the superuser."""
        who = f"{self.superuser}:{password or self.password}"
        return f"postgresql://{who}@127.0.0.1:{self.port}/{database}"

    def prepare(self) -> None:
        """Make the cluster if there is none, and end what an earlier start left running."""
        others = names(self.data.parent.glob("postgres-*[0-9]"))
        if others and not self.data.exists():
            raise Trouble(
                f"the data in {others} were written by another version than {self.found}; "
                "set TONGXIN_PG_BIN to that version, or move the data away to start afresh"
            )
        if not self.data.exists():
            self._initdb()
        self._end_orphans()

    def start(self) -> Child:
        """Start the server; `accepts` tells when it is ready.

        Started again, it listens where it did before: its clients know no other place.
        """
        self.port = self.port or free_port()
        settings = {**SETTINGS, "port": str(self.port)}
        options = [word for pair in settings.items() for word in ("-c", "=".join(pair))]
        self.child = spawn(
            self.name,
            [str(self.found.bin / "postgres"), "-D", str(self.data), *options],
            self.home.log(self.name),
            user=self.user,
            ends_on=signal.SIGINT,
        )
        return self.child

    def accepts(self) -> bool:
        """Whether the server that we started takes connections."""
        lines = self._pid_file()
        return bool(
            self.child
            and len(lines) > 7
            and lines[0] == str(self.child.popen.pid)
            and lines[7].strip() == "ready"
        )

    def start_and_wait(self) -> None:
        """Start, and return when it is ready. Raises Trouble with the end of its log."""
        child = self.start()
        until(lambda: self.accepts() or child.ended() is not None, START_S)
        if not self.accepts():
            raise Trouble(f"PostgreSQL did not start:\n{self.home.last_words(self.name)}")

    def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back, the rest is flushed."""
        if self.child:
            self.child.stop(STOP_S)

    def _initdb(self) -> None:
        """Into a draft that is renamed when complete: a cut-off initdb leaves no half cluster."""
        draft = self.data.with_suffix(".draft")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True, mode=0o700)
        secret = draft.with_suffix(".password")
        secret.unlink(missing_ok=True)
        secret.touch(mode=0o600)
        secret.write_text(self.password)
        for path in (draft, secret):
            if self.user:
                os.chown(path, self.user.uid, self.user.gid)
        command: list[str | Path] = [
            self.found.bin / "initdb",
            "-D",
            draft,
            "-U",
            self.superuser,
            "-E",
            "UTF8",
        ]
        command += ["--locale=C.UTF-8", "--auth=scram-sha-256", f"--pwfile={secret}", "-k"]
        done = self._run(command)
        secret.unlink()
        if done.returncode:
            raise Trouble(f"initdb failed:\n{done.stderr.decode(errors='replace')}")
        draft.rename(self.data)

    def _run(self, command: list[str | Path]) -> subprocess.CompletedProcess[bytes]:
        uid, gid = (self.user.uid, self.user.gid) if self.user else (None, None)
        return subprocess.run(
            command,
            capture_output=True,
            check=False,
            cwd="/",
            user=uid,
            group=gid,
            extra_groups=[] if self.user else None,
        )

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _end_orphans(self) -> None:
        """End a server of ours that outlived its launcher, and whatever it left behind.

        A process of ours is one whose working directory is our data directory, as PostgreSQL's all
        are. Only when none is left may a stale pid file go, whose pid may by now be anybody's.
        """
        lines = self._pid_file()
        if not lines:
            return
        postmaster = Identity.of(int(lines[0]))
        if postmaster and postmaster.pid in self._living():
            postmaster.end(signal.SIGINT, STOP_S)
        if not until(lambda: not self._living(), STOP_S):
            raise Trouble(f"processes {sorted(self._living())} still use {self.data}")
        if postmaster and Path("/proc/self").exists():
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _living(self) -> set[int]:
        return {
            int(entry.name)
            for entry in Path("/proc").glob("[0-9]*")
            if _working_directory(entry) == self.data
        }


def _working_directory(entry: Path) -> Path | None:
    try:
        return (entry / "cwd").readlink()
    except OSError:  # It has ended, or is somebody else's.
        return None
