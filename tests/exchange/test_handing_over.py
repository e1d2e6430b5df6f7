"""Agencies hand matters over with their own key, and are handed some: over the running platform."""

import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from deploy.tongxin.home import read_json
from shared.kernel.message import Actor
from shared.runtime.asker import Asker
from shared.runtime.jetstream import connect
from tests.exchange.connected import LINSHUI, LUXIAN, Agency, asking, connected, seen
from tests.platform import Platform

pytestmark = pytest.mark.servers

BEICHEN = "511623100013"
CLERK = Actor("clerk", "clerk", LINSHUI)
CONVENOR = Actor("lin", "convenor", LINSHUI)
WORDS = "家住北辰小区三栋,晚上看不见路"


@pytest.fixture(scope="module")
async def asker(platform: Platform) -> AsyncIterator[Asker]:
    async with asking(platform.servers) as asker:
        yield asker


@pytest.fixture(scope="module")
async def url(platform: Platform) -> str:
    found: str = read_json(platform.home.run_file)["url"]
    return found


@pytest.fixture(scope="module")
async def grid(asker: Asker, url: str) -> Agency:
    return await let_in(await connected(asker), url)


@pytest.fixture(scope="module")
async def hotline(asker: Asker, url: str) -> Agency:
    return await let_in(await connected(asker), url)


async def let_in(agency: Agency, url: str) -> Agency:
    """The agency, once its key opens the door."""

    async def opens() -> bool:
        return (await ask(agency, url, "GET", "/handovers")).status_code == 200

    await seen(opens)
    return agency


async def ask(agency: Agency, url: str, how: str, path: str, **told: Any) -> httpx.Response:
    async with agency.client(url) as program:
        return await program.request(how, f"/api/v1{path}", **told)


def matter(**more: Any) -> dict[str, Any]:
    """What an agency sends: another matter each time."""
    title = f"路灯不亮{uuid4().hex[:10]}"
    told = {"number": f"WG-{uuid4().hex[:8]}", "area": BEICHEN, "title": title}
    return told | {"place": "北辰小区东门", "words": WORDS, "contact": "13900000000"} | more


async def step_of(agency: Agency, url: str, handover_id: str, step: str) -> dict[str, Any]:
    """The step, once the agency is told of it."""

    async def look() -> dict[str, Any] | None:
        told = (await ask(agency, url, "GET", f"/handovers/{handover_id}")).json()
        return next((one for one in told.get("steps", ()) if one["step"] == step), None)

    found = await seen(look)
    assert found
    return found


async def test_who_has_no_key_is_not_let_in(url: str, grid: Agency) -> None:
    async with httpx.AsyncClient(base_url=url, timeout=60) as nobody:
        assert 401 == (await nobody.get("/api/v1/handovers")).status_code
        wrong = {"Authorization": f"Bearer {grid.key}x"}
        assert 401 == (await nobody.get("/api/v1/dispatches", headers=wrong)).status_code


async def test_a_matter_becomes_a_lead_and_the_agency_hears_every_step(
    asker: Asker, url: str, grid: Agency
) -> None:
    sent = matter()
    receipt = (await ask(grid, url, "POST", "/handovers", json=sent)).json()
    assert sent["number"] == receipt["number"]
    await step_of(grid, url, receipt["handover_id"], "accepted")

    lead = {"lead_id": receipt["handover_id"]}
    fix = lead | {"reason": "请写明是哪一盏灯"}
    await asker.ask("topics", "ReturnLeadForFix", fix, CLERK, uuid4(), uuid4())
    told = await step_of(grid, url, receipt["handover_id"], "returned")
    assert {"reason": "请写明是哪一盏灯"} == told["told"]

    completed = sent | {"title": sent["title"] + "第三盏"}
    again = (await ask(grid, url, "POST", "/handovers", json=completed)).json()
    assert receipt["receipt"] == again["receipt"]
    await step_of(grid, url, receipt["handover_id"], "completed")
    adopt = lead | {"title": "北辰小区路灯"}
    await asker.ask("topics", "AdoptLead", adopt, CONVENOR, uuid4(), uuid4())
    await step_of(grid, url, receipt["handover_id"], "adopted")


async def test_the_same_number_means_the_same_matter_for_ever(url: str, grid: Agency) -> None:
    sent = matter()
    first, again = [(await ask(grid, url, "POST", "/handovers", json=sent)) for _ in range(2)]
    assert first.json() == again.json()
    other = await ask(grid, url, "POST", "/handovers", json=sent | {"title": "别的事情"})
    assert (409, "number-taken", sent["title"]) == (
        other.status_code,
        other.json()["code"],
        other.json()["kept"],
    )


