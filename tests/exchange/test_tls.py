"""Agencies outside reach NATS over TLS, and nobody without it."""

import shutil
import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
from cryptography import x509

from deploy.tongxin.doctor.finding import Limits
from deploy.tongxin.doctor.servers import nats
from deploy.tongxin.servers import Servers
from services.exchange.domain.subscription import events as said
from shared.runtime.certificate import certificate_ends
from shared.runtime.jetstream import Login, over_tls
from tests.examples.programs import run
from tests.exchange.behind_tls import TlsServer
from tests.exchange.certificates import Authority
from tests.exchange.neighbours import LINSHUI, LUXIAN, Door, Guest, Neighbour, door
from tests.servers import Postgres

pytestmark = [pytest.mark.servers, pytest.mark.slow]


@pytest.fixture(scope="module")
def server(place: Path) -> Iterator[TlsServer]:
    """One for all of these."""
    server = TlsServer(place / "tls")
    yield server
    server.stop()
    shutil.rmtree(server.nats.home.data)


@pytest.fixture(scope="module")
async def at(pg: Postgres, server: TlsServer) -> AsyncIterator[Door]:
    """Exchange at work behind it."""
    async with door(server, await pg.fresh_database()) as at:
        yield at


@pytest.fixture(scope="module")
def stranger(place: Path) -> Path:
    """The certificate of an authority that vouches for nothing here."""
    folder = place / "stranger"
    folder.mkdir()
    return Authority(folder).file


async def approved(at: Door, area: str = LINSHUI) -> Neighbour:
    """An agency whose consumer is there, and a fact that is told to it, and one that is not."""
    one = await at.connected([area])
    await at.look(one.row())
    return one


async def test_an_agency_that_trusts_our_authority_takes_its_facts_and_no_others(at: Door) -> None:
    one = await approved(at)
    for position, area in enumerate((LINSHUI, LUXIAN, LINSHUI), 1):
        await at.publish(area, "TopicApproved", position)
    async with at.client(one) as guest:
        assert ["1", "3"] == await guest.take(2)
        assert await guest.finds_nothing()


async def test_who_is_put_out_is_put_out_over_tls_as_well(at: Door) -> None:
    one = await approved(at)
    async with at.client(one) as guest:
        ids = {"subscription_id": one.subscription_id, "agency_id": one.agency_id}
        await at.say(one, said.SubscriptionRevoked(**ids, agency="某机构", reason="不再需要"))
        await at.look()
        await guest.left.wait()


async def test_whom_we_do_not_know_is_not_believed(at: Door, stranger: Path) -> None:
    one, another = await approved(at), _text(stranger)
    with pytest.raises(ssl.SSLCertVerificationError):
        await Guest(one).come(at.server.url, one.key, ca=another)


async def test_a_server_is_believed_by_its_name_as_well(at: Door) -> None:
    one = await approved(at)
    by_name = at.server.url.replace("127.0.0.1", "localhost")
    guest = Guest(one)
    await guest.come(by_name, one.key, ca=at.server.ca)
    await guest.nats.close()


async def test_nothing_is_answered_to_who_speaks_without_tls(at: Door) -> None:
    """Neither to agencies, nor to services."""
    one = await approved(at)
    passwords = {one.user: one.key, "topics": at.server.passwords["topics"]}
    for user, password in passwords.items():
        with socket.create_connection(("127.0.0.1", at.server.nats.port), timeout=30) as plain:
            hello = f'CONNECT {{"user":"{user}","pass":"{password}"}}\r\nPING\r\n'
            plain.sendall(hello.encode())
            assert b"PONG" not in b"".join(iter(lambda c=plain: heard(c), b""))


def heard(connection: socket.socket) -> bytes:
    """What comes, until the other side is done with us."""
    try:
        return connection.recv(4096)
    except ConnectionError:
        return b""


@pytest.mark.parametrize("language", ["python", "typescript", "shell"])
async def test_examples_trust_the_authority_they_are_given_and_no_other(
    at: Door, stranger: Path, tmp_path: Path, language: str
) -> None:
    one = await approved(at)
    for position in (11, 12):
        await at.publish(LINSHUI, "TopicApproved", position)
    env = {
        "TONGXIN_NATS": at.server.url.replace("127.0.0.1", "localhost"),
        "TONGXIN_USER": one.user,
        "TONGXIN_KEY": one.key,
        "IDLE_S": "1",
    }
    taken = tmp_path / "taken"
    refused = await run(language, "follow", str(taken), env=env | {"TONGXIN_CA": str(stranger)})
    assert refused.code
    assert not taken.exists() or not taken.read_text("utf-8")
    authority = str(server_of(at).authority)
    done = await run(language, "follow", str(taken), env=env | {"TONGXIN_CA": authority})
    assert 0 == done.code, done.errors
    assert 2 == len(taken.read_text("utf-8").splitlines())


def _text(file: Path) -> str:
    return file.read_text("utf-8")


def server_of(at: Door) -> TlsServer:
    """The door's server, as what it is."""
    assert isinstance(at.server, TlsServer)
    return at.server


def test_without_an_authority_nothing_is_asked_of_tls() -> None:
    assert {} == over_tls("")


async def test_until_when_the_certificate_is_good_is_known_to_whoever_trusts_it(
    at: Door, stranger: Path
) -> None:
    server = server_of(at)
    shown = x509.load_pem_x509_certificate((server.nats.home.data / "nats/tls.crt").read_bytes())
    url, ours = server.url, server.ca
    assert shown.not_valid_after_utc.timestamp() == await certificate_ends(Login(url, ca=ours))
    away = f"{url},nats://127.0.0.1:1"
    assert shown.not_valid_after_utc.timestamp() == await certificate_ends(Login(away, ca=ours))
    with pytest.raises(ssl.SSLError):
        await certificate_ends(Login(url, ca=_text(stranger)))
    with pytest.raises(ConnectionRefusedError):
        await certificate_ends(Login("nats://127.0.0.1:1", ca=ours))
    assert await certificate_ends(Login(url)) is None


async def test_a_certificate_that_is_about_to_end_is_told_by_doctor(at: Door) -> None:
    theirs = cast(Servers, Theirs(server_of(at)))
    (found,) = [one async for one in nats(theirs, Limits(certificate_days=900))]
    assert "its certificate ends in 82" in found.what
    assert [] == [one async for one in nats(theirs, Limits())]


@dataclass(frozen=True)
class Theirs:
    """Servers, as far as NATS is looked at."""

    server: TlsServer

    def login(self, user: str) -> Login:
        """The way in of one of its users."""
        nats = self.server.nats
        return Login(nats.url, user, nats.password(user), self.server.ca)
