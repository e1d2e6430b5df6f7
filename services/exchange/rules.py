"""What a county may choose about what others are told: nothing, for what is public is public."""

from pydantic import BaseModel, ConfigDict


class ExchangeRules(BaseModel):
    """The table [exchange] of a charter, which has no keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
