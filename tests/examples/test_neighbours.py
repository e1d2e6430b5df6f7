"""The examples as strangers run them: 邻水县 comes, 泸县 does not, none is lost or doubled."""

import json
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from nats.aio.client import Client

from deploy.tongxin.home import read_json
from shared.kernel.message import Actor
from shared.runtime.asker import Asker
from tests.examples.programs import PROGRAMS, run
from tests.exchange.connected import (
    LINSHUI,
    LUXIAN,
    OPERATOR,
    Agency,
    asking,
    connected,
    seen,
)
from tests.exchange.test_handing_over import let_in, matter, step_of
from tests.platform import Platform
from tests.telling import Told

pytestmark = pytest.mark.servers
EVERY = pytest.mark.parametrize("language", PROGRAMS)


@pytest.fixture(scope="module")
async def asker(platform: Platform) -> AsyncIterator[Asker]:
    async with asking(platform.servers) as asker:
        yield asker


@pytest.fixture(scope="module")
def url(platform: Platform) -> str:
    found: str = read_json(platform.home.run_file)["url"]
    return found


def env(platform: Platform, agency: Agency, url: str, **more: str) -> dict[str, str]:
    """What the agency tells its programs."""
    return {
        "TONGXIN_NATS": platform.servers.login("admin").url,
        "TONGXIN_URL": url,
        "TONGXIN_USER": agency.user,
        "TONGXIN_KEY": agency.key,
        "IDLE_S": "3",
        **more,
    }


async def public(asker: Asker, area: str) -> list[int]:
    """The positions of all that was said aloud of an area, in order."""
    found: list[int] = []
    while True:
        asked = {"area": area, "after": found[-1] if found else 0, "most": 500}
        answer = await asker.question("exchange", "PublicFacts", asked, OPERATOR, uuid4())
        if not answer["rows"]:
            return found
        found += [row["position"] for row in answer["rows"]]


async def approved_in_luxian(asker: Asker) -> None:
    """A matter of 泸县 that is public."""
    topic = {"topic_id": str(uuid4())}
    member, convenor = Actor("m", "member", LUXIAN), Actor("c", "convenor", LUXIAN)
    body = "leading-group"
    party = Actor("p", "party", LUXIAN, body)
    criteria = ("hoped-for-by-people", "small-cut", "actionable", "effective")
    steps: list[tuple[Actor, str, dict[str, Any]]] = [
        (member, "ProposeTopic", {"area": LUXIAN, "title": "加装电梯", "origin": "member"}),
        (convenor, "AssessCriteria", {"criteria": dict.fromkeys(criteria, True)}),
        (convenor, "FileReport", {"to": body}),
        (party, "ReviewTopic", {"body": body, "agrees": True}),
    ]
    for who, command, data in steps:
        await asker.ask("topics", command, topic | data, who, uuid4(), uuid4())


async def replayed(asker: Asker, agency: Agency, url: str, platform: Platform) -> None:
    """Told again from the beginning, once the consumer begins there."""
    one = {"subscription_id": str(agency.subscription_id), "after": 0}
    await asker.ask("exchange", "ReplaySubscription", one, OPERATOR, uuid4(), uuid4())
    client = Client()
    await client.connect(**_way_in(platform, agency))  # type: ignore[arg-type]
    try:

        async def waiting() -> int:
            name = f"$JS.API.CONSUMER.INFO.PUBLIC.{agency.user}"
            told = json.loads((await client.request(name, b"", timeout=30)).data)
            return int(told.get("num_pending", 0))

        await seen(waiting)
    finally:
        await client.close()


def _way_in(platform: Platform, agency: Agency) -> dict[str, object]:
    return {
        "servers": platform.servers.login("admin").url,
        "user": agency.user,
        "password": agency.key,
        "inbox_prefix": f"_INBOX_{agency.user}",
    }


def written(file: Path, language: str) -> list[int]:
    """The positions that stand in the file of a follower."""
    lines = file.read_text("utf-8").splitlines()
    if language == "shell":
        return [int(line.split(" ", 2)[1]) for line in lines]
    return [int(json.loads(line)["sequence"]) for line in lines]


@EVERY
async def test_a_follower_is_stopped_and_catches_up_with_none_lost_or_doubled(
    asker: Asker, url: str, platform: Platform, told: Told, tmp_path: Path, language: str
) -> None:
    assert told.acknowledged
    await approved_in_luxian(asker)
    await seen(lambda: public(asker, LUXIAN))
    agency = await let_in(await connected(asker), url)
    await replayed(asker, agency, url, platform)
    file = tmp_path / "facts"
    first = await run(language, "follow", str(file), env=env(platform, agency, url, MOST="3"))
    assert 0 == first.code, first.errors
    wanted, elsewhere = await public(asker, LINSHUI), await public(asker, LUXIAN)

    async def caught_up() -> bool:
        again = await run(language, "follow", str(file), env=env(platform, agency, url))
        assert 0 == again.code, again.errors
        return len(written(file, language)) >= len(wanted)

    await seen(caught_up)
    assert wanted == written(file, language)[: len(wanted)]
    assert set(elsewhere).isdisjoint(written(file, language))


@EVERY
async def test_who_has_a_wrong_key_is_told_so(
    asker: Asker, url: str, platform: Platform, tmp_path: Path, language: str
) -> None:
    agency = await let_in(await connected(asker), url)
    surroundings = env(platform, agency, url, TONGXIN_KEY="wrong")
    ended = await run(language, "follow", str(tmp_path / "facts"), env=surroundings)
    assert 1 == ended.code
    assert "authorization violation" in ended.errors.lower()


async def test_what_is_not_ours_is_refused_by_the_server(
    asker: Asker, platform: Platform, url: str
) -> None:
    agency = await let_in(await connected(asker), url)
    errors: list[str] = []

    async def told(error: Exception) -> None:
        errors.append(str(error).lower())

    client = Client()
    await client.connect(**_way_in(platform, agency), error_cb=told)  # type: ignore[arg-type]
    try:
        for subject in ("public.51.05.21.>", "public.>", f"agency.{uuid4()}.>", "ev.>"):
            await client.subscribe(subject)

        async def refused() -> bool:
            return len(errors) >= 4

        await seen(refused)
        assert all("permissions violation" in one for one in errors)
    finally:
        await client.close()


def asked_of(language: str, agency: Agency, sent: dict[str, str]) -> Sequence[str]:
    """The words behind the name of the example that hands over."""
    fields = [sent[name] for name in ("number", "area", "title", "place")]
    match language:
        case "shell":
            return [json.dumps(sent)]
        case "typescript":
            return [str(agency.agency_id), *fields]
        case _:
            return fields


@EVERY
async def test_a_matter_is_handed_over_and_its_receipt_comes_again(
    asker: Asker, url: str, platform: Platform, language: str
) -> None:
    agency = await let_in(await connected(asker), url)
    sent = {name: matter()[name] for name in ("number", "area", "title", "place")}
    words = asked_of(language, agency, sent)
    first, again = [
        await run(language, "hand_over", *words, env=env(platform, agency, url)) for _ in range(2)
    ]
    assert 0 == first.code, first.errors + first.out
    receipt = json.loads(first.out)
    assert (sent["number"], receipt) == (receipt["number"], json.loads(again.out))
    await step_of(agency, url, receipt["handover_id"], "accepted")
    other = asked_of(language, agency, sent | {"title": "别的事情"})
    refused = await run(language, "hand_over", *other, env=env(platform, agency, url))
    assert 0 != refused.code
