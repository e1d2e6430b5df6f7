"""What the ledger (活动台账) of an area and a period may be asked."""

from typing import ClassVar

from pydantic import Field

from services.outcomes import words as w
from shared.kernel.message import Command


class CertifyLedger(Command):
    """Certify the ledger of an area for a month, a quarter or a year that is over.

    `entries` are its rows, each with the SHA-256 of its canonical form. To certify again what has
    changed since, there must be a reason.
    """

    label: ClassVar[str] = "台账签认"
    may: ClassVar[frozenset[str]] = frozenset({w.CONVENOR, w.CLERK, w.CPPCC})

    ledger_id: w.LedgerId
    area: w.Area
    period: w.LedgerPeriod
    entries: w.LedgerEntries
    reason: str = Field(title="重新签认理由", default="", max_length=1000)
