"""The charter of 邻水 in its second version, as the tests of topics know it."""

from datetime import date
from uuid import UUID

from services.topics.domain.charter import events as said
from services.topics.effects import stream_of

CHARTER = "511623@2"
CHARTER_ID = stream_of(CHARTER)
DIGEST, OTHER = "a" * 64, "b" * 64
TOPIC_ID = UUID("01890000-0000-7000-8000-00000000a001")
COUNTY = "511623000000"

DRAFTED = said.CharterDrafted(
    charter_id=CHARTER_ID,
    charter=CHARTER,
    digest=DIGEST,
    in_force=date(2026, 7, 1),
    note="公示期由7天改为5天。",
)
ACTIVATED = said.CharterActivated(
    charter_id=CHARTER_ID, charter=CHARTER, digest=DIGEST, in_force=date(2026, 7, 1)
)
ACCEPTED = said.CharterTextAccepted(
    charter_id=CHARTER_ID, charter=CHARTER, digest=OTHER, former=DIGEST, reason="改正错别字。"
)
DEVIATION = said.CharterDeviationRecorded(
    charter_id=CHARTER_ID,
    charter=CHARTER,
    topic_id=TOPIC_ID,
    key="meetings.notice_days",
    instead="提前1天通报",
    reason="汛期抢险,来不及提前3天通报。",
    approved_by="县政协党组",
)
CHARTER_SAID = (DRAFTED, ACTIVATED, ACCEPTED, DEVIATION)
