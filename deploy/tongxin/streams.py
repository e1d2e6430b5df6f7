"""What JetStream holds, and who reads from it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from nats.aio.client import Client

from deploy.tongxin.home import Trouble
from deploy.tongxin.servers import Servers
from shared.runtime import jetstream
from shared.runtime.provision import ADMIN


@dataclass(frozen=True)
class Stream:
    """One stream: what it holds, and on how many servers it lies."""

    name: str
    subjects: str
    messages: int
    first: int
    last: int
    bytes: int
    consumers: int
    replicas: int
    leader: str


@dataclass(frozen=True)
class Consumer:
    """One reader of a stream: how far it is, and when it was last there."""

    stream: str
    name: str
    durable: bool
    delivered: int
    acknowledged: int
    pending: int
    unacknowledged: int
    active: str


async def streams(servers: Servers) -> list[Stream]:
    """Every stream there is, by name."""
    async with jetstream.connected(servers.login(ADMIN), "tongxin streams") as client:
        found = [_stream(one) async for one in _listed(client, "STREAM.LIST", "streams")]
    return sorted(found, key=lambda one: one.name)


async def consumers(servers: Servers, stream: str) -> list[Consumer]:
    """Every consumer of a stream, or of all of them where none is named. Raises Trouble."""
    async with jetstream.connected(servers.login(ADMIN), "tongxin consumers") as client:
        known = [one["config"]["name"] async for one in _listed(client, "STREAM.LIST", "streams")]
        if stream and stream not in known:
            raise Trouble(f"there is no stream '{stream}', but {', '.join(sorted(known))}")
        return [
            _consumer(one)
            for name in sorted([stream] if stream else known)
            async for one in _listed(client, f"CONSUMER.LIST.{name}", "consumers")
        ]


async def _listed(client: Client, subject: str, what: str) -> AsyncIterator[dict[str, Any]]:
    """All of a list that JetStream answers page by page."""
    seen = 0
    while True:
        page = await jetstream.request(client, subject, {"offset": seen})
        rows = page.get(what) or []
        for row in rows:
            yield row
        seen += len(rows)
        if not rows or seen >= page["total"]:
            return


def _stream(told: dict[str, Any]) -> Stream:
    config, state = told["config"], told["state"]
    return Stream(
        name=config["name"],
        subjects=" ".join(config["subjects"]),
        messages=state["messages"],
        first=state["first_seq"],
        last=state["last_seq"],
        bytes=state["bytes"],
        consumers=state["consumer_count"],
        replicas=config["num_replicas"],
        leader=told.get("cluster", {}).get("leader", ""),
    )


def _consumer(told: dict[str, Any]) -> Consumer:
    active = [told[name].get("last_active", "") for name in ("delivered", "ack_floor")]
    return Consumer(
        stream=told["stream_name"],
        name=told["name"],
        durable=bool(told["config"].get("durable_name")),
        delivered=told["delivered"]["stream_seq"],
        acknowledged=told["ack_floor"]["stream_seq"],
        pending=told["num_pending"],
        unacknowledged=told["num_ack_pending"],
        active=max(active)[:19],
    )
