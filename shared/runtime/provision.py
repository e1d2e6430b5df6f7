"""Who may say and hear what on NATS, and the streams that hold what was said.

One manifest: from it come the users of the server's configuration and the JetStream streams.

    a service    says  ev.<itself>.>         answers  ask.<itself>.> and question.<itself>.>
                 hears every service's stream, by consumers of its own, and changes none of them
    an asker     is a service that may also ask all others
    admin        makes the streams, and may do anything
"""

from collections.abc import Collection, Mapping
from typing import Any

from nats.aio.client import Client

from shared.runtime import jetstream
from shared.runtime.log import logger

log = logger()

ADMIN = "admin"
REPLY_S = 60

Permissions = dict[str, Any]


def permissions(user: str, services: Collection[str], askers: Collection[str]) -> Permissions:
    """What a user may publish and subscribe to, as the server's configuration wants it."""
    if user == ADMIN:
        return {"publish": ">", "subscribe": ">"}
    says = [f"ev.{user}.>", f"{jetstream.API}.STREAM.MSG.GET.{user}"]
    for service in services:
        says += [
            f"{jetstream.API}.STREAM.INFO.{service}",
            # Without a filter behind the name: a reader that leaves facts out cannot see a gap.
            f"{jetstream.API}.CONSUMER.CREATE.{service}.*",
            f"{jetstream.API}.CONSUMER.MSG.NEXT.{service}.*",
        ]
    if user in askers:
        says += ["ask.>", "question.>"]
    return {
        "publish": {"allow": says},
        "subscribe": {"allow": [f"_INBOX_{user}.>", f"ask.{user}.>", f"question.{user}.>"]},
        # Answers go to whoever asked, once; so nobody can write into the inbox of another.
        "allow_responses": {"max": 1, "expires": f"{REPLY_S}s"},
    }


def users(
    passwords: Mapping[str, str], services: Collection[str], askers: Collection[str]
) -> list[dict[str, Any]]:
    """The users of the server's configuration (`authorization.users`), by their passwords."""
    return [
        {
            "user": user,
            "password": password,
            "permissions": permissions(user, services, askers),
        }
        for user, password in passwords.items()
    ]


async def provision(admin: Client, services: Collection[str], replicas: int = 1) -> None:
    """Make each service's stream, or bring it to today's settings. Raises jetstream.Rejected."""
    for service in services:
        wanted = stream(service, replicas)
        try:
            found = await jetstream.request(admin, f"STREAM.INFO.{service}")
        except jetstream.Rejected as no:
            if no.code != jetstream.NO_STREAM:
                raise
            await jetstream.request(admin, f"STREAM.CREATE.{service}", wanted)
            log.info("stream made", stream=service)
        else:
            changed = found["config"] | wanted
            if changed != found["config"]:
                await jetstream.request(admin, f"STREAM.UPDATE.{service}", changed)
                log.info("stream changed", stream=service)


def stream(service: str, replicas: int) -> dict[str, Any]:
    """The stream of one service: it only grows, and for ever."""
    return {
        "name": service,
        "subjects": [f"ev.{service}.>"],
        "storage": "file",
        "retention": "limits",
        "deny_delete": True,
        "deny_purge": True,
        "num_replicas": replicas,
    }
