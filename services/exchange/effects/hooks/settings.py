"""What a deployment says about webhooks: where they may lead, and how much of us they get."""

from ipaddress import ip_network
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

from services.exchange.effects.hooks.guard import Network
from shared.runtime.settings import told_by


class HookSettings(BaseSettings):
    """Every field is read from the environment as TONGXIN_WEBHOOK_<FIELD>."""

    model_config = told_by("TONGXIN_WEBHOOK_")

    networks: str = ""
    """Networks that webhooks may lead to though they are not public, separated by commas, such as
    `10.20.0.0/16`. Without TLS they lead nowhere else."""

    ca_file: Path | None = None
    """Certificates (PEM) of authorities that are trusted beside those of the web."""

    timeout_s: float = Field(default=10, gt=0, le=60)
    """How long one request may take, from its name to the head of its answer."""

    in_flight: int = Field(default=8, ge=1, le=64)
    """How many requests one target is sent at once."""

    @property
    def listed(self) -> tuple[Network, ...]:
        """The networks of the list."""
        return _listed(self.networks)

    @field_validator("networks")
    @classmethod
    def _is_a_list(cls, text: str) -> str:
        _listed(text)
        return text


def _listed(text: str) -> tuple[Network, ...]:
    return tuple(ip_network(one.strip()) for one in text.split(",") if one.strip())
