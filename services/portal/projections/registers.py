"""The registers: units, certified ledgers, texts of charters, and where counties left them."""

from pathlib import Path

from services.portal.heard import registers, topics
from shared.runtime.projection import Projection

REGISTERS = Projection(
    "registers",
    sql=Path(__file__).with_suffix(".sql"),
    facts=[
        topics.TopicProposed,
        registers.UnitRegistered,
        registers.UnitRenamed,
        registers.UnitRetired,
        registers.LedgerCertified,
        registers.CharterDrafted,
        registers.CharterActivated,
        registers.CharterTextAccepted,
        registers.CharterDeviationRecorded,
    ],
    sources=("topics", "outcomes"),
)
