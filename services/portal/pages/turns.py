"""What waits, as the view 'waiting' is asked for it: which rules and steps are laid beside it."""

import json
from collections.abc import Callable, Iterable

from services.portal.pages.steps import STEPS
from shared.runtime.charter import Charter

TASKS = (
    "screen", "fix", "receive", "assess", "report", "review", "research", "prepare", "schedule",
    "meet", "draft", "adopt", "assign", "upreport", "accept", "extension", "reply", "confirm",
    "lookback", "feedback", "evaluate", "case", "close", "end",
)  # fmt: skip
"""What there is to do, in the order in which a matter goes through it."""

MAIN = {step.command: step.service for step in STEPS if not step.side}
"""The steps that somebody is waited for, in order, with the service that is asked."""


def rules_of(charters: Iterable[Charter]) -> str:
    """What of each charter decides whose turn it is, as JSON."""
    return json.dumps(
        [
            {
                "charter": one.id,
                "bodies": list(one.table("topics")["approved_by"]),
                "choice": list(one.table("topics")["approved_by_one_of"]),
                "two_keys": one.table("outcomes")["two_keys"],
                "from_research": one.table("outcomes")["from_research"],
            }
            for one in charters
        ]
    )


def commands_of(may_ask: Callable[[str, str], bool]) -> list[str]:
    """The steps that somebody may take, in order."""
    return [command for command, service in MAIN.items() if may_ask(service, command)]
