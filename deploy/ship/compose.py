"""compose.yaml for one machine with containers: a county, or a small province."""

from typing import Any

from deploy.ship.parts import ALL, DOOR, NATS, PARTS, POSTGRES, USER
from deploy.tongxin.home import SERVICES
from shared.kernel.areas import DRILL

Yaml = dict[str, Any]

IMAGE = "${TONGXIN_IMAGE:-tongxin:latest}"
FOLDER = "${TONGXIN_SECRETS:-./secrets}"
LOCKED: Yaml = {
    "read_only": True,
    "tmpfs": ["/tmp"],  # noqa: S108 - inside a container
    "cap_drop": ["ALL"],
    "security_opt": ["no-new-privileges:true"],
    "restart": "unless-stopped",
}


def project() -> Yaml:
    """The whole file."""
    services = {"postgres": _postgres(), "nats": _nats(), "migrate": _migrate()}
    services |= {name: _service(name) for name in SERVICES}
    told = [secret for one in services.values() for secret in one["secrets"]]
    return {
        "services": services,
        "networks": {"inside": {"internal": True}, "outside": {}},
        "volumes": {"postgres": {}, "nats": {}},
        "secrets": {one["source"]: {"file": _file(one["source"])} for one in told},
    }


def _service(name: str) -> Yaml:
    part = PARTS[name]
    found: Yaml = {
        "image": IMAGE,
        "command": [f"services.{name}"],
        **LOCKED,
        "environment": _environment(name),
        "secrets": [_secret(name, secret) for secret in part.secrets],
        "depends_on": {"migrate": {"condition": "service_completed_successfully"}},
        "mem_limit": part.memory.replace("Mi", "m"),
        "networks": ["inside", "outside"] if part.outward or name == "portal" else ["inside"],
    }
    if name == "portal":
        found["environment"]["TONGXIN_PORTAL_PUBLIC_URL"] = "${TONGXIN_PUBLIC_URL:-}"
        found["environment"]["TONGXIN_PORTAL_PROXIES"] = "${TONGXIN_PROXIES:-127.0.0.1}"
        drill = f"${{TONGXIN_SYNTHETIC_AREA-{DRILL}}}"  # Without a colon: empty, there is none.
        found["environment"]["TONGXIN_PORTAL_SYNTHETIC_AREA"] = drill
        found["ports"] = [f"${{TONGXIN_DOOR:-127.0.0.1:{DOOR}}}:{DOOR}"]
    if name == "notify":
        found["environment"]["TONGXIN_NOTIFY_SITE"] = "${TONGXIN_PUBLIC_URL:-}"
    return found


def _migrate() -> Yaml:
    roles = [_secret("migrate", f"pg-{service}") for service in SERVICES]
    ways = [_secret("migrate", one) for one in ALL]
    return {
        "image": IMAGE,
        "command": ["deploy.tongxin", "migrate"],
        **LOCKED,
        "restart": "on-failure",
        "environment": _environment("admin"),
        "secrets": ways + roles,
        "depends_on": {one: {"condition": "service_healthy"} for one in ("postgres", "nats")},
        "networks": ["inside"],
    }


def _postgres() -> Yaml:
    return {
        "image": "${TONGXIN_POSTGRES_IMAGE:-postgres:18-trixie}",
        "command": ["postgres", "-c", "max_connections=200"],
        "restart": "unless-stopped",
        "shm_size": "256m",
        "environment": {
            "POSTGRES_DB": "tongxin",
            "POSTGRES_PASSWORD_FILE": "/run/secrets/password",
            "POSTGRES_INITDB_ARGS": "--locale=C.UTF-8 --data-checksums",
        },
        "secrets": [_secret("postgres", "password")],
        "volumes": ["postgres:/var/lib/postgresql"],
        "healthcheck": _check("pg_isready --host 127.0.0.1 --username postgres"),
        "networks": ["inside"],
    }


def _nats() -> Yaml:
    monitor = "wget --quiet --output-document - http://127.0.0.1:8222/healthz"
    return {
        "image": "${TONGXIN_NATS_IMAGE:-nats:2.14-alpine}",
        "command": [
            *("--config", "/run/secrets/server.conf", "--tls"),
            *("--tlscert", "/run/secrets/tls.crt", "--tlskey", "/run/secrets/tls.key"),
        ],
        **LOCKED,
        "secrets": [_secret("nats", one) for one in ("server.conf", "tls.crt", "tls.key")],
        "ports": [f"${{TONGXIN_NATS_DOOR:-127.0.0.1:{NATS}}}:{NATS}"],
        "volumes": ["nats:/var/lib/tongxin/nats"],
        "healthcheck": _check(monitor),
        "networks": ["inside", "outside"],
    }


def _environment(user: str) -> Yaml:
    return {
        "TONGXIN_NATS_URL": f"nats://nats:{NATS}",
        "TONGXIN_NATS_USER": user,
        "TONGXIN_LOG_LEVEL": "${TONGXIN_LOG_LEVEL:-info}",
    }


def _secret(folder: str, name: str) -> Yaml:
    return {"source": f"{folder}-{name}", "target": name}


def _file(source: str) -> str:
    folder, _, name = source.partition("-")
    return f"{FOLDER}/{folder}/{name}"


def _check(command: str) -> Yaml:
    return {
        "test": ["CMD-SHELL", command],
        "interval": "5s",
        "timeout": "5s",
        "retries": 30,
        "start_period": "60s",
    }


HINTS = f"""\
# One machine with containers. Written by `python -m deploy.ship`: change what writes it.
#
#   python -m deploy.ship.keys deploy/secrets --owner {USER} \\
#     --pg postgres:{POSTGRES}/tongxin --nats nats
#   docker compose --project-name tongxin --file deploy/compose.yaml up --detach
#
# `--door nats.example` behind the keys and TONGXIN_NATS_DOOR=0.0.0.0:4222 let agencies in, by TLS.
# TONGXIN_SECRETS names another folder of secrets, TONGXIN_PUBLIC_URL where people reach the
# portal, and TONGXIN_DOOR the address at which a proxy that speaks TLS finds it.
"""
