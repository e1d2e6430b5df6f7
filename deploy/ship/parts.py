"""What every way of shipping has to know of each service."""

from dataclasses import dataclass

HEALTH = 8000
"""Where a service answers /health, /ready and /metrics, alone in its container."""

DOOR = 8080
"""Where the portal lets people in."""

USER = 10001
"""The user of the image: a number, so that Kubernetes can see that it is not root."""

NATS, ROUTES, MONITOR, POSTGRES = 4222, 6222, 8222, 5432

ALL = ("tongxin_pg_dsn", "tongxin_nats_password", "tongxin_nats_ca")
"""The secrets that every service is handed."""


@dataclass(frozen=True)
class Part:
    """One service: its port on a machine that all share, whether it speaks to an outside, and more.

    `secrets` are the files that it is handed; `deploy.ship.keys` makes them.
    """

    port: int
    outward: bool = False
    memory: str = "256Mi"
    secrets: tuple[str, ...] = ALL


PARTS = {
    "topics": Part(8101),
    "meetings": Part(8102),
    "outcomes": Part(8103),
    "notify": Part(8104, outward=True),  # Mail, text messages, robots of chats.
    "exchange": Part(
        8106,
        outward=True,  # Webhooks of agencies.
        secrets=(*ALL, "tongxin_exchange_callout_seed", "tongxin_exchange_system_password"),
    ),
    "portal": Part(8105, memory="768Mi"),  # Pictures and papers are made in its processes.
}
"""A port once given stays: firewalls know it."""
