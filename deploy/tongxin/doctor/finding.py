"""What a look finds."""

from dataclasses import dataclass

RUNBOOKS = "docs/runbooks"


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be: what, and what to do about it.

    `serious`: people notice, or facts wait; otherwise it will be so if nobody acts.
    """

    about: str
    what: str
    do: str
    runbook: str = ""
    serious: bool = True


@dataclass(frozen=True)
class Limits:
    """From where on something is worth a word."""

    free_share: float = 0.1
    connections_share: float = 0.85
    transaction_s: float = 300.0
    skew_s: float = 2.0
    certificate_days: float = 45.0
    still_s: float = 3.0
    """How long a reader may stand still before facts that are there."""


def book(alert: str) -> str:
    """Where the runbook of an alert lies."""
    return f"{RUNBOOKS}/{alert}.md"
