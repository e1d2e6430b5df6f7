"""What a webhook's receiver does, and what comes of it; where a webhook may not lead."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from services.exchange.effects.hooks.guard import Address, Guard
from services.exchange.effects.hooks.wire import Outcome, Wire, trusting
from tests.exchange import receivers
from tests.exchange.certificates import Authority
from tests.exchange.receivers import Answer, Receiver, receiver, status

LOOPBACK = [ip_network("127.0.0.0/8"), ip_network("::1/128")]
TIMEOUT_S = 1.5


@asynccontextmanager
async def wired(
    url: str, guard: Guard | None = None, tls: ssl.SSLContext | None = None
) -> AsyncIterator[Wire]:
    wire = Wire(
        url, guard or Guard(LOOPBACK), tls or trusting(None), in_flight=2,
        timeout_s=TIMEOUT_S,
    )  # fmt: skip
    try:
        yield wire
    finally:
        await wire.close()


async def came_of(answer: Answer) -> Outcome:
    async with receiver(answer) as there, wired(there.url) as wire:
        outcome = await wire.post(b"{}", {"webhook-id": "1"})
        assert 1 == len(there.came)
    return outcome


@pytest.mark.parametrize("code", [200, 201, 202, 204])
async def test_every_yes_is_a_yes(code: int) -> None:
    assert (await came_of(status(code))).taken


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed(code: int) -> None:
    async with receiver() as other, receiver(status(code, f"Location: {other.url}")) as there:
        async with wired(there.url) as wire:
            outcome = await wire.post(b"{}", {})
        assert (code, False) == (outcome.code, outcome.taken)
        assert (1, 0) == (len(there.came), len(other.came))


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (receivers.silence, "timeout"),
        (receivers.drip, "timeout"),
        (receivers.hang_up, "not-http"),
        (receivers.nonsense, "not-http"),
        (status(401), "HTTP 401"),
        (status(500), "HTTP 500"),
    ],
)
async def test_whoever_does_not_say_yes_is_said_to_have_not(answer: Answer, told: str) -> None:
    outcome = await came_of(answer)
    assert (told, False) == (outcome.told, outcome.taken)


@pytest.mark.parametrize("answer", [receivers.flood, receivers.drip_after_head])
async def test_a_yes_is_a_yes_however_much_is_said_behind_it(answer: Answer) -> None:
    assert Outcome(200, "HTTP 200", 0).taken
    outcome = await came_of(answer)
    assert (200, True) == (outcome.code, outcome.taken)


async def test_nobody_there_is_said_so() -> None:
    async with receiver() as there:
        url = there.url
    async with wired(url) as wire:
        outcome = await wire.post(b"{}", {})
    assert (0, "no-connection: ConnectError") == (outcome.code, outcome.told)


async def test_a_name_that_leads_nowhere_is_said_so() -> None:
    async with wired("https://nobody.invalid/hook") as wire:
        outcome = await wire.post(b"{}", {})
    assert (0, "no-connection: gaierror") == (outcome.code, outcome.told)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("120", 120), ("0", 0), ("999999999", 6 * 3600), ("-5", 0), ("soon", 0), ("9" * 40, 0)],
)
async def test_how_long_to_wait_is_taken_from_the_answer(said: str, seconds: float) -> None:
    outcome = await came_of(status(503, f"Retry-After: {said}"))
    assert seconds == outcome.retry_after_s


async def test_a_short_answer_lets_the_connection_be_used_again() -> None:
    async with receiver(status(200, body=b"ok")) as there, wired(there.url) as wire:
        for _ in range(3):
            await wire.post(b"{}", {})
        assert (3, 1) == (len(there.came), there.connections)


async def test_a_connection_that_was_closed_meanwhile_is_made_anew() -> None:
    async with receiver() as there, wired(there.url) as wire:
        there.answers = [status(200, "Connection: close", body=b"ok")]
        assert (await wire.post(b"{}", {})).taken
        assert (await wire.post(b"{}", {})).taken


async def test_names_stay_names_while_the_connection_goes_to_an_address(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    names: list[str | None] = []
    tls = authority.server("localhost")
    tls.sni_callback = lambda _socket, name, _context: names.append(name)
    async with receiver(tls=tls) as there:
        async with wired(there.url, tls=trusting(authority.file)) as wire:
            outcome = await wire.post(b"{}", {})
        assert outcome.taken
        assert ["localhost"] == names
        assert urlsplit(there.url).netloc == there.came[0].headers["host"]


@pytest.mark.parametrize("name", ["localhost", "other.example"])
async def test_a_certificate_that_nobody_vouches_for_is_not_taken(
    tmp_path: Path, name: str
) -> None:
    """Neither one by an unknown authority, nor one for another name."""
    authority = Authority(tmp_path)
    trusted = None if name == "localhost" else trusting(authority.file)
    async with receiver(tls=authority.server(name)) as there:
        async with wired(there.url, tls=trusted) as wire:
            outcome = await wire.post(b"{}", {})
        assert (0, 0) == (outcome.code, len(there.came))
        assert outcome.told.startswith("certificate: ")


FORBIDDEN = [
    "127.0.0.1", "127.1.2.3", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1",
    "169.254.169.254", "192.0.0.8", "198.18.0.1", "192.88.99.1", "224.0.0.1", "224.0.1.1",
    "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1", "2001::1", "2001:db8::1", "2002:a00:1::",
    "3fff::1", "5f00::1", "fc00::1", "fd12::1", "fe80::1", "fec0::1", "ff02::1", "ff0e::1",
]  # fmt: skip


@pytest.mark.parametrize("address", FORBIDDEN)
def test_no_webhook_leads_into_networks_of_others(address: str) -> None:
    assert not Guard().allows(ip_address(address), plain=False)


@pytest.mark.parametrize("address", ["1.1.1.1", "223.5.5.5", "2400:3200::1", "::ffff:1.1.1.1"])
def test_webhooks_lead_to_public_addresses_and_only_with_tls(address: str) -> None:
    assert Guard().allows(ip_address(address), plain=False)
    assert not Guard().allows(ip_address(address), plain=True)


def test_a_network_that_the_deployment_lists_is_allowed_and_no_other() -> None:
    guard = Guard([ip_network("10.20.0.0/16")])
    assert guard.allows(ip_address("10.20.1.1"), plain=True)
    assert guard.allows(ip_address("::ffff:10.20.1.1"), plain=True)
    assert not guard.allows(ip_address("10.21.1.1"), plain=False)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]"]
)
async def test_however_loopback_is_written_nobody_is_connected_to(host: str) -> None:
    async with receiver() as there:
        url = f"http://{host}:{urlsplit(there.url).port}/hook"
        async with wired(url, Guard()) as wire:
            outcome = await wire.post(b"{}", {})
        assert (0, "forbidden-address") == (outcome.code, outcome.told)
        assert 0 == there.connections


async def test_one_forbidden_address_of_several_forbids_the_name() -> None:
    async with receiver() as there:
        port = urlsplit(there.url).port
        guard = Guard(LOOPBACK, lambda _host, _port: _listed("127.0.0.1", "10.0.0.1"))
        async with wired(f"http://two.example:{port}/hook", guard) as wire:
            outcome = await wire.post(b"{}", {})
        assert ("forbidden-address", 0) == (outcome.told, there.connections)


async def test_a_name_that_changes_its_address_is_judged_each_time_it_is_connected_to() -> None:
    """What was judged is what is connected to: there is no second look-up between the two."""
    told = [_listed("127.0.0.1"), _listed("10.0.0.1")]
    async with receiver(status(200, "Connection: close")) as there:
        port = urlsplit(there.url).port
        guard = Guard(LOOPBACK, lambda _host, _port: told.pop(0))
        async with wired(f"http://moves.example:{port}/hook", guard) as wire:
            first = await wire.post(b"{}", {})
            second = await wire.post(b"{}", {})
        assert (True, "forbidden-address") == (first.taken, second.told)
        assert [] == told
        _only(there)


def _only(there: Receiver) -> None:
    assert 1 == there.connections
    assert there.came[0].headers["host"].startswith("moves.example:")


def _listed(*addresses: str) -> list[Address]:
    return [ip_address(one) for one in addresses]
