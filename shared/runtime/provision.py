"""Who may say and hear what on NATS, and the streams that hold what was said.

One manifest: from it come the users of the server's configuration and the JetStream streams.

    a service    says  ev.<itself>.>         answers  ask.<itself>.> and question.<itself>.>
                 hears every service's stream, by consumers of its own, and changes none of them
    an asker     is a service that may also ask all others
    a voice      is a service that may also publish on subjects of its own, as it names them
    an ear       is a service that is also asked on subjects of its own, as it names them
    admin        makes the streams, and may do anything
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from nats.aio.client import Client

from shared.runtime import jetstream
from shared.runtime.log import logger

log = logger()

ADMIN = "admin"
REPLY_S = 60

Permissions = dict[str, Any]
Voices = Mapping[str, Sequence[str]]
NO_VOICES: Voices = {}


def permissions(
    user: str,
    services: Collection[str],
    askers: Collection[str],
    voices: Voices = NO_VOICES,
    ears: Voices = NO_VOICES,
) -> Permissions:
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
    says += voices.get(user, ())
    hears = [f"_INBOX_{user}.>", f"ask.{user}.>", f"question.{user}.>"]
    return {
        "publish": {"allow": says},
        "subscribe": {"allow": [*hears, *ears.get(user, ())]},
        # Answers go to whoever asked, once; so nobody can write into the inbox of another.
        "allow_responses": {"max": 1, "expires": f"{REPLY_S}s"},
    }


def users(
    passwords: Mapping[str, str],
    services: Collection[str],
    askers: Collection[str],
    voices: Voices = NO_VOICES,
    ears: Voices = NO_VOICES,
) -> list[dict[str, Any]]:
    """The users of the server's configuration (`authorization.users`), by their passwords."""
    return [
        {
            "user": user,
            "password": password,
            "permissions": permissions(user, services, askers, voices, ears),
        }
        for user, password in passwords.items()
    ]


async def provision(
    admin: Client,
    services: Collection[str],
    replicas: int = 1,
    others: Sequence[Mapping[str, Any]] = (),
) -> dict[str, str]:
    """Make each service's stream and these others, or bring them to today's settings.

    What was done, by the name of the stream. Raises jetstream.Rejected.
    """
    all_ = [*(stream(service, replicas) for service in services), *others]
    done = {wanted["name"]: await _make(admin, wanted) for wanted in all_}
    return {name: what for name, what in done.items() if what}


async def _make(admin: Client, wanted: Mapping[str, Any]) -> str:
    name: str = wanted["name"]
    try:
        found = await jetstream.request(admin, f"STREAM.INFO.{name}")
    except jetstream.Rejected as no:
        if no.code != jetstream.NO_STREAM:
            raise
        await jetstream.request(admin, f"STREAM.CREATE.{name}", wanted)
        log.info("stream made", stream=name)
        return "stream made"
    changed = found["config"] | wanted
    if changed == found["config"]:
        return ""
    await jetstream.request(admin, f"STREAM.UPDATE.{name}", changed)
    log.info("stream changed", stream=name)
    return "stream changed"


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
