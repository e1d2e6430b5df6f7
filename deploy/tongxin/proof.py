"""Proves that logs are what was recorded: in the running platform, or in a dump of it."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from deploy.tongxin import dump as dumped
from deploy.tongxin.home import SERVICES, NotGood, Trouble, read_json
from deploy.tongxin.servers import Servers
from deploy.tongxin.terminal import progress
from shared.runtime.chain import Broken, Chain
from shared.runtime.store import Store


@dataclass(frozen=True)
class Proof:
    """A log that was verified to its end: what to keep, and to verify `against` later."""

    service: str
    facts: int
    commits: int
    chain: str


@dataclass
class Walk:
    """One log on its way from the first commit to the last.

    `kept` are chain values by position, from an earlier proof, that have to come by again.
    """

    service: str
    kept: Mapping[int, str]
    tell: Callable[[int], None]
    commits: int = 0

    def passed(self, chain: Chain) -> None:
        """Note a commit. Raises Broken where it is not the one that was kept."""
        self.commits += 1
        kept = self.kept.get(chain.last)
        if kept and kept != chain.value.hex():
            raise Broken(chain.last, "the log was another one when its proof was kept")
        self.tell(chain.last)

    def arrived(self, chain: Chain) -> Proof:
        """The proof. Raises Broken where the log ends before what was kept of it."""
        if short := [position for position in self.kept if position > chain.last]:
            raise Broken(chain.last + 1, f"the log ends before {max(short)}, which it held once")
        return Proof(self.service, chain.last, self.commits, chain.value.hex())


Kept = Mapping[str, Mapping[int, str]]


def kept_in(file: Path | None) -> Kept:
    """Chain values by service and position, from what `verify --json` printed. Raises Trouble."""
    if file is None:
        return {}
    try:
        return {row["service"]: {row["facts"]: row["chain"]} for row in read_json(file)}
    except (KeyError, TypeError) as error:
        raise Trouble(f"{file} is not what `tongxin verify --json` prints") from error


def chosen(services: Collection[str], there: Collection[str]) -> Iterator[str]:
    """The services to look at, all that are there where none is named. Raises Trouble."""
    for service in services or there:
        if service not in there:
            raise Trouble(f"there is no log of '{service}', but of {', '.join(there)}")
        yield service


async def online(servers: Servers, services: Collection[str], kept: Kept) -> list[Proof]:
    """Verify the logs of the running platform, up to where they end. Raises NotGood, Trouble."""
    proofs = []
    for service in chosen(services, SERVICES):
        store = await Store.open(servers.service_dsn(service), service)
        try:
            with progress(service) as bar, _told_of(f"the log of {service}"):
                tell = partial(_tell, bar, await store.last())
                walk = Walk(service, kept.get(service, {}), tell)
                proofs.append(walk.arrived(await store.verify(walk.passed)))
        finally:
            await store.close()
    return proofs


def offline(dump: Path, services: Collection[str], kept: Kept) -> list[Proof]:
    """Verify the logs that a dump holds, without a server. Raises NotGood, Trouble."""
    proofs = []
    for service in chosen(services, dumped.services_in(dump)):
        with progress(service) as bar, _told_of(f"the log of {service} in {dump}"):
            tell = partial(_tell, bar, None)
            walk = Walk(service, kept.get(service, {}), tell)
            proofs.append(walk.arrived(dumped.verify(dump, service, walk.passed, tell)))
    return proofs


def _tell(bar: Callable[[int, int | None], None], total: int | None, done: int) -> None:
    bar(done, total)


@contextmanager
def _told_of(log: str) -> Iterator[None]:
    try:
        yield
    except Broken as broken:
        raise NotGood(f"{log} is not what was recorded: {broken}") from broken
