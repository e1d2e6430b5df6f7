"""The systemd units of a machine without containers, and what they read."""

from collections.abc import Mapping
from pathlib import Path

from deploy.ship.parts import ALL, PARTS
from deploy.tongxin.home import SERVICES
from deploy.tongxin.postgres import SETTINGS

UNITS = Path(__file__).with_name("units")

SECRETS = "@secrets@"
"""Stands in a unit where systemd is told which files to hand over."""


def files() -> Mapping[str, str]:
    """Every unit and every file of settings, by its name."""
    found = {path.name: path.read_text("utf-8") for path in sorted(UNITS.iterdir())}
    roles = "\n".join(_credential("migrate", f"pg-{service}") for service in SERVICES)
    found["tongxin-migrate.service"] = found["tongxin-migrate.service"].replace(SECRETS, roles)
    wanted = " ".join(f"tongxin@{service}.service" for service in SERVICES)
    found["tongxin.target"] = found["tongxin.target"].replace("@services@", wanted)
    options = " \\\n  ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
    postgres = found["tongxin-postgres.service"]
    found["tongxin-postgres.service"] = postgres.replace("@settings@", options)
    for name in SERVICES:
        if more := [one for one in PARTS[name].secrets if one not in ALL]:
            lines = "\n".join(_credential(name, secret) for secret in more)
            found[f"tongxin@{name}.service.d/secrets.conf"] = f"[Service]\n{lines}\n"
    return found | {f"{name}.env": f"TONGXIN_HTTP_PORT={PARTS[name].port}\n" for name in SERVICES}


def _credential(folder: str, name: str) -> str:
    return f"LoadCredential={name}:/etc/tongxin/secrets/{folder}/{name}"
