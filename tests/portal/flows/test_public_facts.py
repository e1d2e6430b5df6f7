"""Public facts for programs: the feed over HTTP, the stream beside it, and the contracts."""

import json
from pathlib import Path
from typing import Any

import httpx
from jsonschema import Draft202012Validator

from services.exchange.effects.public import STREAM
from shared.runtime import jetstream
from shared.runtime.jetstream import connected
from tests.portal.conftest import Portal
from tests.runtime.logs import until
from tests.telling import Told

EVENTS = "/api/v1/events"
CONTRACTS = Path("deploy/contracts")
DOCUMENTS = {
    file.relative_to(CONTRACTS).as_posix(): file.read_bytes()
    for file in (*CONTRACTS.rglob("*.json"), CONTRACTS / "VERSION")
}
BEICHEN = "511623100013"


async def all_of(client: httpx.AsyncClient, path: str) -> list[dict[str, Any]]:
    """Every event there is, page by page."""
    found: list[dict[str, Any]] = []
    next_: str | None = path
    while next_:
        answer = (await client.get(next_)).raise_for_status().json()
        found += answer["items"]
        next_ = answer["next"]
    return found


async def told_of(client: httpx.AsyncClient, type_: str) -> list[dict[str, Any]]:
    """The facts of a kind in the village, once there are any."""
    path = f"{EVENTS}?area={BEICHEN}&type={type_}"

    async def there() -> bool:
        return bool(await all_of(client, path))

    await until(there)
    return await all_of(client, path)


async def test_whoever_asks_reads_what_is_public_page_by_page(portal: Portal, told: Told) -> None:
    async with portal.client() as client:
        await told_of(client, "TopicClosed")
        whole = await all_of(client, f"{EVENTS}?area={BEICHEN}&limit=500")
        paged = await all_of(client, f"{EVENTS}?area={BEICHEN}&limit=3")
    assert paged[: len(whole)] == whole
    positions = [int(one["sequence"]) for one in whole]
    assert sorted(set(positions)) == positions
    types = [one["type"] for one in whole]
    assert types.index("tongxin.TopicProposed.v1") < types.index("tongxin.TopicApproved.v1")
    assert types.index("tongxin.MeetingHeld.v1") < types.index("tongxin.TopicClosed.v1")


async def test_every_event_fits_the_schema_it_names(portal: Portal, told: Told) -> None:
    async with portal.client() as client:
        await told_of(client, "TopicClosed")
        for event in await all_of(client, f"{EVENTS}?limit=500"):
            schema = (await client.get(event["dataschema"])).raise_for_status().json()
            Draft202012Validator(schema).validate(event["data"])
            assert event["data"]["topic_id"] == event["subject"]


async def test_what_is_asked_for_is_narrowed_down(portal: Portal, told: Told) -> None:
    async with portal.client() as client:
        (held, *_) = await told_of(client, "MeetingHeld")
        last = held["sequence"]
        behind = await all_of(client, f"{EVENTS}?area={BEICHEN}&after={last}")
        late = await all_of(client, f"{EVENTS}?since=2999-01-01")
        kinds = {
            one["type"] for one in await all_of(client, f"{EVENTS}?type=TopicClosed,MeetingHeld")
        }
        far = await all_of(client, f"{EVENTS}?area=371621000000")
    assert all(int(one["sequence"]) > int(last) for one in behind)
    assert [] == late
    assert {"tongxin.TopicClosed.v1", "tongxin.MeetingHeld.v1"} == kinds
    assert all(one["area"].startswith("371621") for one in far)


async def test_what_cannot_be_asked_is_said(portal: Portal) -> None:
    async with portal.client() as client:
        for asks, status in (
            ("after=x", 422), ("limit=501", 422), ("since=gestern", 422), ("area=123", 404),
        ):  # fmt: skip
            answer = await client.get(f"{EVENTS}?{asks}")
            assert (status, "application/problem+json") == (
                answer.status_code,
                answer.headers["content-type"],
            )


async def test_the_stream_holds_the_same_as_the_feed(portal: Portal, told: Told) -> None:
    async with portal.client() as client:
        (closed, *_) = await told_of(client, "TopicClosed")
    async with connected(portal.servers.login("admin"), "tests") as nats:

        async def there() -> bool:
            found = await jetstream.request(nats, f"STREAM.INFO.{STREAM}")
            if not found["state"]["last_seq"]:
                return False
            last = await nats.jetstream().get_msg(STREAM, found["state"]["last_seq"])
            return int((last.headers or {})["ce-sequence"]) >= int(closed["sequence"])

        await until(there)
        subject = "public.51.16.23.100.013.TopicClosed"
        message = await nats.jetstream().get_last_msg(STREAM, subject)
    assert message.headers
    assert message.data
    assert closed["data"].keys() == json.loads(message.data).keys()


async def test_every_document_of_the_contracts_is_served_as_it_lies_there(portal: Portal) -> None:
    async with portal.client() as client:
        page = await client.get("/contracts")
        assert 200 == page.status_code
        for name, content in DOCUMENTS.items():
            assert content == (await client.get(f"/contracts/{name}")).content
        for name in ("compatible.py", "../areas.csv", "%2e%2e/areas.csv", "schemas"):
            assert 404 == (await client.get(f"/contracts/{name}")).status_code
    assert all(f"/contracts/{name}" in page.text for name in DOCUMENTS if "schemas/" in name)


async def listed(client: httpx.AsyncClient, path: str) -> list[dict[str, Any]]:
    return await all_of(client, f"/api/v1/open/{path}")


async def test_a_copy_of_the_lists_is_kept_by_asking_what_changed(
    portal: Portal, told: Told
) -> None:
    async with portal.client() as client:
        system = (await client.get("/api/v1/open")).raise_for_status().json()
        assert {"divisions", "charters", "topics", "meetings", "outcomes"} <= system["lists"].keys()
        await told_of(client, "TopicClosed")
        topics = await listed(client, f"topics?area={BEICHEN}")
        meetings = await listed(client, f"meetings?area={BEICHEN}")
        paged = await listed(client, f"meetings?area={BEICHEN}&limit=1")
        late = await listed(client, f"topics?area={BEICHEN}&modified_since=2999-01-01")
    assert "TopicClosed" in {one["state"] for one in topics if not one["deleted"]}
    assert "MeetingHeld" in {one["state"] for one in meetings if not one["deleted"]}
    assert [one["id"] for one in meetings] == [one["id"] for one in paged]
    assert [] == late
    for one in (*topics, *meetings):
        assert one["created"] <= one["modified"]
        assert one["deleted"] == ("state" not in one)


async def test_divisions_and_charters_are_lists_as_well(portal: Portal) -> None:
    async with portal.client() as client:
        towns = await listed(client, "divisions?area=511623000000&limit=500")
        charters = await listed(client, "charters")
        changed = await listed(client, "charters?modified_since=2999-01-01")
        wrong = [
            await client.get(f"/api/v1/open/{path}")
            for path in ("nothing", "topics?limit=x", "topics?area=1", "topics?after=x")
        ]
    codes = [one["id"].rpartition("/")[2] for one in towns]
    assert sorted(codes) == codes
    assert BEICHEN in codes
    assert {"511623@1", "default@1"} <= {one["id"].rpartition("/")[2] for one in charters}
    assert all(one["digest"] and one["rules"] for one in charters)
    assert [] == changed
    assert [404, 422, 404, 422] == [one.status_code for one in wrong]
