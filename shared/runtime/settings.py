"""What a process is told from outside: every field is read from the variable TONGXIN_<FIELD>.

What is secret may lie in a file instead: a file `tongxin_<field>` in the folder that the variable
TONGXIN_SECRETS names. A variable is preferred to a file.
"""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

DEPLOY = Path(__file__).parents[2] / "deploy"
SECRETS = "TONGXIN_SECRETS"


def told_by(prefix: str) -> SettingsConfigDict:
    """How a class of settings is read: from variables with this prefix, or files named alike."""
    return SettingsConfigDict(
        env_prefix=prefix,
        frozen=True,
        extra="ignore",
        env_ignore_empty=True,
        secrets_dir=os.environ.get(SECRETS) or None,
        use_attribute_docstrings=True,
    )


class Settings(BaseSettings):
    """Where the servers are, where the files are, and how much to tell."""

    model_config = told_by("TONGXIN_")

    pg_dsn: SecretStr = SecretStr("postgresql://127.0.0.1:5432/tongxin")
    """PostgreSQL, with the role and password of this service."""

    nats_url: str = "nats://127.0.0.1:4222"
    """One NATS server, or several separated by commas."""

    nats_user: str = ""
    """The NATS user, also the owner of the inbox prefix `_INBOX_<user>`; empty: no login."""

    nats_password: SecretStr = SecretStr("")
    """The password of the NATS user."""

    nats_ca: str = ""
    """Whom to trust for NATS over TLS, certificates as PEM text, best as a file of the folder of
    secrets; empty: NATS without TLS, on the same machine."""

    http_host: str = "127.0.0.1"
    """Where health, readiness and metrics are served."""

    http_port: int = Field(default=0, ge=0, le=65535)
    """0 takes a free port; the one taken stands in the log line `ready`."""

    charters: Path = DEPLOY / "charters"
    """The folder of charters, `<county>/<version>.toml`."""

    areas: Path = DEPLOY / "areas.csv"
    """The table of administrative areas: code, name, level."""

    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """What is logged: this, and what is worse."""

    spans: str = Field(default="", pattern=r"^(console|file:.+|otlp:.+)?$")
    """Where spans go: empty (off), `console`, `file:PATH` (JSON lines) or `otlp:URL`."""

    in_flight: int = Field(default=512, ge=1, le=10_000)
    """How many requests one process works on at once; the rest waits."""

    def nats_inbox(self) -> str:
        """The prefix under which this process receives answers."""
        return f"_INBOX_{self.nats_user}" if self.nats_user else "_INBOX"
