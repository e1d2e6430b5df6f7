"""Good examples of the registers of 邻水: its units, and a ledger a town certified."""

from datetime import date
from uuid import UUID, uuid5

from services.outcomes.domain.ledger import events as ledger
from services.outcomes.domain.ledger.decide import digest_of
from services.outcomes.domain.unit import events as unit
from services.outcomes.words import LedgerEntry

UNIT_ID = UUID("01960000-0000-7000-8000-00000000000a")
BUREAU, FORMER = "县卫生健康局", "县卫生和计划生育局"
OTHER_UNIT = uuid5(UNIT_ID, "other")

REGISTERED = unit.UnitRegistered(
    unit_id=UNIT_ID,
    county="511623",
    name=FORMER,
    kind="department",
    short_names=("卫计局", "县卫计局"),
)
RENAMED = unit.UnitRenamed(
    unit_id=UNIT_ID, county="511623", name=BUREAU, former=FORMER, since=date(2026, 2, 1)
)
RETIRED = unit.UnitRetired(
    unit_id=UNIT_ID, since=date(2026, 3, 1), reason="机构改革,职责整体划转。", successor=OTHER_UNIT
)

TOWN = "511623100000"
LEDGER_ID = UUID("01960000-0000-7000-8000-00000000000b")


def entries(*said: str) -> tuple[LedgerEntry, ...]:
    """A row for each of these sentences."""
    return tuple(
        LedgerEntry(entry=uuid5(LEDGER_ID, str(n)), digest=one.encode().hex().rjust(64, "0"))
        for n, one in enumerate(said)
    )


TWO = entries("held", "planned")
LEDGER_CERTIFIED = ledger.LedgerCertified(
    ledger_id=LEDGER_ID,
    area=TOWN,
    period="2026-02",
    rows=2,
    entries=TWO,
    digest=digest_of(TWO),
    number=1,
    reason="",
)
FACTS = (REGISTERED, RENAMED, RETIRED, LEDGER_CERTIFIED)