async def test_what_two_agencies_hand_over_is_one_matter_and_both_are_told(
    asker: Asker, url: str, grid: Agency, hotline: Agency
) -> None:
    sent = matter()
    first = (await ask(grid, url, "POST", "/handovers", json=sent)).json()
    theirs = sent | {"number": "12345-" + uuid4().hex[:6], "title": f" {sent['title']} "}
    second = (await ask(hotline, url, "POST", "/handovers", json=theirs)).json()
    assert (first["handover_id"], first["receipt"]) == (second["same_as"], second["receipt"])
    repeated = (await ask(hotline, url, "POST", "/handovers", json=theirs)).json()
    assert first["handover_id"] == repeated["same_as"]

    out = {"lead_id": first["handover_id"], "category": "academic", "reason": "属学术研讨"}
    await asker.ask("topics", "ScreenOutLead", out, CLERK, uuid4(), uuid4())
    for agency, one in ((grid, first), (hotline, second)):
        await step_of(agency, url, one["handover_id"], "screened-out")

    happened_again = theirs | {"number": "12345-" + uuid4().hex[:6], "again": True}
    third = (await ask(hotline, url, "POST", "/handovers", json=happened_again)).json()
    assert third["same_as"] is None


async def test_nobody_sees_or_hands_over_what_is_not_theirs(
    asker: Asker, url: str, grid: Agency, hotline: Agency
) -> None:
    receipt = (await ask(grid, url, "POST", "/handovers", json=matter())).json()
    await step_of(grid, url, receipt["handover_id"], "accepted")
    path = f"/handovers/{receipt['handover_id']}"
    assert 404 == (await ask(hotline, url, "GET", path)).status_code
    abroad = await ask(grid, url, "POST", "/handovers", json=matter(area=LUXIAN))
    assert (403, "wrong-place") == (abroad.status_code, abroad.json()["code"])
    people = Actor("grid", "agency", LINSHUI, grid.name)
    stolen = {
        "agency_id": str(hotline.agency_id), "agency": grid.name, "number": "1", "area": BEICHEN,
        "title": "冒名", "content": "c" * 24, "matter": uuid4().hex[:24],
    }  # fmt: skip
    with pytest.raises(Exception, match="not-your-agency"):
        await asker.ask("exchange", "HandOver", stolen, people, uuid4(), uuid4())


@pytest.mark.parametrize(
    "wrong", [{"number": ""}, {"area": "5116"}, {"title": "x"}, {"words": "长" * 1501}, {"no": 1}]
)
async def test_what_is_malformed_is_told_so(url: str, grid: Agency, wrong: dict[str, Any]) -> None:
    answer = await ask(grid, url, "POST", "/handovers", json=matter(**wrong))
    assert (422, "invalid") == (answer.status_code, answer.json()["code"])


async def test_private_words_are_in_no_log(platform: Platform, url: str, grid: Agency) -> None:
    import asyncpg

    receipt = (await ask(grid, url, "POST", "/handovers", json=matter())).json()
    connection = await asyncpg.connect(platform.servers.service_dsn("exchange"))
    try:
        stored = await connection.fetchval(
            "SELECT string_agg(data::text, '') FROM exchange.events "
            "WHERE stream = $1", receipt["handover_id"],
        )  # fmt: skip
    finally:
        await connection.close()
    assert "sealed:1:" in stored
    assert WORDS not in stored
    assert "13900000000" not in stored


async def test_a_matter_may_come_over_nats_as_well(
    platform: Platform, url: str, grid: Agency
) -> None:
    client = await connect(platform.servers.login("admin"), "tests")
    try:
        sent = matter()
        answer = await client.request(
            f"hand.{grid.agency_id}", json.dumps(sent).encode(), timeout=30
        )
        receipt = json.loads(answer.data)
        over_http = (await ask(grid, url, "POST", "/handovers", json=sent)).json()
        assert over_http == receipt
        bad = await client.request(f"hand.{grid.agency_id}", b"{}", timeout=30)
        assert "invalid" == json.loads(bad.data)["code"]
        nobody = await client.request(f"hand.{uuid4()}", json.dumps(sent).encode(), timeout=30)
        assert "unknown-agency" == json.loads(nobody.data)["code"]
    finally:
        await client.close()


async def test_an_appeal_for_an_agency_is_tracked_until_it_confirms(
    asker: Asker, url: str, grid: Agency, hotline: Agency
) -> None:
    sent = matter(personal=True)
    lead = {
        "lead_id": (await ask(hotline, url, "POST", "/handovers", json=sent)).json()["handover_id"]
    }
    await step_of(hotline, url, lead["lead_id"], "accepted")
    transfer = lead | {"to_unit": grid.name, "reason": "只涉及一户"}
    await asker.ask("topics", "TransferAppeal", transfer, CLERK, uuid4(), uuid4())

    async def offered() -> list[dict[str, Any]]:
        items = (await ask(grid, url, "GET", "/dispatches")).json()["items"]
        return [one for one in items if one["lead_id"] == lead["lead_id"]]

    (waiting,) = await seen(offered)
    assert waiting["acknowledged_at"] is None
    path = f"/dispatches/{waiting['dispatch_id']}"
    whole = (await ask(grid, url, "GET", path)).json()
    assert (WORDS, "13900000000") == (whole["words"], whole["contact"])
    assert 404 == (await ask(hotline, url, "GET", path)).status_code
    number = {"number": "WG-S-31"}
    stolen = await ask(hotline, url, "POST", f"{path}/acknowledge", json=number)
    assert (409, "not-your-agency") == (stolen.status_code, stolen.json()["code"])
    assert 200 == (await ask(grid, url, "POST", f"{path}/acknowledge", json=number)).status_code
    told = await step_of(hotline, url, lead["lead_id"], "acknowledged")
    assert {"unit": grid.name, "number": "WG-S-31"} == told["told"]
