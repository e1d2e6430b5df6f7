"""What must be true of every log after whatever happened to the machine."""

import asyncio
from base64 import b64decode
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress

from nats.aio.client import Client

from deploy.tongxin.home import SERVICES
from deploy.tongxin.mend import app_of
from deploy.tongxin.servers import Servers
from deploy.tongxin.status import Lag, lags
from shared.kernel.envelope import Envelope
from shared.runtime.chain import Chain
from shared.runtime.jetstream import AWAY as NATS_AWAY
from shared.runtime.jetstream import connect, request
from shared.runtime.postgres import AWAY as PG_AWAY
from shared.runtime.store import Store
from shared.runtime.wire import to_json, withheld
from tests.telling import Told

PAGE = 5_000
SETTLE_S = 180.0
LOOK_S = 0.3


async def check(servers: Servers, told: Sequence[Told]) -> dict[str, list[Envelope]]:
    """All that a log promises, for every service; the logs, for further questions."""
    await settle(servers)
    logs = {service: await _log(servers, service) for service in SERVICES}
    client = await connect(servers.login("admin"), "checker")
    try:
        for service, log in logs.items():
            _gapless(log)
            _each_fact_once(log)
            _streams_are_total(log)
            await _said_as_recorded(client, service, log)
    finally:
        await client.close()
    for story in told:
        _nothing_acknowledged_is_missing(story, logs)
    return logs


async def settle(servers: Servers) -> None:
    """Wait until everybody has heard everything, and nobody has said more meanwhile."""
    before: list[Lag] = []
    async with asyncio.timeout(SETTLE_S):
        while True:
            with suppress(*NATS_AWAY, *PG_AWAY):  # What was killed last may not be back yet.
                now = await lags(servers)
                if now == before and not any(lag.behind for lag in now):
                    return
                before = now
            await asyncio.sleep(LOOK_S)


async def _log(servers: Servers, service: str) -> list[Envelope]:
    """The whole log, once its chain is verified."""
    store = await Store.open(servers.service_dsn(service), service)
    chain, log = Chain(service), list[Envelope]()
    try:
        while batches := await store.batches(chain.last, PAGE):
            for batch in batches:
                facts = await store.after(chain.last, batch.last - chain.last)
                chain.verify(batch, facts)
                log += facts
        assert chain.last == await store.last()
    finally:
        await store.close()
    return log


def _gapless(log: list[Envelope]) -> None:
    assert list(range(1, len(log) + 1)) == [fact.position for fact in log]


def _each_fact_once(log: list[Envelope]) -> None:
    assert len(log) == len({fact.id for fact in log})


def _streams_are_total(log: list[Envelope]) -> None:
    """Every stream has revisions 1, 2, 3 … in the order of positions."""
    revisions = defaultdict[object, list[int]](list)
    for fact in log:
        revisions[fact.stream].append(fact.revision)
    for found in revisions.values():
        assert list(range(1, len(found) + 1)) == found


async def _said_as_recorded(client: Client, service: str, log: list[Envelope]) -> None:
    """JetStream carries the very bytes, each at its own position; or that something is withheld."""
    kept = frozenset[str]().union(*(one.withheld for one in app_of(service).deciders))
    state = (await request(client, f"STREAM.INFO.{service}"))["state"]
    assert (len(log), 0) == (state["last_seq"], state.get("num_deleted", 0))
    for fact in log:
        found = await request(client, f"STREAM.MSG.GET.{service}", {"seq": fact.position})
        public = kept.isdisjoint((fact.category, fact.type))
        said = fact if public else withheld(service, fact)
        assert to_json(said) == b64decode(found["message"]["data"])


def _nothing_acknowledged_is_missing(told: Told, logs: dict[str, list[Envelope]]) -> None:
    """What was acknowledged stands in the log at or before the position that was named."""
    recorded = {
        (service, str(fact.causation), str(fact.stream)): fact.position
        for service, log in logs.items()
        for fact in log
    }
    assert told.acknowledged
    for service, command_id, answer in told.acknowledged:
        assert answer["position"] == recorded[service, command_id, answer["stream"]]
