"""Makes what every part must know and nobody else may: passwords, as files in folders.

`python -m deploy.ship.keys FOLDER` makes, and makes again without changing a password:

    FOLDER/secrets.json            all of them; the one file to keep safe
    FOLDER/<service>/              what TONGXIN_SECRETS names for a service
    FOLDER/migrate/                … and for `tongxin migrate`
    FOLDER/postgres/               the name and password of the role that `migrate` logs in as
    FOLDER/nats/                   users.conf, a whole configuration for each server, tls.crt and
                                   tls.key for all of them
    FOLDER/ca.crt                  whom agencies trust: to be handed to them; ca.key to nobody

Who has a certificate names it with `--cert`, `--key`, and whom to trust for it with `--ca`.
"""

import argparse
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.ship.certificates import Certified, certify
from deploy.ship.parts import MONITOR, NATS, POSTGRES, ROUTES
from deploy.tongxin.home import SERVICES, Home, write_private
from deploy.tongxin.nats import PAYLOAD_MAX, SYSTEM, access, password, seed
from shared.runtime.provision import ADMIN

HANDSHAKE = "50ms"
"""So long a client may begin with TLS by itself; then it is asked to, as older ones expect."""


@dataclass(frozen=True)
class Places:
    """Where the servers are, as those see it who use them."""

    pg: str = f"127.0.0.1:{POSTGRES}/tongxin"
    pg_admin: str = "postgres"
    nats: Sequence[str] = ("127.0.0.1",)
    nats_store: str = "/var/lib/tongxin/nats"
    doors: Sequence[str] = ()
    """Under which names agencies outside reach NATS; with none, they do not."""

    def dsn(self, role: str, password: str) -> str:
        """A role's way in to PostgreSQL."""
        return f"postgresql://{role}:{password}@{self.pg}"


def make(folder: Path, places: Places, certified: Certified | None = None) -> None:
    """Write everything, for the owner of the process alone."""
    home = Home(folder.resolve())
    home.open()
    hosts = [host.partition(":")[0] for host in places.nats]
    names = [*places.doors, *hosts, "localhost", "127.0.0.1"]
    tls = certified or certify(home.data, home.data / "nats", names)
    told = {"migrate": _migrate(home, places)} | {
        service: {
            "tongxin_pg_dsn": places.dsn(f"tongxin_{service}", home.password(f"pg-{service}")),
            "tongxin_nats_password": password(home, service),
            "tongxin_nats_ca": tls.authority,
        }
        for service in SERVICES
    }
    told["exchange"] |= {
        "tongxin_exchange_callout_seed": seed(home),
        "tongxin_exchange_system_password": password(home, SYSTEM),
    }
    told["postgres"] = {"username": places.pg_admin, "password": home.password("postgres")}
    told["migrate"]["tongxin_nats_ca"] = tls.authority
    told["nats"] = _nats(home, places) | {"tls.crt": tls.certificate, "tls.key": tls.key}
    for part, files in told.items():
        for name, text in files.items():
            write_private(home.data / part / name, text)


def _migrate(home: Home, places: Places) -> dict[str, str]:
    """What makes schemas, roles and streams knows the password of every role."""
    return {
        "tongxin_pg_dsn": places.dsn(places.pg_admin, home.password("postgres")),
        "tongxin_nats_password": password(home, ADMIN),
        **{f"pg-{service}": home.password(f"pg-{service}") for service in SERVICES},
    }


def _nats(home: Home, places: Places) -> dict[str, str]:
    who = access(home)
    servers = [server(number, places, home) | who for number in range(len(places.nats))]
    named = (
        ["server.conf"] if len(servers) == 1 else [f"{one['server_name']}.conf" for one in servers]
    )
    files = dict(zip(named, servers, strict=True))
    users = "".join(f"{key}: {json.dumps(value, indent=2)}\n" for key, value in who.items())
    return {"users.conf": users, **{name: json.dumps(one, indent=2) for name, one in files.items()}}


def server(number: int, places: Places, home: Home) -> dict[str, Any]:
    """One NATS server, `number` from 0; several are one cluster, and need a third to agree."""
    hosts = [host.partition(":") for host in places.nats]
    ports = [int(port or NATS) for _, _, port in hosts]
    alone_here = hosts[number][0] == "127.0.0.1" and not places.doors
    here = "127.0.0.1" if alone_here else "0.0.0.0"  # noqa: S104
    alone = {
        "server_name": f"nats-{number + 1}",
        "listen": f"{here}:{ports[number]}",
        "http": f"127.0.0.1:{MONITOR + ports[number] - NATS}",
        "max_payload": PAYLOAD_MAX,
        "tls": {"handshake_first": HANDSHAKE},  # Where its files are, is said when it is started.
        "jetstream": {"store_dir": places.nats_store},
    }
    if len(hosts) == 1:
        return alone
    secret = home.password("nats-routes")
    route = [(host, ROUTES + port - NATS) for (host, _, _), port in zip(hosts, ports, strict=True)]
    cluster = {
        "name": "tongxin",
        "listen": f"{here}:{route[number][1]}",
        "authorization": {"user": "route", "password": secret},
        "routes": [f"nats://route:{secret}@{host}:{port}" for host, port in route],
    }
    return alone | {"cluster": cluster}


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    default = Places()
    parser = argparse.ArgumentParser(description="Make the secrets of an installation.")
    add = parser.add_argument
    add("folder", type=Path)
    add("--pg", default=default.pg, help="HOST:PORT/DATABASE")
    add("--pg-admin", default=default.pg_admin, help="a role that may create roles and schemas")
    add("--nats", action="append", help="HOST[:PORT] of a server; repeated: of one cluster")
    add("--nats-store", default=default.nats_store, help="where a server keeps its streams")
    add("--door", action="append", default=[], help="a name under which agencies reach NATS")
    add("--cert", type=Path, help="a certificate for all these names; else one is made")
    add("--key", type=Path, help="its key")
    add("--ca", type=Path, help="whom to trust for it")
    add("--owner", type=int, help="the user of the services, who is given what they read")
    told = parser.parse_args(arguments)
    nats = told.nats or default.nats
    given = [told.cert, told.key, told.ca]
    if any(given) and not all(given):
        parser.error("--cert, --key and --ca belong together")
    certified = Certified(*(file.read_text("utf-8") for file in given)) if all(given) else None
    places = Places(told.pg, told.pg_admin, nats, told.nats_store, told.door)
    make(told.folder, places, certified)
    if told.owner is not None:
        for part in (*SERVICES, "migrate"):
            for path in (told.folder / part).iterdir():
                os.chown(path, told.owner, told.owner)


if __name__ == "__main__":
    main()
