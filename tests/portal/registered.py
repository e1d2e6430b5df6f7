"""The registers of 邻水 as the portal hears them: units, a ledger, a charter left once."""

from uuid import uuid5

from services.outcomes.domain.unit.events import UnitRegistered
from tests.outcomes.registers import (
    LEDGER_CERTIFIED,
    LEDGER_ID,
    REGISTERED,
    RENAMED,
    RETIRED,
    UNIT_ID,
)
from tests.topics.charters import ACCEPTED, ACTIVATED, CHARTER_ID, DEVIATION, DRAFTED, TOPIC_ID
from tests.topics.examples import PROPOSED
from tests.views import Frame, Said

COUNTY, TOWN = "511623000000", "511623100000"
WATER_ID = uuid5(UNIT_ID, "water")
WATER = UnitRegistered(
    unit_id=WATER_ID, county="511623", name="县水务局", kind="department", short_names=("水务局",)
)
GONE_ID = uuid5(UNIT_ID, "gone")
GONE = UnitRegistered(
    unit_id=GONE_ID, county="511623", name="县农机站", kind="other", short_names=()
)
SAID: list[Said] = [
    ("outcomes", UNIT_ID, REGISTERED),
    ("outcomes", UNIT_ID, RENAMED),
    ("outcomes", WATER_ID, WATER),
    ("outcomes", GONE_ID, GONE),
    (
        "outcomes",
        GONE_ID,
        RETIRED.model_copy(update={"unit_id": GONE_ID, "successor": WATER_ID}),
    ),
    ("outcomes", LEDGER_ID, LEDGER_CERTIFIED),
    ("topics", CHARTER_ID, DRAFTED),
    ("topics", CHARTER_ID, ACTIVATED),
    ("topics", CHARTER_ID, DEVIATION),
    ("topics", CHARTER_ID, ACCEPTED),
    ("topics", TOPIC_ID, PROPOSED.model_copy(update={"topic_id": TOPIC_ID})),
]
FRAMES = [Frame(area=TOWN if stream == LEDGER_ID else COUNTY) for _, stream, _ in SAID]
