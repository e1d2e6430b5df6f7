"""What a county may choose about what goes to others: not what is public, for that is public."""

from pydantic import BaseModel, ConfigDict, Field


class ExchangeRules(BaseModel):
    """The table [exchange] of a charter."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    acknowledge_days: int = Field(title="转出事项签收期限(天)", default=3, ge=1, le=60)
    """Calendar days after which an agency is reminded of what it was handed, again and again."""
