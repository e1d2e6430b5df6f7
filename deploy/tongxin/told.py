"""What the launcher is told from outside; what each service is told, its own settings say."""

import os
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings

from shared.runtime.settings import SECRETS, told_by


class Told(BaseSettings):
    """What `tongxin` is told. With servers that others run, it starts the services only."""

    model_config = told_by("TONGXIN_")

    data: Path | None = None
    """The data directory; `.data` in the checkout where none is named."""

    pg_bin: Path | None = None
    """A directory with `initdb` and `postgres`; else the newest that is found is run."""

    pg_dsn: SecretStr | None = None
    """A PostgreSQL that others run: a superuser's way in, or one of a role that may create roles,
    to an existing database."""

    nats_url: str = ""
    """A NATS that others run: one server, or several of a cluster separated by commas."""

    nats_user: str = ""
    """Its user for everything the launcher does there, as for making streams."""

    nats_password: SecretStr = SecretStr("")
    """The password of that user."""

    nats_ca: str = ""
    """Whom to trust for that NATS over TLS, certificates as PEM text; empty: without TLS."""

    nats_replicas: int = Field(default=1, ge=1, le=5)
    """On how many servers of a NATS cluster each stream is kept; 3 outlives the loss of one."""


def secret(name: str) -> str | None:
    """What the folder of secrets holds under a name, such as `pg-topics`; None: nothing."""
    file = Path(os.environ.get(SECRETS) or os.devnull) / name
    return file.read_text("utf-8").strip() if file.is_file() else None
