"""What the ledger (活动台账) of an area and a period says."""

from typing import ClassVar

from pydantic import Field

from services.outcomes import words as w
from shared.kernel.message import Event
from shared.kernel.registry import Registry, registry


class LedgerCertified(Event):
    """An office stands for the ledger as it was; the n-th time, and why again if not the first."""

    label: ClassVar[str] = "台账签认"

    ledger_id: w.LedgerId
    area: w.Area
    period: w.LedgerPeriod
    rows: w.RowCount
    entries: w.LedgerEntries
    digest: w.Digest
    number: int = Field(title="签认次数", ge=1)
    reason: str = Field(title="重新签认理由")


EVENTS: Registry[LedgerCertified] = registry(LedgerCertified)
