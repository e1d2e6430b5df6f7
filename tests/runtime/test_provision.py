"""Who may say and hear what: each user against a real server with the generated configuration."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest
from nats.aio.client import Client
from nats.errors import NoRespondersError

from shared.runtime import jetstream, wire
from shared.runtime.hear import Ear, Tail
from shared.runtime.jetstream import Login
from shared.runtime.provision import provision
from shared.runtime.relay import Relay
from tests.runtime.flows import (
    Logs,
    fact,
    hear,
    nats_as,
    numbered,
    propose,
    running,
    two_logs,
)
from tests.runtime.logs import until
from tests.servers import NatsServer, Postgres

pytestmark = pytest.mark.servers

HERE = "51.16.23.100.013.topic.TopicProposed"


class Told:
    """A connection as one user, and what the server would not let it do."""

    def __init__(self, client: Client, errors: list[str]) -> None:
        self.client = client
        self._errors = errors

    async def refused(self, publishing: str) -> bool:
        """Whether the server refuses to take a message on this subject."""
        self._errors.clear()
        for subject in (publishing, "nobody.may.publish.here"):
            await self.client.publish(subject, b"{}")
        await until(self._told_of_the_second)
        return self._told_of(publishing)

    def _told_of(self, subject: str) -> bool:
        return any(f'publish to "{subject.lower()}"' in error for error in self._errors)

    async def _told_of_the_second(self) -> bool:
        return self._told_of("nobody.may.publish.here")


@pytest.fixture
async def admin(nats_server: NatsServer) -> AsyncIterator[Client]:
    async with nats_as(nats_server, "admin") as client:
        await provision(client, ["topics", "meetings"])
        yield client


async def told(server: NatsServer, user: str) -> Told:
    errors: list[str] = []

    async def note(error: Exception) -> None:
        errors.append(str(error).lower())

    login = Login(server.url, user, server.passwords[user])
    return Told(await jetstream.connect(login, "test", note), errors)


async def last(client: Client, stream: str) -> int:
    found = await jetstream.request(client, f"STREAM.INFO.{stream}")
    seq: int = found["state"]["last_seq"]
    return seq


@pytest.mark.parametrize(
    "subject",
    [
        f"ev.meetings.{HERE}",
        "ask.meetings.PlanResearch",
        "question.portal.Board",
        "_INBOX_portal.somebody",
        "$JS.API.STREAM.DELETE.topics",
        "$JS.API.STREAM.UPDATE.topics",
        "$JS.API.STREAM.CREATE.mine",
        "$JS.API.STREAM.MSG.DELETE.topics",
        "$JS.API.STREAM.PURGE.topics",
        "$JS.API.STREAM.MSG.GET.meetings",
        "$JS.API.CONSUMER.CREATE.meetings.name.ev.meetings.>",
        "$JS.API.CONSUMER.DELETE.meetings.name",
    ],
)
async def test_topics_may_not_publish_on(
    admin: Client, nats_server: NatsServer, subject: str
) -> None:
    topics = await told(nats_server, "topics")
    assert await topics.refused(subject)
    assert 0 == await last(admin, "meetings")
    await topics.client.close()


async def test_topics_say_their_own(admin: Client, nats_server: NatsServer) -> None:
    topics = await told(nats_server, "topics")
    assert not await topics.refused(f"ev.topics.{HERE}")
    assert 1 == await last(admin, "topics")
    await topics.client.close()


async def test_the_portal_may_ask_and_says_nothing_of_others(
    admin: Client, nats_server: NatsServer
) -> None:
    portal = await told(nats_server, "portal")
    assert not await portal.refused("ask.topics.ProposeTopic")
    assert not await portal.refused("question.topics.TopicsInArea")
    assert await portal.refused(f"ev.topics.{HERE}")
    await portal.client.close()


async def heard(client: Client, service: str) -> None:
    """The server has taken all that went before; a ping would overtake what still waits here."""
    await jetstream.request(client, f"STREAM.INFO.{service}")


async def test_who_is_asked_may_answer(admin: Client, nats_server: NatsServer) -> None:
    async with nats_as(nats_server, "topics") as topics, nats_as(nats_server, "portal") as portal:

        async def answer(message: jetstream.Msg) -> None:
            await topics.publish(message.reply, b"answered")

        await topics.subscribe("ask.topics.*", queue="topics", cb=answer)
        await heard(topics, "topics")
        answered = await portal.request("ask.topics.ProposeTopic", b"{}")
        assert b"answered" == answered.data


async def test_nobody_listens_to_what_others_are_asked(
    admin: Client, nats_server: NatsServer
) -> None:
    async with nats_as(nats_server, "meetings") as spy, nats_as(nats_server, "portal") as portal:
        await spy.subscribe("ask.topics.*")
        await spy.subscribe("_INBOX_portal.>")
        await heard(spy, "meetings")
        with pytest.raises(NoRespondersError):
            await portal.request("ask.topics.ProposeTopic", b"{}")


async def test_services_hear_each_other(admin: Client, nats_server: NatsServer) -> None:
    facts = [fact(n) for n in range(1, 4)]
    for one in facts:
        await admin.jetstream().publish(wire.subject_of("topics", one), wire.to_json(one))
    async with nats_as(nats_server, "meetings") as meetings:
        ear = Ear(meetings, "topics")
        assert facts == await hear(ear, 0, 3)
        await ear.close()


async def test_a_relay_works_as_its_own_user(
    admin: Client, nats_server: NatsServer, pg: Postgres
) -> None:
    async with (
        two_logs(await pg.fresh_database()) as logs,
        nats_as(nats_server, "topics") as topics,
    ):
        await _relays(logs, topics)
    assert 3 == await last(admin, "topics")


async def _relays(logs: Logs, client: Client) -> None:
    await propose(logs.topics, *numbered(3))
    tail = Tail(logs.topics)
    for _ in range(2):  # The second compares the end of the stream with the log.
        async with running(tail.run(), Relay("topics", logs.topics, tail, client).run()):
            await until(lambda: _has_said(client, 3))


async def _has_said(client: Client, count: int) -> bool:
    return await last(client, "topics") >= count


async def test_provisioning_again_does_no_harm(admin: Client) -> None:
    await admin.jetstream().publish(f"ev.topics.{HERE}", b"{}")
    await provision(admin, ["topics", "meetings"])
    assert 1 == await last(admin, "topics")


async def test_a_stream_made_otherwise_is_brought_to_todays_settings(admin: Client) -> None:
    old = {"name": "outcomes", "subjects": ["ev.outcomes.old"], "storage": "file"}
    await jetstream.request(admin, "STREAM.CREATE.outcomes", old)
    await provision(admin, ["outcomes"])
    found = await jetstream.request(admin, "STREAM.INFO.outcomes")
    assert ["ev.outcomes.>"] == found["config"]["subjects"]
    assert found["config"]["deny_delete"]


async def test_a_wrong_password_opens_nothing(nats_server: NatsServer) -> None:
    # Spoken by hand: the client library would try again for ever.
    told, say = await asyncio.open_connection("127.0.0.1", urlsplit(nats_server.url).port)
    say.write(b'CONNECT {"user":"topics","pass":"wrong"}\r\nPING\r\n')
    said = await told.read()
    assert said.endswith(b"-ERR 'Authorization Violation'\r\n")
    say.close()
    await say.wait_closed()
