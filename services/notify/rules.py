"""What a county may choose about its notices: the [notify] table of its charter."""

from pydantic import BaseModel, ConfigDict

from services.notify.words import Text


class NotifyRules(BaseModel):
    """`silent` names the notices a county does not send; deadlines run all the same."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    silent: frozenset[Text]
