"""The connection to NATS: it is waited for, comes back by itself, and says when it is gone."""

from collections.abc import Callable

from faststream.nats import NatsBroker
from faststream.nats.security import NatsSecurity, NatsUserPassword

from shared.runtime import log
from shared.runtime.jetstream import OUTBOX_BYTES_MAX, Login, over_tls
from shared.runtime.settings import Settings

RECONNECT_S = 1
PING_S = 10
PINGS_MAX = 2

_log = log.logger()


def login(settings: Settings) -> Login:
    """Where NATS is and who we are, for connections beside the broker's."""
    password = settings.nats_password.get_secret_value()
    return Login(settings.nats_url, settings.nats_user, password, settings.nats_ca)


def broker(name: str, settings: Settings, gone: Callable[[], object]) -> NatsBroker:
    """A broker that is not yet connected. `gone` is called when it closes for good."""

    async def told(error: Exception) -> None:
        # A permission violation is seen here only: who asked sees a timeout.
        _log.error("nats", reason=repr(error))

    async def lost() -> None:
        _log.warning("nats is away")

    async def found() -> None:
        _log.info("nats is back")

    async def closed() -> None:
        gone()

    return NatsBroker(
        settings.nats_url.split(","),
        name=name,
        security=_security(login(settings)),
        inbox_prefix=settings.nats_inbox(),
        max_reconnect_attempts=-1,
        reconnect_time_wait=RECONNECT_S,
        pending_size=OUTBOX_BYTES_MAX,
        ping_interval=PING_S,
        max_outstanding_pings=PINGS_MAX,
        error_cb=told,
        disconnected_cb=lost,
        reconnected_cb=found,
        closed_cb=closed,
        # What is parsed, measured and logged is ours: per message, each of these costs more than
        # the decision itself.
        apply_types=False,
        logger=None,
    )


def _security(who: Login) -> NatsSecurity:
    tls = over_tls(who.ca)
    first, context = bool(tls), tls.get("tls")
    if not who.user:
        return NatsSecurity(ssl_context=context, tls_handshake_first=first)
    return NatsUserPassword(who.user, who.password, ssl_context=context, tls_handshake_first=first)
