"""The whole platform for tests: `tongxin up` as a process of its own, in its own data directory."""

import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence

from deploy.tongxin.home import Home, read_json
from deploy.tongxin.process import Child, spawn, until
from deploy.tongxin.servers import Servers
from deploy.tongxin.status import running
from deploy.tongxin.story import NAMESPACE, accounts
from services.portal.edge.people.newcomers import account_of
from shared.kernel.message import Actor

READY_S = 240.0
STOP_S = 120.0


class Platform:
    """One `tongxin up`, from start to end, and what it printed."""

    def __init__(
        self, home: Home, *options: str, python: Sequence[str] = (), env: Mapping[str, str] = {}
    ) -> None:
        self.home = home
        self.env = env
        self.command = [*(python or [sys.executable]), "-m", "deploy.tongxin", "up", *options]
        self.child: Child | None = None

    def start(self) -> None:
        """Start it, and return at once."""
        self.home.run_file.unlink(missing_ok=True)
        told = {"TONGXIN_DATA": str(self.home.data), "COLUMNS": "200"}
        # Receivers of webhooks listen here too.
        here = {"TONGXIN_WEBHOOK_NETWORKS": "127.0.0.0/8"}
        env = {**here, **os.environ, **self.env, **told}
        self.child = spawn("up", self.command, self.home.log("up"), env=env)

    def start_and_wait(self) -> float:
        """Start it; seconds until it was ready."""
        began = time.monotonic()
        self.start()
        self.wait()
        return time.monotonic() - began

    def wait(self) -> None:
        """Wait until it says that it is ready."""
        assert self.child
        until(lambda: self.ready_in is not None or self.child.ended() is not None, READY_S)
        assert self.ready_in is not None, f"it did not become ready:\n{self.printed}"

    @property
    def ready_in(self) -> float | None:
        """Seconds it says it took; None before it is ready."""
        found = read_json(self.home.run_file)
        return found["ready_in"] if found else None

    @property
    def printed(self) -> str:
        """All it has printed, over all starts."""
        return self.home.log("up").read_text("utf-8")

    @property
    def servers(self) -> Servers:
        """The ways in to its PostgreSQL and NATS."""
        return running(self.home)

    def parts(self) -> dict[str, int]:
        """The pid of each part, by its name."""
        found = read_json(self.home.run_file) or {"parts": []}
        return {part["name"]: part["pid"] for part in found["parts"]}

    def kill(self, name: str) -> None:
        """kill -9 one part; it is started again."""
        os.kill(self.parts()[name], signal.SIGKILL)

    def kill_all(self) -> None:
        """kill -9 `up` itself."""
        assert self.child
        self.child.kill()

    def interrupt(self) -> int:
        """Ctrl-C; the exit code."""
        assert self.child
        self.child.popen.send_signal(signal.SIGINT)
        return self.child.popen.wait(STOP_S)

    def close(self) -> None:
        """Make sure that nothing of it is left."""
        if self.child:
            self.child.stop(STOP_S)


def people() -> dict[str, Actor]:
    """The people of the demo, as actors, without asking the portal for their accounts."""
    return {
        one.login: Actor(str(account_of(one.login)), one.role, one.within, one.unit)
        for one in accounts()
    }


async def sealed(_login: str, text: str) -> str:
    """What the vault makes of private words, as far as the services can tell."""
    return f"sealed:1:{NAMESPACE}:{text.encode().hex():A<38}"
