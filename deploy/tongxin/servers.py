"""Where PostgreSQL and NATS are: servers of our own, or those that the settings name."""

import os
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg

from deploy.tongxin.home import SERVICES, Home
from deploy.tongxin.nats import SYSTEM, Nats
from deploy.tongxin.postgres import Cluster
from deploy.tongxin.told import Told
from shared.runtime.jetstream import Login

DATABASE = "tongxin"


class Servers:
    """Addresses and credentials of the two servers, and what each service is told of them.

    `TONGXIN_PG_DSN` (a superuser's, or of a role that may create roles, in an existing database)
    and `TONGXIN_NATS_URL` name servers that others run; nothing is started in their place.
    """

    def __init__(self, home: Home) -> None:
        self.home = home
        self.told = Told()
        self.cluster = None if self.told.pg_dsn else Cluster(home)
        self.nats = None if self.told.nats_url else Nats(home)

    @property
    def own(self) -> list[Cluster | Nats]:
        """The servers that we run ourselves, in the order in which they start."""
        return [server for server in (self.cluster, self.nats) if server]

    @property
    def admin_dsn(self) -> str:
        """The way in for whoever may create schemas and roles."""
        if self.told.pg_dsn:
            return self.told.pg_dsn.get_secret_value()
        assert self.cluster
        return self.cluster.dsn(DATABASE)

    def service_passwords(self) -> dict[str, str]:
        """The PostgreSQL password of every service's role."""
        return {service: self.home.password(f"pg-{service}") for service in SERVICES}

    def service_dsn(self, service: str) -> str:
        """A service's own way in to PostgreSQL."""
        place = urlsplit(self.admin_dsn)
        who = f"tongxin_{service}:{quote(self.home.password(f'pg-{service}'))}"
        host = place.netloc.rpartition("@")[2]
        return urlunsplit(place._replace(netloc=f"{who}@{host}"))

    def login(self, user: str) -> Login:
        """The way in to NATS, as one of its users. A foreign server has one login for all."""
        if self.nats:
            return Login(self.nats.url, user, self.nats.password(user))
        told = self.told
        password = told.nats_password.get_secret_value()
        return Login(told.nats_url, told.nats_user, password, told.nats_ca)

    def environment(self, service: str, port: int, door: int) -> dict[str, str]:
        """The settings of one service process; only the portal has a `door`, an open socket."""
        login = self.login(service)
        return {
            **os.environ,
            "TONGXIN_PG_DSN": self.service_dsn(service),
            "TONGXIN_NATS_URL": login.url,
            "TONGXIN_NATS_USER": login.user,
            "TONGXIN_NATS_PASSWORD": login.password,
            "TONGXIN_HTTP_PORT": str(port),
            "TONGXIN_PORTAL_DOOR": str(door),
            **(self._letting_in() if service == "exchange" else {}),
        }

    def _letting_in(self) -> dict[str, str]:
        """How agencies come in to our own NATS; others say it of theirs themselves."""
        if not self.nats:
            return {}
        return {
            "TONGXIN_EXCHANGE_CALLOUT_SEED": self.nats.seed(),
            "TONGXIN_EXCHANGE_SYSTEM_PASSWORD": self.nats.password(SYSTEM),
        }

    async def create_database(self) -> None:
        """Our own cluster begins without a database of ours."""
        if not self.cluster:
            return
        connection = await asyncpg.connect(self.cluster.dsn())
        try:
            known = "SELECT 1 FROM pg_database WHERE datname = $1"
            if not await connection.fetchval(known, DATABASE):
                await connection.execute(f"CREATE DATABASE {DATABASE}")
        finally:
            await connection.close()
