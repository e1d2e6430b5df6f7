"""How long what others are told is kept for those who are away."""

from pydantic import Field
from pydantic_settings import BaseSettings

from shared.runtime.settings import told_by


class ExchangeSettings(BaseSettings):
    """Every field is read from the environment as TONGXIN_EXCHANGE_<FIELD>."""

    model_config = told_by("TONGXIN_EXCHANGE_")

    retention_days: int = Field(default=90, ge=1, le=3660)
    """How many days a public fact stays in the stream PUBLIC; older ones are told over HTTP."""
