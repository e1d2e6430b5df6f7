"""Drafts of charters, checked as `tongxin charter check` does it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from deploy.tongxin.contradictions import contradictions
from services.exchange.rules import ExchangeRules
from services.meetings.rules import MeetingRules
from services.notify.rules import NotifyRules
from services.outcomes.rules import OutcomeRules
from services.portal.rules import PortalRules
from services.topics.rules import TopicRules
from shared.runtime.charter import Charters
from shared.runtime.draft import Fault

FOLDER = Path(__file__).parents[1] / "deploy" / "charters"
MODELS: Mapping[str, type[BaseModel]] = {
    "topics": TopicRules,
    "meetings": MeetingRules,
    "outcomes": OutcomeRules,
    "notify": NotifyRules,
    "exchange": ExchangeRules,
    "portal": PortalRules,
}


def check(place: Path, tables: str) -> list[Fault]:
    """What is wrong with a county's draft over the deployed default."""
    draft = place / "421124" / "1.toml"
    draft.parent.mkdir()
    draft.write_text(f'base = "default@1"\nin_force = 2021-01-01\n\n{tables}', encoding="utf-8")
    return Charters(FOLDER).check(draft, MODELS, contradictions)


def toml(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case list():
            return f"[{', '.join(map(toml, value))}]"
        case dict():
            return f"{{ {', '.join(f'{key} = {toml(one)}' for key, one in value.items())} }}"
        case _:
            return repr(value).replace("'", '"')
